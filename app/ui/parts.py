"""A long form in parts: each has a heading that folds it away, some stand there only when asked."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from app.ui import icons
from app.ui import theme as t
from app.ui.editor import FieldBox, FormEditor
from app.ui.fields import grid_of
from app.ui.widgets import button, hbox, rule, vbox


class FormPart(QWidget):
    """One part: its heading, and below it the blanks, in sight or folded away."""

    def __init__(self, title: str, inside: QLayout) -> None:
        super().__init__()
        self._head = button(title, "quiet", press=self.toggle)
        self._head.setObjectName("part")
        self._body = QWidget()
        self._room = vbox(inside, gap=0)
        self._body.setLayout(self._room)
        line = hbox(self._head, None, edge=(t.L, t.XS, t.L, 0))
        self.setLayout(vbox(rule(), line, self._body, gap=0))
        self.open()

    @property
    def is_open(self) -> bool:
        """Whether the blanks are in sight."""
        return not self._body.isHidden()

    def open(self, *, is_open: bool = True) -> None:
        """Show the blanks, or fold them away."""
        self._body.setVisible(is_open)
        self._head.setIcon(icons.icon("down" if is_open else "right", t.SOFT))
        self._head.setToolTip("收起" if is_open else "展开")

    def toggle(self) -> None:
        """Fold the blanks away, or show them again."""
        self.open(is_open=not self.is_open)
        dialog = self.window()
        if isinstance(dialog, PartedEditor):
            dialog.fit()

    def put_above(self, part: QWidget) -> None:
        """Put something above the blanks."""
        self._room.insertWidget(0, part)


class PartedEditor(FormEditor):
    """A form whose fields say which ``part`` they belong to; those without one come first."""

    parts: dict[str, FormPart]

    def _arrange(self, boxes: list[FieldBox]) -> QLayout:
        outer: QVBoxLayout = vbox(grid_of([b for b in boxes if not b.field.part]), gap=0)
        self.parts = {}
        for part in dict.fromkeys(box.field.part for box in boxes if box.field.part):
            made = FormPart(part, grid_of([box for box in boxes if box.field.part == part]))
            self.parts[part] = made
            outer.addWidget(made)
        outer.addStretch(1)
        return outer

    def ask_for(self, parts: Iterable[str]) -> None:
        """Let only these parts stand there; what the others hold is kept as it is."""
        wanted = set(parts)
        for part, shown in self.parts.items():
            shown.setVisible(part in wanted)
        self.fit()

    def fit(self) -> None:
        """Take the room the blanks in sight need."""
        if self.isVisible():
            self._fit()

    def _point_at(self, key: str) -> None:
        part = self._boxes[key].field.part
        if part:
            self.parts[part].open()
        super()._point_at(key)
