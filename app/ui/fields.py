"""One field of a form on the screen: its label, its blank, what is wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.forms import Field
from app.ui import theme as t
from app.ui.blanks import is_wide
from app.ui.widgets import Shape, button, flush, hbox, hide_unless, label, retone, vbox

_NAMED, _NAMED_CHARS = 3, 16  # folded blanks that are named, and how long that may be


class FieldBox(QWidget):
    """One field: its label, a star if it must be filled, its blank, what is wrong with it."""

    def __init__(self, field: Field, blank: Any) -> None:
        super().__init__()
        self.field, self.blank = field, blank
        self.name = name = label(field.label)
        name.setBuddy(blank)
        blank.setAccessibleName(field.label)
        star = label("*", tone="late")
        star.setAccessibleName("必填")
        hide_unless(star, field.required)
        self._why = label("", "note", "late", wrap=True)
        self._sign = QWidget()
        self._sign.setLayout(hbox(Shape("late", "late"), (self._why, 1), gap=t.XS))
        self._sign.hide()
        self.setLayout(vbox(hbox(name, star, None, gap=2), blank, self._sign, gap=3))
        blank.edited.connect(lambda: self.blame(None))

    def blame(self, why: str | None) -> None:
        """Say beside the blank what is wrong with it; None takes the sentence away."""
        if bool(self.blank.property("wrong")) != bool(why):
            retone(self.blank, wrong=bool(why))
        self._why.setText(f"{why}。" if why else "")
        self._sign.setVisible(bool(why))


class Fold(QWidget):
    """Blanks that few records need, behind a word that says how many of them are filled in."""

    def __init__(self, boxes: Sequence[FieldBox], changed: Callable[[], object]) -> None:
        super().__init__()
        self._boxes, self._changed = boxes, changed
        self._word = flush(button("", "link", press=self._turn))
        self._inside = QWidget()
        self._inside.setLayout(grid_of(list(boxes)))
        self._inside.hide()
        for box in boxes:
            box.blank.edited.connect(self.count)
        edge = (t.XL, 0, t.XL, t.S)
        self.setLayout(vbox(hbox(self._word, None, edge=edge), self._inside, gap=0))
        self.count()

    @property
    def is_open(self) -> bool:
        """Whether the blanks are shown."""
        return not self._inside.isHidden()

    def open(self) -> None:
        """Show the blanks."""
        if not self.is_open:
            self._turn()

    def count(self) -> None:
        """Say what stands behind the word."""
        filled = sum(box.blank.value() is not None for box in self._boxes)
        names = _named([box.field.label for box in self._boxes])
        said = f"已填 {filled} 项" if filled else f"{names}等 {len(self._boxes)} 项，可以不填"
        self._word.setText(f"{'收起' if self.is_open else '更多'}（{said}）")

    def _turn(self) -> None:
        self._inside.setVisible(not self.is_open)
        self.count()
        if self.is_open:
            self._boxes[0].blank.setFocus()
        self._changed()


def _named(labels: Sequence[str]) -> str:
    """Return the first of these names, as many as stand in one line at every size."""
    said = labels[0][:_NAMED_CHARS] if labels else ""
    for one in labels[1:_NAMED]:
        if len(f"{said}、{one}") > _NAMED_CHARS:
            break
        said += f"、{one}"
    return said


def grid_of(boxes: list[FieldBox]) -> QGridLayout:
    """Set short fields two to a line and long ones alone, in the order of the printed form."""
    grid = QGridLayout()
    grid.setContentsMargins(t.XL, t.M, t.XL, t.M)
    grid.setHorizontalSpacing(t.XL)
    grid.setVerticalSpacing(t.M)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    line, column = 0, 0
    for box in boxes:
        if is_wide(box.field):
            line += 1 if column else 0
            grid.addWidget(box, line, 0, 1, 2, Qt.AlignmentFlag.AlignTop)
            line, column = line + 1, 0
        else:
            grid.addWidget(box, line, column, Qt.AlignmentFlag.AlignTop)
            line, column = (line, 1) if column == 0 else (line + 1, 0)
    grid.setRowStretch(line + 1, 1)
    return grid
