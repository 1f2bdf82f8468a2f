"""The dialog that types the ways of one class: keys only, in the order of the seats."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from app.core.errors import UserError
from app.core.forms import Field
from app.students.travel.lines import SAID
from app.students.travel.register import TravelRegister
from app.students.travel.rules import (
    DANGERS,
    ESCORT_KEYS,
    KEYS,
    Flag,
    Mode,
    Way,
    age_on,
    flags,
)
from app.ui import theme as t
from app.ui.asking import ask
from app.ui.blanks import make_blank
from app.ui.fields import FieldBox
from app.ui.key_grid import KeyGrid
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, retone, vbox

_HEIGHT_PX, _WIDTH_PX = 680, 1080
_BACK = "/"
_TITLES = (
    *(("座号", 3.2), ("姓名", 5.0), ("年龄", 3.2), ("上学", 9.4), ("放学", 9.4), ("接送", 3.4)),
    *(("登记", 5.2), ("提示", 0.0)),
)
_TO, _FROM, _ESCORT, _SOURCE, _FLAGS = range(3, 8)
_MORE = (
    Field("plate", "车牌（接送面包车）"),
    Field("km", "里程（公里）", "number", min=0),
    Field("dangers", "途中险点", "many", choices=DANGERS),
)
_HINT = (
    "方式：{modes}。\n接送人先按字母：{escorts}；再按方式，到下一名。"
    "放学不一样，先按 / 再按方式。回车照现有的确认。"
)


class ClassDialog(Sheet):
    """The ways of one class; what is carried over waits for Enter."""

    def __init__(self, parent: QWidget, register: TravelRegister, class_uid: str) -> None:
        self._register = register
        self._lines = register.lines(class_uid)
        self._ways: dict[str, Way] = {x.pupil.uid: x.way for x in self._lines if x.way}
        self._said: set[str] = {x.pupil.uid for x in self._lines if x.is_said}
        self._changed: set[str] = set()
        self._is_back = False
        today = register.today()
        rows = [
            (
                str(x.pupil.seat_no or ""),
                x.pupil.name,
                str(age_on(x.pupil.born_on, today)) if x.pupil.born_on else "",
                *("",) * 5,
            )
            for x in self._lines
        ]
        self._grid = KeyGrid("上下学方式", _TITLES, rows, {*KEYS, *ESCORT_KEYS, _BACK})
        self._boxes = {field.key: FieldBox(field, make_blank(field)) for field in _MORE}
        self._count = label("", "note")
        self._hint = label("", "note", "soon", wrap=True)
        self._message = label("", tone="late", wrap=True)
        self._message.setObjectName("message")
        self._message.hide()
        self._save_button = button("保存", "primary", press=self._save)
        self._all = button("其余照现有的确认", press=self._confirm_rest)
        body = vbox(
            label(_keys(), "note", wrap=True),
            (self._grid, 1),
            self._more_blanks(),
            hbox((self._hint, 1)),
            self._message,
        )
        foot = (self._count, None, self._save_button, self._all, button("取消", press=self.reject))
        name = self._lines[0].pupil.class_name if self._lines else ""
        title = f"上下学方式：{name}　{register.term().name}"
        super().__init__(parent, title, body, foot, width=_WIDTH_PX, height=_HEIGHT_PX)
        for row in range(len(self._lines)):
            self._show_line(row)
        self._connect()

    def go_to(self, student_uid: str) -> None:
        """Begin at this pupil, else at the first who is not yet said."""
        uids = [line.pupil.uid for line in self._lines]
        first = next((n for n, uid in enumerate(uids) if uid not in self._said), 0)
        self._grid.go_to(uids.index(student_uid) if student_uid in uids else first)
        self._grid.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter in a blank below go back to the grid, and on to the next pupil."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._is_below():
            self._grid.setFocus()
            self._press("")
            return
        super().keyPressEvent(event)

    def reject(self) -> None:
        """Close without saving; ask first if that would lose what was said."""
        if not self._changed:
            super().reject()
            return
        ask(
            self,
            "登记的上下学方式还没有保存，要放弃吗？",
            yes="放弃",
            no="继续登记",
            then=lambda: QDialog.reject(self),  # a bound super() comes back here
        )

    def _connect(self) -> None:
        self._grid.pressed.connect(self._press)
        self._grid.currentCellChanged.connect(lambda *_: self._show_more())
        for box in self._boxes.values():
            box.blank.edited.connect(self._keep_more)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self._save)

    def _is_below(self) -> bool:
        at = self.focusWidget()
        blanks = [box.blank for box in self._boxes.values()]
        return any(blank is at or (at is not None and blank.isAncestorOf(at)) for blank in blanks)

    def _uid(self) -> str:
        return self._lines[max(0, self._grid.currentRow())].pupil.uid

    def _press(self, key: str) -> None:
        if not self._lines:
            return
        uid = self._uid()
        way = self._ways.get(uid)
        if key == _BACK:
            self._is_back = True
            self._hint.setText("放学方式：请按方式的数字或字母。")
            return
        if key in ESCORT_KEYS:
            self._put(uid, (way or Way("", ""))._replace(escort=str(ESCORT_KEYS[key])), said=False)
            return
        if key and self._is_back:
            mode = str(KEYS[key])
            there = way if way and way.to_mode else Way(mode, mode)
            self._put(uid, there._replace(from_mode=mode))
        elif key:
            mode = str(KEYS[key])
            self._put(uid, (way or Way(mode, mode))._replace(to_mode=mode, from_mode=mode))
        elif way and way.to_mode:
            self._put(uid, way)
        self._is_back = False
        if key and KEYS[key] is Mode.VAN:
            self._boxes["plate"].blank.setFocus()
        elif not self._grid.go_on():
            self._save_button.setFocus()

    def _put(self, uid: str, way: Way, *, said: bool = True) -> None:
        self._ways[uid] = way
        self._changed.add(uid)
        if said or way.to_mode:
            self._said.add(uid)
        self._show_line(self._grid.currentRow())
        self._show_more()

    def _keep_more(self) -> None:
        way = self._ways.get(self._uid())
        if way is None:
            return
        said = {key: box.blank.value() for key, box in self._boxes.items()}
        km = said["km"] if isinstance(said["km"], Decimal) else None
        new = way._replace(plate=said["plate"] or "", km=km, dangers=tuple(said["dangers"] or ()))
        if new != way:
            self._ways[self._uid()] = new
            self._changed.add(self._uid())
            self._said.add(self._uid())
            self._show_line(self._grid.currentRow())

    def _show_more(self) -> None:
        """Show what else is known of the chosen pupil, and what the law says of the way."""
        way = self._ways.get(self._uid()) or Way("", "")
        for key, value in (("plate", way.plate or None), ("km", way.km), ("dangers", way.dangers)):
            blank = self._boxes[key].blank
            blank.blockSignals(True)
            blank.put(value)
            blank.blockSignals(False)
        found = self._flags_of(max(0, self._grid.currentRow()))
        retone(self._hint, tone="late" if any(one.is_law for one in found) else "soon")
        self._hint.setText(
            "；".join(f"{one.what}（{one.basis}）" if one.basis else one.what for one in found)
        )

    def _flags_of(self, row: int) -> list[Flag]:
        pupil = self._lines[row].pupil
        way = self._ways.get(pupil.uid)
        if way is None or not way.to_mode:
            return []
        return flags(way, pupil.born_on, self._register.today())

    def _show_line(self, row: int) -> None:
        line = self._lines[row]
        uid, way = line.pupil.uid, self._ways.get(line.pupil.uid)
        is_said = uid in self._said
        tone = t.INK if is_said else t.SOFT
        for column, text in (
            (_TO, way.to_mode if way else ""),
            (_FROM, way.from_mode if way else ""),
            (_ESCORT, way.escort if way else ""),
        ):
            self._grid.put(row, column, text, tone)
        carried = f"{line.source}" if way and way.to_mode and line.source != SAID else ""
        self._grid.put(
            row, _SOURCE, "已登记" if is_said else carried, t.DONE if is_said else t.SOON
        )
        found = self._flags_of(row)
        is_law = any(one.is_law for one in found)
        self._grid.put(
            row, _FLAGS, "；".join(one.what for one in found), t.LATE if is_law else t.SOON
        )
        self._count.setText(f"已登记 {len(self._said)}/{len(self._lines)} 人")
        rest = sum(one not in self._said and bool(w.to_mode) for one, w in self._ways.items())
        self._all.setVisible(rest > 0)

    def _confirm_rest(self) -> None:
        """Take what is carried over of all others as it stands, and save."""
        rest = {uid for uid, way in self._ways.items() if uid not in self._said and way.to_mode}
        self._changed |= rest
        self._said |= rest
        self._save()

    def _save(self) -> None:
        for box in self._boxes.values():
            if why := box.blank.fault() or box.field.check(box.blank.value()):
                box.blame(why)
                self._say(f"{why}。")
                return
        ways = {uid: self._ways[uid] for uid in self._changed if self._ways[uid].to_mode}
        try:
            self._register.say(ways)
        except UserError as error:
            self._say(error.what + error.do)
            return
        self.accept()

    def _more_blanks(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(t.M)
        for column, (box, share) in enumerate(zip(self._boxes.values(), (2, 2, 5), strict=True)):
            grid.addWidget(box, 0, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, share)
        return grid

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.show()
        QTimer.singleShot(0, self, self.fit)


def open_class(
    parent: QWidget, register: TravelRegister, class_uid: str, student_uid: str = ""
) -> ClassDialog:
    """Open the grid of a class, at one pupil or at the first who is not yet said."""
    dialog = ClassDialog(parent, register, class_uid)
    dialog.open()
    dialog.go_to(student_uid)
    return dialog


def _keys() -> str:
    def said(keys: Mapping[str, Any]) -> str:
        # a key that does not break from its word
        return "　".join(f"{key}\u00a0{word}" for key, word in keys.items())

    return _HINT.format(modes=said(KEYS), escorts=said(ESCORT_KEYS))
