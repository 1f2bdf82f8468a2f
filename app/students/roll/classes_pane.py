"""The first page of 一键升级: every class by its new name, and where those go who finish."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QGridLayout, QSpinBox, QWidget

from app.core.calendar import GRADES
from app.students.roll.drafts import Choices, Draft
from app.students.roll.rules import Line, Way, chosen
from app.students.roll.seats import SeatOrder
from app.ui import theme as t
from app.ui.combo_blanks import QuietCombo
from app.ui.flow import Flow
from app.ui.widgets import clear, hbox, label, rule, scroll, vbox

_MOST_CLASSES = 20


class Spin(QSpinBox):
    """A number the wheel passes over."""

    def wheelEvent(self, event: object) -> None:
        event.ignore()  # type: ignore[attr-defined]


class ClassesPane(QWidget):
    """Shows a draft; ``changed`` is called once a choice was made."""

    title = "每个班升为什么班"

    def __init__(self, choices: Choices, changed: Callable[[], object]) -> None:
        super().__init__()
        self._choices, self._changed = choices, changed
        self._shown: list[tuple[str, tuple[Way, ...]]] = []
        self._table = vbox(gap=0)
        self._openings = QWidget()
        self._asked = Flow(gap=t.M)
        self._openings.setLayout(self._asked)
        self._spins: dict[str, QSpinBox] = {}
        seats = QuietCombo()
        seats.addItems([str(order) for order in SeatOrder])
        seats.setMinimumContentsLength(18)
        seats.setAccessibleName("座号")
        seats.currentTextChanged.connect(self._seat)
        self._seats = seats
        word = label("座号")
        word.setBuddy(seats)
        foot = hbox(self._openings, t.L, word, seats, None, gap=t.S)
        self.setLayout(vbox((scroll(self._table), 1), rule(), foot, gap=t.S))

    def show_draft(self, draft: Draft) -> None:
        """Show where everybody goes; what is shown already is left as it is."""
        lines = [(line.id, line.ways) for line in draft.proposal.lines]
        if lines != self._shown:
            self._shown = lines
            self._lay_lines(draft)
        if not self._spins:
            self._lay_openings(draft)

    def enter(self) -> None:
        """Take the keys."""
        combos = self.findChildren(QuietCombo)
        (combos[0] if combos else self._seats).setFocus()

    def _lay_lines(self, draft: Draft) -> None:
        clear(self._table)
        grid = QGridLayout()
        grid.setHorizontalSpacing(t.L)
        grid.setVerticalSpacing(t.XS)
        grid.setColumnStretch(3, 1)
        for place, word in enumerate(("现在的班", "人数", "升级以后")):
            grid.addWidget(label(word, "note"), 0, place)
        for row, line in enumerate(draft.proposal.lines, start=1):
            grid.addWidget(label(f"　　{line.title}" if line.is_part else line.title), row, 0)
            grid.addWidget(label(f"{line.heads}人", "note"), row, 1)
            grid.addWidget(self._way(line), row, 2)
        holder = QWidget()
        holder.setLayout(vbox(grid, None))
        self._table.addWidget(holder)

    def _way(self, line: Line) -> QWidget:
        if len(line.ways) == 1:
            return label(line.ways[0].word)
        combo = QuietCombo()
        combo.addItems([way.word for way in line.ways])
        combo.setCurrentText(chosen(line, self._choices.answers).word)
        longest = max(len(way.word) for way in line.ways)
        combo.setMinimumContentsLength(round(1.5 * longest))
        combo.setAccessibleName(f"{line.title}去哪里")
        combo.currentTextChanged.connect(lambda text, id=line.id: self._choose(id, text))
        return combo

    def _lay_openings(self, draft: Draft) -> None:
        for stage, usual in draft.proposal.openings:
            grade = GRADES[stage][0]
            spin = Spin()
            spin.setRange(0, _MOST_CLASSES)
            spin.setValue(usual)
            spin.setSuffix(" 个班")
            spin.setAccessibleName(f"新{grade}开几个班")
            spin.valueChanged.connect(lambda number, stage=stage: self._open(stage, number))
            word = label(f"新{grade}开")
            word.setBuddy(spin)
            self._asked.addWidget(word)
            self._asked.addWidget(spin)
            self._spins[stage] = spin

    def _choose(self, line: str, word: str) -> None:
        self._choices.answers[line] = word
        self._changed()

    def _open(self, stage: str, number: int) -> None:
        self._choices.openings[stage] = number
        self._changed()

    def _seat(self, word: str) -> None:
        self._choices.seats = SeatOrder(word)
        self._changed()
