"""The dialog that types a walked checklist back: keys only, in the order of the sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QLineEdit, QWidget

from app.core.errors import UserError
from app.core.forms import Field
from app.core.pinyin import search_text
from app.hazards.checks.points_pane import FaultLine
from app.hazards.checks.register import CheckRegister
from app.hazards.checks.rules import MARKS, WEATHERS, Fault, Kind, Mark
from app.hazards.checks.walks import Walk, headed
from app.hazards.marks_pane import MarkLine, MarkTable
from app.ui import theme as t
from app.ui.asking import ask
from app.ui.blanks import Offer, Offers, Sources, make_blank
from app.ui.editor import FieldBox
from app.ui.kept_room import KeptRoom
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox

_LAST = "checks/last"  # what is remembered from one check to the next
_HEIGHT_PX = 660
_SMALL_EM = 16  # up to this size of letters the usual width holds three blanks in a line
_WIDE_PX = 940
_SHARES = (10, 7, 8)  # of a line of the head; a day says its weekday too
_TONES: Mapping[str, str] = {Mark.FINE: t.DONE, Mark.FAULT: t.LATE, Mark.NOT_HERE: t.SOFT}
_KEYS = "√ 按回车或 1　　× 按 2 或 x　　/ 按 3　　退回上一条按 ↑ 或退格"


class WalkDialog(Sheet):
    """A sheet to be filled in; ``entered`` hears the uid of the check once it is saved."""

    def __init__(
        self,
        parent: QWidget,
        register: CheckRegister,
        walk: Walk,
        sources: Sources,
        entered: Callable[[str], object],
    ) -> None:
        self._register, self._walk, self._entered = register, walk, entered
        self._marks: dict[str, Mark] = {}
        self._faults: dict[str, Fault] = {}
        self._head = _head(sources, _campaigns(register))
        self._points = _table(walk)
        self._fault = FaultLine(sources, register.hazards.grades.scheme().words)
        self._kept = KeptRoom(self._fault, "打 × 以后，在这里写是什么问题。")
        self._count = label("", "note")
        self._message = label("", tone="late", wrap=True)
        self._message.setObjectName("message")
        self._message.hide()
        self._save_button = button("保存", "primary", press=self._save)
        body = vbox(
            _in_a_line(self._head),
            label("　".join(filter(None, (_KEYS, walk.note))), "note", wrap=True),
            (self._points, 1),
            self._kept,
            self._message,
        )
        foot = (self._count, None, self._save_button, button("取消", press=self.reject))
        super().__init__(
            parent, f"录入检查：{walk.title}", body, foot, width=_width(), height=_HEIGHT_PX
        )
        self._fill()
        self._connect()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on from blank to blank, and from the last one to the points."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        at = self.focusWidget()
        head = [box.blank for box in self._head.values()]
        fault, photos = self._fault.blanks(), [self._fault.photos]
        after = (self._to_points, self._past_fault, self._past_fault)
        for chain, then in zip((head, fault, photos), after, strict=True):
            for number, blank in enumerate(chain):
                if blank is at or (at is not None and blank.isAncestorOf(at)):
                    _enter(chain[number + 1]) if chain[number + 1 :] else then()
                    return

    def reject(self) -> None:
        """Close without saving; ask first if that would lose what was typed."""
        if not self._marks:
            super().reject()
            return
        ask(
            self,
            "这张检查表还没有保存，要放弃吗？",
            yes="放弃",
            no="继续填写",
            then=lambda: QDialog.reject(self),  # a bound super() comes back here
        )

    def _connect(self) -> None:
        self._points.pressed_mark.connect(self._mark)
        self._points.currentCellChanged.connect(lambda *_: self._show_fault())
        self._fault.edited.connect(self._keep_fault)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self._save)

    def _fill(self) -> None:
        last = self._register.store.recall(_LAST) or {}
        kept = {key: last.get(key) for key in ("leader", "inspectors")}
        kept["inspectors"] = kept["inspectors"] or [self._register.store.sitter.name]
        values = {"on": self._register.today(), "kind": self._walk.kind} | kept
        for key, box in self._head.items():
            box.blank.put(values.get(key))
        usual = self._register.hazards.grades.scheme().usual
        self._usual = Fault(grade=usual, owner=last.get("owner"))
        self._usual_at: dict[str, str | None] = {}  # the place said last, by checklist
        self._points.go_to(0)
        self._show_fault()
        _enter(self._head["on"].blank)

    def _key(self) -> str:
        return self._walk.keys[max(0, self._points.currentRow())]

    def _mark(self, word: str) -> None:
        """Mark the chosen point; Enter marks √ what has no mark yet, and else only goes on."""
        key = self._key()
        mark = Mark(word) if word else self._marks.get(key, Mark.FINE)
        if mark is Mark.FAULT:
            self._faults.setdefault(key, {**self._usual, "place": self._place(key), "what": ""})
        else:
            self._faults.pop(key, None)
        self._marks[key] = mark
        self._show_point()
        self._show_fault()
        if word == Mark.FAULT:
            _enter(self._fault.blanks()[0])
        else:
            self._to_next()

    def _place(self, key: str) -> str:
        """Return the place to offer for a fault: the last one of its checklist, else its area."""
        said = self._usual_at.get(self._walk.list_of(key).id)
        return said or self._walk.area_of(key) or ""

    def _to_points(self) -> None:
        self._points.setFocus()
        waiting = (n for n, key in enumerate(self._walk.keys) if key not in self._marks)
        self._points.go_to(next(waiting, 0))

    def _to_next(self) -> None:
        if self._points.currentRow() + 1 < self._points.rowCount():
            self._points.setFocus()
            self._points.go_to(self._points.currentRow() + 1)
        elif len(self._marks) < self._points.rowCount():
            self._to_points()
        else:
            self._save_button.setFocus()

    def _past_fault(self) -> None:
        if wrong := self._fault.blame():
            _enter(self._fault.boxes[wrong].blank)
            return
        self._usual = {**self._faults[self._key()], "photos": None}
        self._usual_at[self._walk.list_of(self._key()).id] = self._usual.get("place")
        self._to_next()

    def _keep_fault(self) -> None:
        if self._marks.get(self._key()) is Mark.FAULT:
            self._faults[self._key()] = self._fault.value()
            self._show_point()

    def _show_point(self) -> None:
        key = self._key()
        words = (self._faults.get(key) or {}).get("what") or ""
        self._points.put(self._walk.keys.index(key), self._marks.get(key), words)
        faults = list(self._marks.values()).count(Mark.FAULT)
        said = f"已填 {len(self._marks)}/{self._points.rowCount()} 条"
        self._count.setText(f"{said}，问题 {faults} 条" if faults else said)

    def _show_fault(self) -> None:
        fault = self._faults.get(self._key())
        self._fault.blockSignals(True)
        self._fault.put(fault or Fault())
        self._fault.blockSignals(False)
        self._kept.show_blanks(fault is not None)

    def _save(self) -> None:
        for box in self._head.values():
            why = box.blank.fault() or box.field.check(box.blank.value())
            box.blame(why)
            if why:
                self._say(f"{why}。")
                _enter(box.blank)
                return
        said = {key: box.blank.value() for key, box in self._head.items()}
        self._fault.hand_over(self._faults.values())
        try:
            entered = self._register.enter(
                self._walk.id,
                checked_on=said["on"],
                kind=said["kind"],
                leader=said["leader"],
                inspectors="、".join(said["inspectors"]),
                results=self._marks,
                faults=self._faults,
                weather=said["weather"],
                campaign=said.get("campaign"),
            )
        except UserError as error:
            self._say(error.what + error.do)
            self._point_at_what_is_missing()
            return
        kept = {key: said[key] for key in ("leader", "inspectors")}
        self._register.store.remember(_LAST, kept | {"owner": self._usual.get("owner")})
        self._entered(entered.check.uid)
        self.accept()

    def _point_at_what_is_missing(self) -> None:
        """Go to the first point without a mark, or whose fault says too little."""
        for row, key in enumerate(self._walk.keys):
            fault = self._faults.get(key)
            if key not in self._marks:
                self._points.setFocus()
                self._points.go_to(row)
                return
            if fault and not (fault.get("what") and fault.get("place")):
                self._points.go_to(row)
                _enter(self._fault.boxes[self._fault.blame() or "what"].blank)
                return

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.show()
        QTimer.singleShot(0, self, self.fit)


def open_walk(
    parent: QWidget,
    register: CheckRegister,
    walk: Walk,
    sources: Sources,
    entered: Callable[[str], object],
) -> WalkDialog:
    """Open a sheet, of one checklist or several, to be typed back."""
    dialog = WalkDialog(parent, register, walk, sources, entered)
    dialog.open()
    return dialog


def _table(walk: Walk) -> MarkTable:
    lines = [
        MarkLine(str(number), headed(walk.heading(point.key), point.text), point.clause)
        for number, point in enumerate(walk.points, start=1)
    ]
    titles = ("序号", "检查要点", "结果", "问题")
    return MarkTable(lines, titles=titles, keys=MARKS, tones=_TONES)


def _campaigns(register: CheckRegister) -> list[Offer]:
    running = register.hazards.campaigns.running()
    return [Offer(one.name, one.uid, search_text(one.name)) for one in running]


def _head(sources: Sources, campaigns: list[Offer]) -> dict[str, FieldBox]:
    """Return the blanks above the points; a campaign is asked for while one runs."""
    fields = [
        Field("on", "检查日期", "date", required=True),
        Field("kind", "检查类型", "choice", required=True, choices=tuple(Kind)),
        Field("leader", "带队领导", "person", required=True),
        Field("inspectors", "检查人员", "people", required=True),
        Field("weather", "天气"),
    ]
    if campaigns:
        fields.append(Field("campaign", "专项行动", "choice"))
    lists: dict[str, Offers] = {"weather": lambda: WEATHERS, "campaign": lambda: campaigns}
    wider = replace(sources, lists={**sources.lists, **lists})
    return {field.key: FieldBox(field, make_blank(field, wider)) for field in fields}


def _width() -> int:
    return t.DIALOG_PX if t.em() <= _SMALL_EM else _WIDE_PX


def _in_a_line(boxes: dict[str, FieldBox]) -> QGridLayout:
    """Set the boxes side by side, three in a line."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(t.M)
    grid.setVerticalSpacing(t.XS)
    for number, box in enumerate(boxes.values()):
        line, column = divmod(number, len(_SHARES))
        grid.addWidget(box, line, column, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(column, _SHARES[column])
    return grid


def _enter(blank: Any) -> None:
    """Put the cursor in a blank, what stands there ready to be typed over."""
    blank.setFocus()
    line = blank if isinstance(blank, QLineEdit) else blank.lineEdit()
    line.selectAll()
