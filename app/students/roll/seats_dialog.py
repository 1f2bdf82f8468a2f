"""座号重排: a class, an order or typed numbers, and the seats given anew."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from app.core.errors import UserError
from app.students.lines import Pupil
from app.students.roll.register import TurnRegister
from app.students.roll.seats import SeatOrder, seat_numbers
from app.ui import theme as t
from app.ui.combo_blanks import QuietCombo
from app.ui.entry import Fault
from app.ui.sheet import Sheet
from app.ui.widgets import button, clear, hbox, label, scroll, vbox

_HEIGHT_PX = 640
_TYPED_PX = 96


class _Way(StrEnum):
    HEIGHT = "按身高，从矮到高（填厘米）"
    TYPED = "自己填座号"


_WAYS = (SeatOrder.PINYIN, SeatOrder.SEX, SeatOrder.BIRTH, _Way.HEIGHT, _Way.TYPED)


class SeatsDialog(Sheet):
    """Shows beside each pupil the old seat and the new one; heights are used and never kept."""

    def __init__(self, parent: QWidget, roll: TurnRegister, class_uid: str) -> None:
        self._roll = roll
        self._rooms = [line for line in roll.students.classes() if line.count]
        self._pupils: Sequence[Pupil] = ()
        self._typed: dict[str, QLineEdit] = {}
        self._class, self._way = QuietCombo(), QuietCombo()
        self._class.addItems([line.name for line in self._rooms])
        self._class.setMinimumContentsLength(12)
        uids = [line.uid for line in self._rooms]
        self._class.setCurrentIndex(uids.index(class_uid) if class_uid in uids else 0)
        self._way.addItems([str(way) for way in _WAYS])
        self._way.setMinimumContentsLength(20)
        words = []
        for word, combo in (("班级", self._class), ("怎样排", self._way)):
            combo.setAccessibleName(word)
            named = label(word)
            named.setBuddy(combo)
            words += [named, combo]
            combo.currentIndexChanged.connect(self._lay)
        self._list = vbox(gap=0)
        self._fault = Fault()
        save = button("保存座号", "primary", press=self._save)
        body = vbox(hbox(*words, None), (scroll(self._list), 1), self._fault, gap=t.S)
        foot = (
            label("身高只用来排队，不保存。", "note"),
            None,
            save,
            button("取消", press=self.reject),
        )
        super().__init__(parent, "座号重排", body, foot, height=_HEIGHT_PX)
        self._lay()
        self._way.setFocus()

    def _lay(self) -> None:
        clear(self._list)
        self._fault.say("")
        self._typed = {}
        room = self._rooms[self._class.currentIndex()]
        self._pupils = self._roll.students.pupils(class_uid=room.uid)
        way = _WAYS[self._way.currentIndex()]
        grid = QGridLayout()
        grid.setHorizontalSpacing(t.XL)
        grid.setVerticalSpacing(t.XS)
        heads = ("姓名", "性别", "原座号", "身高（厘米）" if way is _Way.HEIGHT else "新座号")
        for place, head in enumerate(heads):
            grid.addWidget(label(head, "note"), 0, place)
            grid.setColumnStretch(place, 1)
        for row, (pupil, seat) in enumerate(self._in_order(way), start=1):
            was = str(pupil.seat_no or "")
            for place, text in enumerate((pupil.name, pupil.sex or "", was)):
                grid.addWidget(label(text), row, place)
            new = label(str(seat)) if isinstance(way, SeatOrder) else self._blank(pupil, way)
            grid.addWidget(new, row, len(heads) - 1)
        holder = QWidget()
        holder.setLayout(hbox((grid, 1), edge=(0, 0, t.M, 0)))
        self._list.addWidget(holder)
        self._list.addStretch(1)

    def _in_order(self, way: SeatOrder | _Way) -> list[tuple[Pupil, int | None]]:
        if isinstance(way, _Way):
            return [(pupil, pupil.seat_no) for pupil in self._pupils]
        pairs = zip(self._pupils, seat_numbers(self._pupils, way), strict=True)
        return sorted(pairs, key=lambda pair: pair[1] or 0)

    def _blank(self, pupil: Pupil, way: _Way) -> QLineEdit:
        blank = QLineEdit(str(pupil.seat_no or "") if way is _Way.TYPED else "")
        blank.setValidator(QIntValidator(1, 999, blank))
        blank.setFixedWidth(_TYPED_PX)
        word = "新座号" if way is _Way.TYPED else "身高"
        blank.setAccessibleName(f"{pupil.name}的{word}")
        self._typed[pupil.uid] = blank
        return blank

    def _seats(self) -> dict[str, int | None]:
        way = _WAYS[self._way.currentIndex()]
        if isinstance(way, SeatOrder):
            return {pupil.uid: seat for pupil, seat in self._in_order(way)}
        said = {uid: int(blank.text() or 0) for uid, blank in self._typed.items()}
        if way is _Way.TYPED:
            return {uid: number or None for uid, number in said.items()}
        if missing := [p.name for p in self._pupils if not said[p.uid]]:
            raise UserError(
                f"还有{len(missing)}人没有填身高：{'、'.join(missing[:3])}。", do="填好再保存。"
            )
        ordered = sorted(self._pupils, key=lambda p: said[p.uid])
        return {pupil.uid: seat for seat, pupil in enumerate(ordered, start=1)}

    def _save(self) -> None:
        room = self._rooms[self._class.currentIndex()]
        try:
            self._roll.seat(room.uid, self._seats())
        except UserError as error:
            self._fault.say(error)
        else:
            self.accept()
