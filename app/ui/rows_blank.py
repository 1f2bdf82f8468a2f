"""A blank of small rows: every row has the same few blanks, and the last one is always empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.forms import Field
from app.ui import theme as t
from app.ui.blanks import Sources, make_blank
from app.ui.widgets import button, hbox, hide_unless, label

Said = dict[str, Any]


class RowsBlank(QWidget):
    """Rows of blanks; typing into the last one adds another, and an empty row is none.

    What a row brings besides its blanks (``uid``) comes back with it. ``fixed`` rows are those
    that were put and no more: each begins with the words under ``title``.
    """

    edited = Signal()
    grew = Signal()

    def __init__(
        self, fields: Sequence[Field], sources: Sources, *, what: str = "一行", fixed: bool = False
    ) -> None:
        super().__init__()
        self._fields, self._sources, self._what, self._fixed = tuple(fields), sources, what, fixed
        self._rows: list[dict[str, Any]] = []
        self._kept: list[Said] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(t.S)
        self._grid.setVerticalSpacing(t.XS)
        self.setLayout(self._grid)
        self._lay_out_head()
        if not fixed:
            self._add({})

    def value(self) -> Any:
        found = []
        for blanks, kept in zip(self._rows, self._kept, strict=True):
            said = {key: blank.value() for key, blank in blanks.items()}
            if any(value is not None for value in said.values()) or self._fixed:
                found.append({**kept, **said})
        return found or None

    def put(self, value: Any) -> None:
        self._clear()
        for one in value or ():
            self._add(one)
        if not self._fixed:
            self._add({})
        self.grew.emit()

    def fault(self) -> str | None:
        for number, (blanks, kept) in enumerate(zip(self._rows, self._kept, strict=True), start=1):
            values = {key: blank.value() for key, blank in blanks.items()}
            if all(value is None for value in values.values()):
                continue
            for field in self._fields:
                asked = replace(field, choices=()) if field.kind == "choice" else field
                why = blanks[field.key].fault() or asked.check(values[field.key])
                if why:
                    where = f"“{kept['title']}”" if kept.get("title") else f"第{number}行"
                    return f"{where}：{why}"
        return None

    def _lay_out_head(self) -> None:
        first = 1 if self._fixed else 0
        if self._fixed:
            self._grid.addWidget(label(self._what, "note"), 0, 0)
            self._grid.setColumnStretch(0, 60)
        for place, field in enumerate(self._fields, start=first):
            star = [label("*", "note", "late")] if field.required else []
            self._grid.addLayout(hbox(label(field.label, "note"), *star, None, gap=2), 0, place)
            self._grid.setColumnStretch(place, field.width)

    def _add(self, said: Mapping[str, Any]) -> None:
        line = len(self._rows) + 1
        blanks: dict[str, Any] = {}
        first = 1 if self._fixed else 0
        if self._fixed:
            words = label(str(said.get("title", "")), wrap=True)
            self._grid.addWidget(words, line, 0, Qt.AlignmentFlag.AlignVCenter)
        for place, field in enumerate(self._fields, start=first):
            # What is asked of a row is asked only once something stands in it.
            blank = make_blank(replace(field, required=False), self._sources)
            name = said.get("title") or f"{self._what}{line}"
            blank.setAccessibleName(f"{name}：{field.label}")
            blank.put(said.get(field.key))
            blank.edited.connect(self._hear)
            self._grid.addWidget(blank, line, place)
            blanks[field.key] = blank
        if not self._fixed:
            remover = self._remover(blanks, line)
            hide_unless(remover, bool(said))
            for blank in blanks.values():
                blank.edited.connect(partial(_show_if_any, remover, blanks))
            self._grid.addWidget(remover, line, len(self._fields))
            self._grid.setColumnMinimumWidth(len(self._fields), remover.sizeHint().width())
        if not self._rows:
            self.setFocusProxy(next(iter(blanks.values())))
        self._rows.append(blanks)
        known = {field.key for field in self._fields}
        self._kept.append({key: value for key, value in said.items() if key not in known})

    def _remover(self, blanks: Mapping[str, Any], line: int) -> QWidget:
        def empty() -> None:
            for blank in blanks.values():
                blank.put(None)
            self._hear()

        made = button("清空", "link", press=empty)
        made.setToolTip("清空这一行，保存时就没有它了")
        made.setAccessibleName(f"清空{self._what}{line}")
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        return made

    def _hear(self) -> None:
        if not self._fixed and self._rows:
            last = self._rows[-1]
            if any(blank.value() is not None for blank in last.values()):
                self._add({})
                self.grew.emit()
        self.edited.emit()

    def _clear(self) -> None:
        for line in range(1, len(self._rows) + 1):
            for place in range(self._grid.columnCount()):
                item = self._grid.itemAtPosition(line, place)
                if item is not None and (widget := item.widget()) is not None:
                    self._grid.removeWidget(widget)
                    widget.hide()
                    widget.deleteLater()
        self._rows, self._kept = [], []


def _show_if_any(part: QWidget, blanks: Mapping[str, Any]) -> None:
    part.setVisible(any(blank.value() is not None for blank in blanks.values()))
