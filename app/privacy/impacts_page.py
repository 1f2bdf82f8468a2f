"""影响评估: what is looked at before sensitive data is processed, and its paper."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.roles import Right
from app.core.values import show
from app.privacy.impacts import ImpactBook, row_of
from app.privacy.records import ImpactNote
from app.privacy.rules import FINE, kept_until
from app.ui.blanks import Sources
from app.ui.details import Details, facts
from app.ui.editor import FormEditor
from app.ui.pages import Chip, Column, Empty, LedgerPage, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import button, label

PAPER = "privacy_impact"
OPEN = "还要改"


class ImpactsPage(LedgerPage):
    """A line an assessment, the newest first."""

    title = "影响评估"
    topics = frozenset({"impact_note"})
    hint = "搜索：编号、处理什么"
    help_text = (
        "收集学生的健康、家庭、心理等敏感信息，把名单交给别的单位，公开名单，做以前先评估一次"
        "（个人信息保护法第55条）。\n"
        "评估三项：目的和方式是不是合法、正当、必要；对学生有什么影响和风险；措施够不够"
        "（第56条）。有一项答“否”，结论就不能是“可以处理”。\n"
        "同一件事做法没有变，不用每次重做；内容、去处、办法变了，再评估。\n"
        "评估表至少保存三年；不写学生姓名，只写哪些内容、几个人。"
    )

    def __init__(
        self, book: ImpactBook, *, papers: Papers, people: Callable[[], Sequence[str]]
    ) -> None:
        self._book, self._papers, self._people = book, papers, people
        self._notes: dict[str, ImpactNote] = {}
        said = "还没有做过影响评估。处理学生的敏感信息以前要做一次。"
        super().__init__(
            memory=book.store,
            columns=(
                Column("编号", 7.5),
                Column("评估日期", 8.4, "note"),
                Column("处理什么", 0),
                Column("风险", 3),
                Column("结论", 6.5, "status"),
            ),
            chips=(
                Chip(FINE, FINE, shape="done"),
                Chip(OPEN, OPEN, "soon", "soon"),
            ),
            empty=Empty(said, "做一次评估", self.enter) if self._may() else Empty(said),
        )
        if self._may():
            self.add_action("做一次评估", self.enter, kind="primary", icon="plus")
        self.add_action(
            "打印", menu=[("空白表", self.print_blank), ("选中的这一份", self.print_one)]
        )

    def read(self) -> Sequence[Row]:
        """Return a line an assessment."""
        self._notes = {note.uid: note for note in self._book.all()}
        return [_row(note) for note in self._notes.values()]

    def details(self, uid: str | None) -> QWidget:
        """Show what was found and how long it is to be kept."""
        if uid is None:
            return label("点一份评估，这里显示结论和还要改的。", "note", wrap=True)
        note = self._notes[uid]
        known = facts(
            (
                ("为什么评估", note.why_now),
                ("哪些内容", show(note.sorts)),
                ("涉及多少人", f"{note.people}人" if note.people is not None else ""),
                ("目的和依据", note.purpose),
                ("合法正当必要", f"{show(note.is_needed)}　{note.needed_words}"),
                ("影响", note.harm),
                ("安全风险", note.risk),
                ("保护措施", note.measures),
                ("措施相当", show(note.is_enough)),
                ("结论", note.result),
                ("还要改", note.to_do or ""),
                ("评估人", f"{note.assessed_by}，负责人{note.leader}"),
                ("至少保存到", show(kept_until(note.assessed_on))),
            )
        )
        foot = [button("打印", press=self.print_one)]
        if self._may():
            foot.insert(0, button("更正", "primary", press=partial(self.open, uid)))
            void = partial(self._book.void, uid)
            title = f"作废 {note.number}"
            reasons = ("重复登记", "登记错了")
            foot.append(button("作废", press=lambda: ask_void(self, title, reasons, void)))
        return Details(
            [label(note.number, "h2"), label(note.what, wrap=True)], (("评估", known),), foot
        )

    def enter(self) -> None:
        """Make an assessment; what most schools would answer is not filled in for them."""
        values = {"assessed_on": self._book.today(), "assessed_by": self._book.store.sitter.name}
        self._edit(values, lambda said: self.choose(self._book.enter(**said).uid))

    def open(self, uid: str) -> None:
        """Put an assessment right."""
        if not self._may():
            return
        note, form = self._book.get(uid), self._book.form
        values = {f.key: getattr(note, f.key) for f in form.fields} if form else {}
        if note.people is not None:
            values["people"] = Decimal(note.people)
        save = partial(self._book.correct, uid, seen=note.rev)
        self._edit(values, lambda said: save(**said))

    def print_blank(self) -> None:
        """Print the sheet with nothing on it."""
        self._print([])

    def print_one(self) -> None:
        """Print the assessment that is chosen; without one a blank sheet."""
        uid = self.chosen_uid()
        self._print([row_of(self._notes[uid])] if uid else [])

    def _print(self, rows: Sequence[dict[str, Any]]) -> None:
        title, note = self._papers.forms[PAPER].title, self._book.store.note
        self._papers.preview(self, PAPER, rows, done=lambda how: note(f"{how}：{title}"))

    def _edit(self, values: dict[str, Any], save: Callable[[dict[str, Any]], object]) -> None:
        if (form := self._book.form) is None:
            return

        def keep(said: dict[str, Any]) -> None:
            people = said.get("people")
            save(said | {"people": None if people is None else int(people)})

        sources = Sources(lists={"person": self._people}, today=self._book.today)
        FormEditor(form, keep, self, values, sources=sources).open()

    def _may(self) -> bool:
        return self._book.store.sitter.may(Right.PRIVACY)


def _row(note: ImpactNote) -> Row:
    is_fine = note.result == FINE
    pill = (note.result, "done", "done") if is_fine else (note.result, "soon", "soon")
    cells = (note.number, show(note.assessed_on), note.what, note.risk, pill)
    return Row(note.uid, cells, tags=frozenset({FINE if is_fine else OPEN}))
