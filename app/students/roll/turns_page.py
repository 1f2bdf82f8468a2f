"""The page of the turns (学籍异动): who came, left, rested, moved about, when and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.students.roll.entries import TurnEntry, turn_row
from app.students.roll.register import TurnRegister
from app.students.roll.rules import Turn
from app.students.roll.turns_dialog import open_correction
from app.ui.details import Details, facts
from app.ui.giving import Give, add_giving
from app.ui.pages import Chip, Column, Facet, LedgerPage, Memory, Row, leading
from app.ui.papers import Papers
from app.ui.seal import Eye, Guard
from app.ui.widgets import button, label, vbox

PAPER = "student_turns"
_CHIPS = (Turn.CAME, Turn.MOVED_OUT, Turn.RESTS, Turn.BACK, Turn.REPEATS, Turn.SKIPS, Turn.CHANGES)


class TurnPage(LedgerPage):
    """A line a turn, the latest first; its words are sealed, since they may name an illness."""

    title = "学籍异动"
    topics = frozenset({"student", "student_turn", "school_class", "setting"})
    hint = "搜索：姓名、拼音首字母"
    help_text = (
        "转入、转出、休学、复学、留级、跳级、调班，在名册的“学籍和班级”里登记；"
        "升级时毕业和升入的也在这里。\n"
        "一条异动就是一行，按学年和班级可以筛选，打印成学籍异动登记表。\n"
        "原因和去向可能写着病情，平时盖住；按“显示保密内容”才看得到，打印也算看过，都会记下。\n"
        "日期或说明写错了，点这一行再按“更正”；班级弄错了，马上按 Ctrl+Z 撤销。"
    )

    def __init__(
        self,
        roll: TurnRegister,
        *,
        papers: Papers,
        guard: Guard | None = None,
        memory: Memory | None = None,
        give: Give | None = None,
        to_roster: Callable[[], object] | None = None,
    ) -> None:
        """``give`` writes the list for somebody outside, after asking who and why."""
        self._roll, self._papers = roll, papers
        self._entries: dict[str, TurnEntry] = {}
        self._said: Mapping[str, str] = {}
        super().__init__(
            columns=(
                Column("日期", 6, "note"),
                Column("异动", 3),
                Column("姓名", 4),
                Column("原来的班", 5.2, "note"),
                Column("现在的班", 5.2, "note", spare=True),
                Column("说明", 0, "sealed"),
            ),
            chips=tuple(Chip(turn, str(turn)) for turn in _CHIPS),
            facets=(Facet("year", "学年"), Facet("turn", "异动"), Facet("class", "班级")),
            empty=leading(
                "还没有学籍异动。转入、转出、休学、调班，在名册的“学籍和班级”里登记。",
                "到名册",
                to_roster,
            ),
            memory=memory,
        )
        self._add_actions(guard, give)

    def read(self) -> Sequence[Row]:
        """Return a line a turn; the words only while they are open."""
        self._entries = {entry.uid: entry for entry in self._roll.entries()}
        self._said = self._roll.reasons() if self.is_unsealed else {}
        return [_row(entry, self._said.get(entry.uid, "")) for entry in self._entries.values()]

    def details(self, uid: str | None) -> QWidget:
        """Show the whole way of the pupil through school."""
        if uid is None:
            return label("点一行，这里显示这名学生的学籍经过。", "note", wrap=True)
        entry = self._entries[uid]
        student = entry.pupil.uid
        turns = [
            label(f"{show(t.on)}　{t if self.is_unsealed else t.bare}", wrap=True)
            for t in self._roll.turns(student)
        ]
        now = entry.pupil.class_name if entry.pupil.status == "在读" else entry.pupil.status
        about = facts((("现在", now), ("这一次", f"{show(entry.on)}　{entry.turn}")))
        foot = []
        if self._may(Right.EDIT_STUDENTS):
            foot.append(button("更正", press=partial(self.open, uid)))
        head = [label(entry.pupil.name, "h1")]
        return Details(head, (("异动", about), ("学籍经过", vbox(*turns))), foot)

    def open(self, uid: str) -> None:
        """Put right when it was and what was said of it."""
        if self._may(Right.EDIT_STUDENTS):
            said = self._roll.reasons().get(uid, "")
            open_correction(self, self._roll, self._entries[uid], said)

    def print_list(self) -> None:
        """Print the turns in sight with their words; that counts as a look."""
        said = self._roll.reasons()
        rows = [turn_row(self._entries[uid], said.get(uid)) for uid in self.shown_uids()]
        store, title = self._roll.students.store, self._papers.forms[PAPER].title
        self._papers.preview(
            self,
            PAPER,
            rows,
            words=self.filter_text(),
            done=lambda how: store.note(f"{how}：{title}"),
        )

    def _rows_in_sight(self) -> list[Mapping[str, Any]]:
        return [turn_row(self._entries[uid], self._said.get(uid)) for uid in self.shown_uids()]

    def _add_actions(self, guard: Guard | None, give: Give | None) -> None:
        if not self._may(Right.SEE_SEALED):
            return
        self.add_action("打印", menu=[("学籍异动登记表（当前列表）", self.print_list)])
        store, rows = self._roll.students.store, self._rows_in_sight
        add_giving(self, store, give, what="学籍异动名册", room="turns", rows=rows)
        eye = Eye(guard)
        eye.opened.connect(self.unseal)
        self.add_tool(eye)
        self.add_tool(label("看一次记一次", "note", "seal"))

    def _may(self, right: Right) -> bool:
        return self._roll.students.store.sitter.may(right)


def _row(entry: TurnEntry, words: str) -> Row:
    return Row(
        entry.uid,
        (
            entry.on.isoformat(),
            entry.turn,
            entry.pupil.name,
            entry.from_class,
            entry.to_class,
            words,
        ),
        search=search_text(entry.pupil.name),
        tags=frozenset({entry.turn}),
        facets={
            "year": entry.year,
            "turn": entry.turn,
            "class": tuple(filter(None, {entry.from_class, entry.to_class})),
        },
    )
