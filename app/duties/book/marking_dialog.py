"""A sheet of lines marked by single keys, with blanks above it and blanks about the chosen line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from app.core.errors import UserError
from app.core.forms import Field
from app.ui import theme as t
from app.ui.asking import ask
from app.ui.blanks import Sources, make_blank
from app.ui.fields import FieldBox
from app.ui.kept_room import KeptRoom
from app.ui.key_grid import KeyGrid
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox

_HEIGHT_PX, _WIDTH_PX, _WIDE_PX = 660, 880, 1200
ALL = "a"  # the key that marks every line that has no mark yet
Line = dict[str, Any]


class MarkingDialog(Sheet):
    """Lines in the order of a paper sheet; a room says what its keys mean and keeps what is said.

    Every line is a dict with its ``mark`` and what stands in the blanks below the sheet. Enter
    marks a line as ``usual`` that has no mark, and else goes on.
    """

    title = ""
    hint = ""
    titles: Sequence[tuple[str, float]] = ()
    keys: Mapping[str, str] = {}
    tones: Mapping[str, str] = {}
    usual = ""
    later = ""  # said in the room of the blanks below the sheet until they are asked for
    marks_in = 1  # the column of the mark

    def __init__(
        self,
        parent: QWidget,
        head: Sequence[Field],
        below: Sequence[Field],
        lines: Sequence[Line],
        sources: Sources,
        values: Mapping[str, Any],
        *,
        again: str = "",
    ) -> None:
        self._lines = [dict(line) for line in lines]
        self._head = {f.key: FieldBox(f, make_blank(f, sources)) for f in head}
        self._about = {f.key: FieldBox(f, make_blank(f, sources)) for f in below}
        cells = [self.cells(line) for line in self._lines]
        self._grid = KeyGrid("名单", self.titles, cells, {*self.keys, ALL})
        self._count = label("", "note")
        self._message = label("", tone="late", wrap=True)
        self._message.setObjectName("message")
        self._message.hide()
        self._said = label("", "note", wrap=True)
        self._main_button = button("保存", "primary", press=self._save)
        buttons = [self._main_button]
        if again:
            further = button(again, press=self._save_and_go_on)
            further.setToolTip(f"{again}　Ctrl+回车")
            buttons.append(further)
        about = QWidget()
        about.setLayout(_in_lines(self._about))
        self._is_asking = False
        self._chosen = KeptRoom(about, self.later)
        body = vbox(
            _in_lines(self._head),
            self._said,
            label(self.hint, "note", wrap=True),
            (self._grid, 1),
            self._chosen,
            self._message,
        )
        foot = (self._count, None, *buttons, button("取消", press=self.reject))
        width = _WIDE_PX if t.is_large() else _WIDTH_PX
        super().__init__(parent, self.title, body, foot, width=width, height=_HEIGHT_PX)
        self._connect()
        for key in ("Ctrl+Return", "Ctrl+Enter") if again else ():
            QShortcut(QKeySequence(key), self).activated.connect(self._save_and_go_on)
        self.begin(values, self._lines)

    # What a room says of itself.

    def cells(self, line: Line) -> tuple[str, ...]:
        """Return what a line shows, column by column."""
        raise NotImplementedError

    def asks(self, mark: str) -> str:
        """Return which blank below the sheet is asked for after this mark, '' for none."""
        raise NotImplementedError

    def shows(self, mark: str) -> bool:
        """Say whether the blanks below belong to a line with this mark."""
        return bool(self.asks(mark))

    def said(self) -> str:
        """Return the numbers of the sheet, once every line has a mark."""
        raise NotImplementedError

    def keep(self, head: dict[str, Any], lines: list[Line]) -> None:
        """Write it down."""
        raise NotImplementedError

    def follow(self) -> tuple[Mapping[str, Any], Sequence[Line]] | None:
        """Return what the next sheet begins with, None where there is none."""
        return None

    # What a room uses.

    def begin(self, values: Mapping[str, Any], lines: Sequence[Line]) -> None:
        """Put a sheet on the screen, and the cursor where something is to be said."""
        self._message.hide()
        for key, box in self._head.items():
            box.blank.put(values.get(key))
            box.blame(None)
        self.put_lines(lines)
        self._before = self._now()
        empty = (b for b in self._head.values() if b.field.required and b.blank.value() is None)
        first = next(empty, None)
        QTimer.singleShot(0, self, (first.blank if first else self._grid).setFocus)

    def put_lines(self, lines: Sequence[Line]) -> None:
        """Show other lines in the place of these."""
        self._lines = [dict(line) for line in lines]
        self._grid.setRowCount(0)
        for line in self._lines:
            self.add_line(line)
        if self._lines:
            waiting = (n for n, line in enumerate(self._lines) if not line.get("mark"))
            self._grid.go_to(next(waiting, 0))
        self._show_chosen()
        self._show_count()

    def add_line(self, line: Line) -> None:
        """Show one line more; it must stand in the lines already."""
        self._grid.add(self.cells(line))
        self._show_line(self._grid.rowCount() - 1)

    def say(self, words: str) -> None:
        """Say something above the sheet."""
        self._said.setText(words)
        self._said.setVisible(bool(words))

    def refuse(self, text: str) -> None:
        """Say what is wrong below the sheet."""
        self._message.setText(text)
        self._message.show()
        QTimer.singleShot(0, self, self.fit)

    def head_blank(self, key: str) -> Any:
        """Return a blank above the sheet."""
        return self._head[key].blank

    # The rest is the dialog's own.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on from blank to blank, and from the last one to the sheet."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        at = self.focusWidget()
        for boxes, then in ((self._head, self._grid.setFocus), (self._about, self._past)):
            chain = [box.blank for box in boxes.values()]
            for number, blank in enumerate(chain):
                if blank is at or (at is not None and blank.isAncestorOf(at)):
                    self.entered(next(k for k, b in boxes.items() if b.blank is blank))
                    chain[number + 1].setFocus() if chain[number + 1 :] else then()
                    return

    def entered(self, key: str) -> None:
        """Hear that Enter was pressed in a blank."""

    def reject(self) -> None:
        """Close without saving; ask first if that would lose what was marked."""
        if self._now() == self._before:
            super().reject()
            return
        ask(
            self,
            "填写的内容还没有保存，要放弃吗？",
            yes="放弃",
            no="继续填写",
            then=lambda: QDialog.reject(self),  # a bound super() comes back here
        )

    def _connect(self) -> None:
        self._grid.pressed.connect(self._press)
        self._grid.currentCellChanged.connect(lambda *_: self._show_chosen())
        for box in self._about.values():
            box.blank.edited.connect(self._keep_chosen)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self._save)

    def _now(self) -> tuple[Any, ...]:
        head = tuple(box.blank.value() for box in self._head.values())
        return head, [dict(line) for line in self._lines]

    def _row(self) -> int:
        return max(0, self._grid.currentRow())

    def _press(self, key: str) -> None:
        if not self._lines:
            return
        if key == ALL:
            for line in self._lines:
                line["mark"] = line.get("mark") or self.usual
            for row in range(len(self._lines)):
                self._show_line(row)
            self._show_chosen()
            self._show_count()
            self._main_button.setFocus()
            return
        line = self._lines[self._row()]
        mark = self.keys[key] if key else line.get("mark") or self.usual
        if mark != line.get("mark") and not self.shows(mark):
            for name in self._about:
                line.pop(name, None)
        line["mark"] = mark
        self._show_line(self._row())
        self._show_chosen()
        self._show_count()
        asked = self.asks(mark) if key else ""
        if asked:
            self._about[asked].blank.setFocus()
        else:
            self._go_on()

    def _past(self) -> None:
        self._grid.setFocus()
        self._go_on()

    def _go_on(self) -> None:
        if not self._grid.go_on():
            waiting = (n for n, line in enumerate(self._lines) if not line.get("mark"))
            if (row := next(waiting, None)) is None:
                self._main_button.setFocus()
            else:
                self._grid.go_to(row)

    def _show_chosen(self) -> None:
        """Show the blanks about the chosen line, if its mark asks for any."""
        line = self._lines[self._row()] if self._lines else {}
        for key, box in self._about.items():
            box.blank.blockSignals(True)
            box.blank.put(line.get(key))
            box.blank.blockSignals(False)
        self._is_asking = bool(self._lines) and self.shows(line.get("mark", ""))
        self._chosen.show_blanks(self._is_asking)

    def _keep_chosen(self) -> None:
        line = self._lines[self._row()]
        for key, box in self._about.items():
            line[key] = box.blank.value()
        self._show_line(self._row())

    def _show_line(self, row: int) -> None:
        line = self._lines[row]
        for column, text in enumerate(self.cells(line)):
            is_mark = column == self.marks_in
            tone = self.tones.get(line.get("mark", ""), t.INK) if is_mark else t.INK
            self._grid.put(row, column, text, tone)

    def _show_count(self) -> None:
        waiting = sum(not line.get("mark") for line in self._lines)
        self._count.setText(f"还有 {waiting} 行没有记" if waiting else self.said())

    def _save(self) -> None:
        if self._kept():
            self.accept()

    def _save_and_go_on(self) -> None:
        if not self._kept():
            return
        following = self.follow()
        if following is None:
            self.accept()
        else:
            self.begin(*following)

    def _kept(self) -> bool:
        for box in self._head.values():
            why = box.blank.fault() or box.field.check(box.blank.value())
            box.blame(why)
            if why:
                self.refuse(f"{why}。")
                box.blank.setFocus()
                return False
        for box in self._about.values():
            if self._is_asking and (why := box.blank.fault()):
                self.refuse(f"{why}。")
                box.blank.setFocus()
                return False
        try:
            self.keep({key: box.blank.value() for key, box in self._head.items()}, self._lines)
        except UserError as error:
            self.refuse(error.what + error.do)
            self._point_at_what_is_missing()
            return False
        return True

    def _point_at_what_is_missing(self) -> None:
        for row, line in enumerate(self._lines):
            asked = self.asks(line.get("mark", "")) if line.get("mark") else ""
            if not line.get("mark") or (asked and not line.get(asked)):
                self._grid.go_to(row)
                (self._about[asked].blank if asked else self._grid).setFocus()
                return


def _in_lines(boxes: Mapping[str, FieldBox]) -> QGridLayout:
    """Set the boxes side by side, four in a line; a wide one takes more places."""
    across = 4
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(t.M)
    grid.setVerticalSpacing(t.XS)
    place = 0
    for box in boxes.values():
        span = min(across, max(1, box.field.width // 30))
        if place % across + span > across:
            place += across - place % across
        line, column = divmod(place, across)
        grid.addWidget(box, line, column, 1, span, Qt.AlignmentFlag.AlignTop)
        place += span
    for column in range(across):
        grid.setColumnStretch(column, 3 if column else 5)  # a day has the longest words
    return grid
