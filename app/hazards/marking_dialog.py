"""The dialog that goes down a list and marks each line with a key, saved in one change."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from app.core.errors import UserError
from app.core.forms import Field
from app.hazards.marks_pane import MarkLine, MarkTable
from app.ui import theme as t
from app.ui.asking import ask
from app.ui.blanks import Sources, make_blank
from app.ui.chain import enter, go_on, place_of
from app.ui.editor import FieldBox
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, vbox

_HEIGHT_PX = 600


class Said(NamedTuple):
    """What was filled in: the head by key, and the marks and notes of the lines by theirs."""

    head: dict[str, Any]
    marks: dict[str, str]
    notes: dict[str, str]


class Marking(NamedTuple):
    """What a marking dialog asks: the head, the lines by key, and what the two marks mean.

    ``fine`` and ``bad`` are the marks; keys 1 and Enter give the first, 2 and x the second.
    """

    title: str
    head: Sequence[Field]
    lines: Mapping[str, MarkLine]
    titles: tuple[str, str, str, str]
    fine: str
    bad: str
    note: str
    hint: str


class MarkingDialog(Sheet):
    """A list to be marked by keys; lines may be left open, ``save`` may refuse with a UserError."""

    def __init__(
        self,
        parent: QWidget,
        marking: Marking,
        *,
        values: Mapping[str, Any],
        sources: Sources,
        save: Callable[[Said], object],
    ) -> None:
        self._marking, self._save_it = marking, save
        self._keys = list(marking.lines)
        self._marks: dict[str, str] = {}
        self._notes: dict[str, str] = {}
        self._head = {f.key: FieldBox(f, make_blank(f, sources)) for f in marking.head}
        self._table = MarkTable(
            list(marking.lines.values()),
            titles=marking.titles,
            keys=_keys(marking.fine, marking.bad),
            tones={marking.fine: t.DONE, marking.bad: t.LATE},
        )
        note = Field("note", marking.note)
        self._note = FieldBox(note, make_blank(note, sources))
        self._count = label("", "note")
        self._message = label("", tone="late", wrap=True)
        self._message.setObjectName("message")
        self._message.hide()
        self._save_button = button("保存", "primary", press=self._save)
        body = vbox(
            hbox(*((box, 1) for box in self._head.values()), gap=t.M),
            label(marking.hint, "note", wrap=True),
            (self._table, 1),
            self._note,
            self._message,
        )
        foot = (self._count, None, self._save_button, button("取消", press=self.reject))
        super().__init__(parent, marking.title, body, foot, height=_HEIGHT_PX)
        for key, box in self._head.items():
            box.blank.put(values.get(key))
        self._table.pressed_mark.connect(self._mark)
        self._table.currentCellChanged.connect(lambda *_: self._show_note())
        self._note.blank.edited.connect(self._keep_note)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self._save)
        self._table.go_to(0)
        self._show_note()
        self._say_count()
        enter(next(iter(self._head.values())).blank)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on from blank to blank, into the list, and from a note to the next line."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        at = self.focusWidget()
        head = [box.blank for box in self._head.values()]
        if place_of([self._note.blank], at) is not None:
            self._to_next()
        elif place_of(head, at) is not None and not go_on(head, at):
            self._table.setFocus()

    def reject(self) -> None:
        """Close without saving; ask first if that would lose what was marked."""
        if not self._marks:
            super().reject()
            return
        ask(
            self,
            "这些结果还没有保存，要放弃吗？",
            yes="放弃",
            no="继续填写",
            then=lambda: QDialog.reject(self),  # a bound super() comes back here
        )

    def _key(self) -> str:
        return self._keys[max(0, self._table.currentRow())]

    def _mark(self, word: str) -> None:
        """Mark the chosen line; Enter marks what has no mark as fine, and else only goes on."""
        key = self._key()
        mark = word or self._marks.get(key, self._marking.fine)
        self._marks[key] = mark
        self._show_line()
        if word == self._marking.bad:
            enter(self._note.blank)
        else:
            self._to_next()

    def _to_next(self) -> None:
        if self._table.currentRow() + 1 < self._table.rowCount():
            self._table.setFocus()
            self._table.go_to(self._table.currentRow() + 1)
        else:
            self._save_button.setFocus()

    def _keep_note(self) -> None:
        self._notes[self._key()] = (self._note.blank.value() or "").strip()
        self._show_line()

    def _show_line(self) -> None:
        key = self._key()
        self._table.put(self._keys.index(key), self._marks.get(key), self._notes.get(key, ""))
        self._say_count()

    def _show_note(self) -> None:
        self._note.blank.blockSignals(True)
        self._note.blank.put(self._notes.get(self._key()))
        self._note.blank.blockSignals(False)

    def _say_count(self) -> None:
        bad = list(self._marks.values()).count(self._marking.bad)
        said = f"已填 {len(self._marks)}/{len(self._keys)} 条"
        self._count.setText(f"{said}，{self._marking.bad} {bad} 条" if bad else said)

    def _save(self) -> None:
        for box in self._head.values():
            why = box.blank.fault() or box.field.check(box.blank.value())
            box.blame(why)
            if why:
                self._say(f"{why}。")
                enter(box.blank)
                return
        if idle := [key for key, words in self._notes.items() if words and key not in self._marks]:
            self._table.go_to(self._keys.index(idle[0]))
            self._say("写了情况的这一条还没有结果，请先按键选结果。")
            self._table.setFocus()
            return
        head = {key: _plain(box.blank.value()) for key, box in self._head.items()}
        try:
            self._save_it(Said(head, dict(self._marks), dict(self._notes)))
        except UserError as error:
            self._say(error.what + error.do)
            return
        self.accept()

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.show()
        QTimer.singleShot(0, self, self.fit)


def _keys(fine: str, bad: str) -> dict[str, str]:
    return dict.fromkeys("1√", fine) | dict.fromkeys("2xX×", bad)


def _plain(value: Any) -> Any:
    return "、".join(value) if isinstance(value, list) else value
