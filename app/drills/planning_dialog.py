"""自动排演练 on the screen: the plan of a term with its reasons, ticked, then written at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QWidget

from app.core.errors import UserError
from app.drills.planning.ground import Draft, Kept, Proposal
from app.drills.planning.register import TermPlanner
from app.drills.words import short, weekday
from app.ui import theme as t
from app.ui.entry import Fault
from app.ui.sheet import Sheet
from app.ui.widgets import Pill, button, clear, hbox, label, rule, scroll, vbox

_WIDTH_PX, _HEIGHT_PX = 880, 620


class PlanningDialog(Sheet):
    """Shows what would be planned; ``done`` hears the drills written."""

    def __init__(
        self,
        parent: QWidget,
        planner: TermPlanner,
        month: date,
        done: Callable[[Sequence[str]], object],
    ) -> None:
        self._planner, self._done = planner, done
        self._draft: Draft | None = None
        self._boxes: list[QCheckBox] = []
        self._terms = planner.terms()
        self._choice = QComboBox()
        self._choice.setAccessibleName("学期")
        for term in self._terms:
            self._choice.addItem(term.term.name)
        self._said = label("", "note")
        self._lines = vbox(gap=t.XS)
        self._fault = Fault()
        self._go = button("写入日历", "primary", press=self._write)
        head = hbox(label("学期", "note"), self._choice, None, self._said)
        body = vbox(head, self._fault, (scroll(self._lines), 1), gap=t.S)
        words = "按“写入日历”以前什么都不会写入；写入以后按 Ctrl+Z 整个撤回。"
        note = label(words, "note", wrap=True)
        foot = ((note, 1), self._go, button("取消", press=lambda: self.reject()))
        super().__init__(parent, "自动排演练", body, foot, width=_WIDTH_PX, height=_HEIGHT_PX)
        self._choice.currentIndexChanged.connect(self._draw_up)
        holds = [n for n, term in enumerate(self._terms) if term.holds(month)]
        self._choice.setCurrentIndex(holds[0] if holds else 0)
        self._draw_up()
        self._go.setFocus()

    def _draw_up(self) -> None:
        """Plan the chosen term anew and show it."""
        self._boxes = []
        clear(self._lines)
        try:
            term = self._terms[self._choice.currentIndex()]
            self._draft = self._planner.draft(term.term.code)
        except UserError as error:
            self._draft = None
            self._fault.say(error)
            self._go.setEnabled(False)
            return
        self._fault.say("")
        for words in self._draft.gaps:
            self._lines.addWidget(label(words, "note", "soon", wrap=True))
        for one in self._draft.proposals:
            self._lines.addWidget(self._line(one))
            self._lines.addWidget(rule())
        if self._draft.stays:
            self._lines.addWidget(label(_stays(self._draft.stays), "note", wrap=True))
        if not self._draft.proposals:
            self._lines.insertWidget(0, label("这个学期要练的都排好了，没有要改的。", "h2"))
        self._lines.addStretch(1)
        self._count()

    def _line(self, one: Proposal) -> QWidget:
        box = QCheckBox()
        box.setChecked(True)
        box.setAccessibleName(f"{one.word}：{one.title}")
        box.toggled.connect(self._count)
        self._boxes.append(box)
        when = f"{short(one.on)} {weekday(one.on)} {one.hour.at:%H:%M}"
        word = "改期" if one.uid else "待定" if one.provisional else "新排"
        tone = "soon" if one.provisional or one.uid else "accent"
        top = hbox(
            label(one.title), label(f"{one.word} · {one.scope}", "note"), None, label(when),
            Pill(word, "", tone),
        )  # fmt: skip
        told = [label(one.why, "note", wrap=True)]
        if one.why_not:
            told.append(label(one.why_not, "note", wrap=True))
        made = QWidget()
        body = vbox(top, *told, gap=2)
        row = hbox((body, 1), gap=t.S, edge=(0, t.XS, t.S, t.XS))
        row.insertWidget(0, box, 0, Qt.AlignmentFlag.AlignTop)
        made.setLayout(row)
        return made

    def _count(self) -> None:
        ticked = sum(box.isChecked() for box in self._boxes)
        self._go.setEnabled(ticked > 0)
        kept = len(self._draft.stays) if self._draft else 0
        stays = f"，原有 {kept} 次不动" if kept else ""
        self._said.setText(f"要排 {ticked} 次{stays}")

    def _write(self) -> None:
        if self._draft is None:
            return
        only = {n for n, box in enumerate(self._boxes) if box.isChecked()}
        try:
            uids = self._planner.carry_out(self._draft, only)
        except UserError as error:
            self._fault.say(error)
            return
        self.accept()
        self._done(uids)


def open_planning(
    parent: QWidget,
    planner: TermPlanner,
    month: date,
    done: Callable[[Sequence[str]], object],
) -> PlanningDialog:
    """Show the plan of the term a month lies in, else of the one that runs.

    Raises:
        UserError: there is no term left to plan.

    """
    if not planner.terms():
        raise UserError("校历里没有可以排的学期。", do="请先在“校历”里设好学期的起止日期。")
    made = PlanningDialog(parent, planner, month, done)
    made.open()
    return made


def _stays(stays: Sequence[Kept]) -> str:
    said = "、".join(f"{short(kept.on)}{kept.kind}" for kept in stays)
    return f"不动的：{said}。做完的、锁定的、自己排的和日子合适的都留在原处。"
