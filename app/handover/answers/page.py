"""镇里回执: the town's answers taken in, and what of them is still to be done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.listing import ListForm, SheetColumn
from app.core.roles import Right
from app.core.values import show
from app.handover.answers.records import AnswerLine
from app.handover.answers.rules import Verdict, due_of, unknown
from app.handover.answers.school import AnswerRegister, AnswerTaken, is_open
from app.handover.townkey_dialog import ask_for_town_key
from app.ui.asking import tell
from app.ui.details import Details, Part, facts
from app.ui.editor import FormEditor
from app.ui.errors import show_error
from app.ui.exporting import add_list
from app.ui.files import choose_file
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.widgets import Pill, button, hbox, label

_ANSWERS = "回执包 (*.zip)"
OPEN, LATE = "open", "late"
_LOOKS: Mapping[str, tuple[str, str]] = {
    Verdict.RECEIVED: ("done", "done"),
    Verdict.RETURNED: ("soon", "soon"),
    Verdict.SUPERVISED: ("late", "late"),
}
_DONE = (Field("words", "办理情况", "long", required=True),)


class AnswerPage(LedgerPage):
    """Lists what the town said to single lines; what waits for us comes first."""

    title = "镇里回执"
    hint = "搜索：内容、要求"
    topics = frozenset({"answer_line", "answer_file", "setting"})
    help_text = (
        "镇里收了数据文件，会在U盘上放回一个小文件。按“收回执”选它，就知道哪些收到、哪些退回、"
        "哪些督办。\n"
        "第一次收以前，先按“收镇级公钥”，打电话和镇里核对十六个字符；以后不是镇里签的名就收不进来。\n"
        "退回和督办在“今日”里提醒，那条隐患、那份报告上也看得到。办好了，按“办结”写一句办得怎么样。"
    )

    def __init__(
        self,
        register: AnswerRegister,
        *,
        go: Callable[[str, str], object],
        papers: Papers | None = None,
        memory: Memory | None = None,
    ) -> None:
        """``go`` opens the room of a record at that record."""
        self._register, self._go = register, go
        self._found: dict[str, AnswerLine] = {}
        sitter = register.store.sitter
        self._may, self._may_settle = sitter.may(Right.EXPORT), sitter.may(Right.EDIT_HAZARDS)
        super().__init__(
            columns=(
                Column("镇里", 4, "status"),
                Column("内容和要求", 0, "two"),
                Column("最迟", 6, "note"),
                Column("办理", 5, "status"),
            ),
            chips=(
                Chip(OPEN, "等着办", "soon", "work"),
                Chip(LATE, "逾期", "late", "late"),
            ),
            empty=Empty(
                "还没有退回或督办的意见。镇里把回执放回U盘后，在这里收。",
                "收回执" if self._may else "",
                self.take,
            ),
            memory=memory,
        )
        if self._may:
            self.add_action("收回执", self.take, kind="primary", icon="import")
            self.add_action("收镇级公钥", self.take_key, icon="lock")
        add_list(self, register.store, _LIST, lambda: self._found.items(), papers=papers)

    def read(self) -> Sequence[Row]:
        """Return a line for each thing the town said."""
        today = self._register.today()
        found = sorted(
            self._register.lines(),
            key=lambda one: (
                not is_open(one),
                due_of(one.verdict, one.due_on, one.made_on) or one.made_on,
            ),
        )
        self._found = {one.uid: one for one in found}
        self._say_newest()
        return [_row(one, today) for one in found]

    def details(self, uid: str | None) -> QWidget:
        """Show what the town said to one line, and how it was settled."""
        town = self._register.keys.town()
        known = f"{town.name}　{town.fingerprint}" if town else "还没有收过镇级公钥"
        if uid is None or uid not in self._found:
            return Details([label("镇级公钥", "h2"), label(known, wrap=True)], ())
        one = self._found[uid]
        due = due_of(one.verdict, one.due_on, one.made_on)
        parts: list[tuple[str, Part]] = [
            (
                "要求",
                facts(
                    (
                        ("镇里说", one.words or "收到了"),
                        ("最迟", show(due) if due else ""),
                        ("经办人", f"{one.made_by}，{show(one.made_on)}"),
                        ("办理情况", one.settled_words or ""),
                        ("办结", show(one.settled_on) if one.settled_on else ""),
                        ("镇级公钥", known),
                    )
                ),
            ),
            ("改动历史", HistoryPane(self._register.store, uid, _LABELS)),
        ]
        head = [
            hbox(
                (label(one.title, "h2", wrap=True), 1),
                Pill(one.verdict, *_look(one)),
            )
        ]
        return Details(head, parts, self._foot(one))

    def open(self, uid: str) -> None:
        """Open the record the town spoke of."""
        self._go(self._found[uid].kind, self._found[uid].row_uid)

    def take(self) -> None:
        """Ask for the answer file and take it in."""
        choose_file(self, "收镇里的回执", _ANSWERS, self.take_file)

    def take_file(self, path: Path) -> None:
        """Take an answer file in and say what it holds."""
        try:
            taken = self._register.take(path)
        except UserError as error:
            show_error(self, error)
            return
        self.refresh()
        tell(self, _said(taken), detail=_counted(taken))

    def take_key(self) -> None:
        """Have the town's key file chosen and its sixteen characters compared."""
        ask_for_town_key(self, self._register.keys, today=self._register.today(), done=self.refresh)

    def settle(self, uid: str) -> FormEditor:
        """Ask what was done about a line."""
        one = self._found[uid]
        form = Form("answer_done", f"办结：镇里{one.verdict}", _DONE)
        editor = FormEditor(
            form, lambda said: self._register.settle(uid, said["words"] or ""), self
        )
        editor.open()
        return editor

    def _foot(self, one: AnswerLine) -> list[QPushButton]:
        foot = []
        if self._may_settle and is_open(one):
            foot.append(button("办结", "primary", press=partial(self.settle, one.uid)))
        elif self._may_settle and one.settled_on:
            foot.append(button("重新办", press=partial(self._register.reopen, one.uid)))
        word = "看这份报告" if one.kind == "reports" else "看这条隐患"
        return [*foot, button(word, press=partial(self.open, one.uid))]

    def _say_newest(self) -> None:
        newest = self._register.newest()
        if newest is None:
            self.put_note()
            return
        said = f"最近一份：{newest.town} {show(newest.made_at)}，收到了到第{newest.about_seq}份"
        if due := self._register.weekly_due():
            said += f"，周报要{due}报"
        self.put_note(label(said, "note"))


_LABELS = {"verdict": "镇里的意见", "words": "要求", "due_on": "时限", "made_by": "经办人"}
_LABELS |= {"settled_on": "办结日期", "settled_by": "谁办结的", "settled_words": "办理情况"}
_LABELS |= {"title": "内容", "made_on": "日期"}


_LIST = ListForm(
    "LB-06",
    "镇里回执办理台账",
    (
        SheetColumn("镇里的意见", 12, "verdict"),
        SheetColumn("内容", 36, "title"),
        SheetColumn("要求", 36, "words"),
        SheetColumn("日期", 12, "made_on"),
        SheetColumn("经办人", 10, "made_by"),
        SheetColumn("最迟", 12, lambda one: due_of(one.verdict, one.due_on, one.made_on)),
        SheetColumn("办理情况", 28, "settled_words"),
        SheetColumn("办结日期", 12, "settled_on"),
    ),
)


def _look(one: AnswerLine) -> tuple[str, str]:
    """Return shape and tone; what a newer town says in a word of its own waits for us too."""
    return _LOOKS.get(one.verdict, ("soon", "soon"))


def _row(one: AnswerLine, today: date) -> Row:
    due = due_of(one.verdict, one.due_on, one.made_on)
    is_late = is_open(one) and due is not None and due < today
    state: tuple[str, ...] = ()
    if is_open(one):
        state = ("逾期", "late", "late") if is_late else ("等着办", "work", "plain")
    elif one.settled_on:
        state = ("办结", "done", "done")
    tags = {OPEN: is_open(one), LATE: is_late}
    return Row(
        one.uid,
        (
            (one.verdict, *_look(one)),
            (one.title, one.words),
            f"{due:%m-%d}" if due else "",
            state,
        ),
        "",
        frozenset(tag for tag, is_so in tags.items() if is_so),
    )


def _said(taken: AnswerTaken) -> str:
    if taken.is_old:
        return "这份回执以前收过，或者已有更新的回执，什么都没有改。"
    return f"收下了“{taken.town}”的回执：镇里收到了{taken.received}份文件。"


def _counted(taken: AnswerTaken) -> str:
    parts = [f"{verdict}{count}条" for verdict, count in taken.counts.items()]
    if not parts:
        return "没有退回的，也没有督办的。"
    said = f"其中单独写了意见的：{'，'.join(parts)}。"
    if strange := unknown(taken.counts):
        words = "、".join(f"“{one}”" for one in strange)
        said += f"{words}是镇里新版软件的说法，已经照原话列出来提醒，请打电话问镇里要怎么办。"
    return said
