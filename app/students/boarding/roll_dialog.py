"""The dialog of a roll: keys only, in the order of the printed sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from app.core.errors import UserError
from app.students.boarding.roll_head_pane import absence_boxes, head_boxes, in_a_line
from app.students.boarding.roll_lines import Unit
from app.students.boarding.rolls import RollRegister
from app.students.boarding.rules import MARKS, UNKNOWN, Absence, Mark, count
from app.ui import theme as t
from app.ui.asking import ask
from app.ui.kept_room import KeptRoom
from app.ui.key_grid import KeyGrid
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, vbox

_LAST = "rolls/last"  # who called and who led, from one roll to the next
_HEIGHT_PX, _WIDTH_PX = 660, 880
_KEYS = "到 按回车或 1　　请假 按 2　　缺 按 3 或 x　　退回上一行按 ↑ 或退格"
_TONES = {Mark.HERE: t.DONE, Mark.LEAVE: t.SOON, Mark.MISSING: t.LATE}
_MARK, _WHERE = 3, 4


class RollDialog(Sheet):
    """A roll to be filled in, or to be put right."""

    def __init__(
        self,
        parent: QWidget,
        register: RollRegister,
        unit: Unit,
        people: Sequence[str],
        save: Callable[..., object],
        *,
        evening: date,
        marks: Mapping[str, Mark],
        absences: Mapping[str, Absence],
        head: Mapping[str, Any],
    ) -> None:
        self._register, self._unit, self._keep = register, unit, save
        self._marks: dict[str, Mark] = dict(marks)
        self._absences: dict[str, Absence] = dict(absences)
        self._before = (dict(marks), dict(absences))
        self._uids = [one.pupil.uid for one in unit.sleepers]
        self._head = head_boxes(people)
        self._absence = absence_boxes()
        self._grid = KeyGrid("住校生", _TITLES, [_cells(one) for one in unit.sleepers], MARKS)
        self._count = label("", "note")
        self._message = label("", tone="late", wrap=True)
        self._message.setObjectName("message")
        self._message.hide()
        self._unknown = button(f"没有写的都记“{UNKNOWN}”", "link", press=self._say_unknown)
        self._unknown.hide()
        self._save_button = button("保存", "primary", press=self._save)
        said = "记“缺”以后，在这里写学生在哪里、监护人知不知道。"
        self._missing = KeptRoom(in_a_line(self._absence), said)
        elsewhere = unit.said_elsewhere()
        body = vbox(
            in_a_line(self._head),
            label(_KEYS, "note", wrap=True),
            *([label(f"{elsewhere}。", "note", "soon", wrap=True)] if elsewhere else []),
            (self._grid, 1),
            self._missing,
            hbox((self._message, 1), self._unknown),
        )
        foot = (self._count, None, self._save_button, button("取消", press=self.reject))
        title = f"晚点名：{unit.name}　{evening.month}月{evening.day}日"
        super().__init__(parent, title, body, foot, width=_WIDTH_PX, height=_HEIGHT_PX)
        for key, value in head.items():
            self._head[key].blank.put(value)
        for row in range(len(self._uids)):
            self._show_line(row)
        self._connect()
        first = next((n for n, uid in enumerate(self._uids) if uid not in self._marks), 0)
        self._grid.go_to(first)
        self._grid.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on from blank to blank, and from the last one to the grid."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        at = self.focusWidget()
        for boxes, then in ((self._head, self._grid.setFocus), (self._absence, self._past)):
            chain = [box.blank for box in boxes.values()]
            for number, blank in enumerate(chain):
                if blank is at or (at is not None and blank.isAncestorOf(at)):
                    chain[number + 1].setFocus() if chain[number + 1 :] else then()
                    return

    def reject(self) -> None:
        """Close without saving; ask first if that would lose what was marked."""
        if (self._marks, self._absences) == self._before:
            super().reject()
            return
        ask(
            self,
            "这次点名还没有保存，要放弃吗？",
            yes="放弃",
            no="继续点名",
            then=lambda: QDialog.reject(self),  # a bound super() comes back here
        )

    def _connect(self) -> None:
        self._grid.pressed.connect(self._press)
        self._grid.currentCellChanged.connect(lambda *_: self._show_absence())
        for box in self._absence.values():
            box.blank.edited.connect(self._keep_absence)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self._save)
        self._show_absence()

    def _uid(self) -> str:
        return self._uids[max(0, self._grid.currentRow())]

    def _press(self, key: str) -> None:
        """Mark the chosen line; Enter marks 到 who has no mark yet, and else only goes on."""
        uid = self._uid()
        mark = MARKS[key] if key else self._marks.get(uid, Mark.HERE)
        if mark is not self._marks.get(uid):
            self._absences.pop(uid, None)
        self._marks[uid] = mark
        self._show_line(self._grid.currentRow())
        self._show_absence()
        if mark is Mark.MISSING and key:
            self._absence["whereabouts"].blank.setFocus()
        else:
            self._go_on()

    def _past(self) -> None:
        self._grid.setFocus()
        self._go_on()

    def _go_on(self) -> None:
        if not self._grid.go_on():
            waiting = (n for n, uid in enumerate(self._uids) if uid not in self._marks)
            if (row := next(waiting, None)) is None:
                self._save_button.setFocus()
            else:
                self._grid.go_to(row)

    def _show_absence(self) -> None:
        """Show the blanks of the chosen pupil, who is missing; else none."""
        said = self._absences.get(self._uid(), Absence())
        for key, value in (("whereabouts", said.whereabouts or None), ("told", said.told)):
            blank = self._absence[key].blank
            blank.blockSignals(True)
            blank.put(value)
            blank.blockSignals(False)
        self._missing.show_blanks(self._marks.get(self._uid()) is Mark.MISSING)

    def _keep_absence(self) -> None:
        if self._marks.get(self._uid()) is Mark.MISSING:
            where, told = (self._absence[key].blank.value() for key in ("whereabouts", "told"))
            self._absences[self._uid()] = Absence(where or "", told)
            self._show_line(self._grid.currentRow())

    def _show_line(self, row: int) -> None:
        uid = self._uids[row]
        mark, said = self._marks.get(uid), self._absences.get(uid, Absence())
        self._grid.put(row, _MARK, str(mark or ""), _TONES[mark] if mark else t.INK)
        told = {True: "，监护人知道了", False: "，还没有告诉监护人", None: ""}[said.told]
        words = f"{said.whereabouts}{told}" if mark is Mark.MISSING else ""
        self._grid.put(row, _WHERE, words or self._unit.sleepers[row].note, t.SOFT)
        counts = count(self._uids, self._marks)
        waiting = sum(one not in self._marks for one in self._uids)
        self._count.setText(counts.said() if not waiting else f"还有 {waiting} 人没有点到")

    def _say_unknown(self) -> None:
        """Say of every missing pupil of whom nothing is written that nobody was reached."""
        for row, uid in enumerate(self._uids):
            if self._marks.get(uid) is Mark.MISSING:
                said = self._absences.get(uid, Absence())
                self._absences[uid] = Absence(said.whereabouts or UNKNOWN, bool(said.told))
                self._show_line(row)
        self._show_absence()
        self._unknown.hide()
        self._save()

    def _save(self) -> None:
        for box in self._head.values():
            why = box.blank.fault() or box.field.check(box.blank.value())
            box.blame(why)
            if why:
                self._say(f"{why}。")
                box.blank.setFocus()
                return
        said = {key: box.blank.value() for key, box in self._head.items()}
        heads: Decimal | None = said.pop("counted")
        try:
            self._keep(
                **said,
                counted=None if heads is None else int(heads),
                marks=self._marks,
                absences=self._absences,
            )
        except UserError as error:
            self._say(error.what + error.do)
            self._point_at_what_is_missing()
            return
        kept = {key: said[key] for key in ("called_by", "leader")}
        self._register.store.remember(_LAST, kept)
        self.accept()

    def _point_at_what_is_missing(self) -> None:
        for row, uid in enumerate(self._uids):
            said = self._absences.get(uid, Absence())
            unsaid = not said.whereabouts or said.told is None
            if uid not in self._marks or (self._marks[uid] is Mark.MISSING and unsaid):
                self._grid.go_to(row)
                self._unknown.setVisible(uid in self._marks)
                blank = self._absence["told" if said.whereabouts else "whereabouts"].blank
                (blank if uid in self._marks else self._grid).setFocus()
                return

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.show()
        QTimer.singleShot(0, self, self.fit)


def open_roll(
    parent: QWidget,
    register: RollRegister,
    unit: Unit,
    people: Sequence[str],
    then: Callable[[str], object],
    evening: date,
) -> RollDialog:
    """Enter the roll of an evening; who is on leave is marked so already."""

    def save(**said: Any) -> None:
        then(register.enter(unit, evening=evening, **said).uid)

    now = register.now().replace(second=0, microsecond=0)
    last = register.store.recall(_LAST) or {}
    at = now.time() if now.date() == evening else None
    dialog = RollDialog(
        parent,
        register,
        unit,
        people,
        save,
        evening=evening,
        marks={one.pupil.uid: one.mark for one in unit.sleepers if one.mark},
        absences={},
        head={key: last.get(key) for key in ("called_by", "leader")} | {"called_at": at},
    )
    dialog.open()
    return dialog


def open_again(
    parent: QWidget, register: RollRegister, people: Sequence[str], uid: str
) -> RollDialog:
    """Put a roll right, or write down where a missing pupil turned out to be."""
    call, unit, marks, absences = register.again(uid)

    def save(**said: Any) -> None:
        register.correct(uid, seen=call.rev, **said)

    dialog = RollDialog(
        parent,
        register,
        unit,
        people,
        save,
        evening=call.evening,
        marks=marks,
        absences=absences,
        head={
            "called_by": call.called_by,
            "leader": call.leader,
            "called_at": call.called_at,
            "handling": call.handling,
        },
    )
    missing = (n for n, one in enumerate(unit.sleepers) if marks[one.pupil.uid] is Mark.MISSING)
    dialog._grid.go_to(next(missing, 0))
    dialog.open()
    return dialog


_TITLES = (("室床", 5.5), ("姓名", 5), ("班级", 6.5), ("记号", 3.8), ("去向和说明", 0.0))


def _cells(one: Any) -> tuple[str, ...]:
    door = "－".join(filter(None, (one.place.room, one.place.bed)))
    return (door, one.pupil.name, one.pupil.class_name, "", one.note)
