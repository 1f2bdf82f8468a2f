"""The dialog that types a count card back: the digits and Enter alone, class by class."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QWidget

from app.core.errors import UserError
from app.core.forms import Field
from app.core.pinyin import search_text
from app.drills.doing.register import DoingRegister
from app.drills.doing.rows_pane import Cell, CountBlank, RowsBlank, SecondsBlank
from app.drills.doing.rules import Count, Node, is_late_entry, said, total
from app.drills.doing.stopwatch import Run
from app.ui import theme as t
from app.ui.asking import ask
from app.ui.blanks import Offer, Sources, make_blank
from app.ui.fields import FieldBox
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, scroll, vbox

_WIDTH_PX, _HEIGHT_PX = 1080, 680
_KEYS = (
    "照清点卡的次序：实到按回车就是全到，没到齐的输人数、写原因；"
    "用时写成 1:52 或 152；↑ ↓ 换班，Ctrl+S 保存。"
)
_NO_CLASS = (
    "这次演练没有要按班清点的学生，教职工人数和用时填在上面。"
    "还没有导入学生名册的，请先到“学生关注”里导入，这里就按班列出；也可以先用“写记录”登记总人数。"
)
_CELLS = (
    Cell("unit", "班级", 4, "fixed"),
    Cell("building", "楼栋", 4),
    Cell("due", "应到", 2, "number"),
    Cell("there", "实到", 2, "number"),
    Cell("absent", "没到的原因", 6),
    Cell("seconds", "报告用时", 3, "seconds"),
    Cell("by", "清点人", 4, "person"),
)
_NODES = {"cover": Node.COVER, "leave": Node.LEAVE, "out": Node.OUT, "counted": Node.COUNTED}


class CountDialog(Sheet):
    """The card of one drill; ``entered`` hears that it was saved."""

    def __init__(
        self,
        parent: QWidget,
        doing: DoingRegister,
        drill_uid: str,
        people: Sequence[str],
        entered: Callable[[], object],
        run: Run | None = None,
    ) -> None:
        self._doing, self._entered = doing, entered
        self._drill = drill = doing.drills.get(drill_uid)
        self._uid, self._run = drill_uid, run
        self._sources = _sources(doing, people)
        self._boxes = {f.key: FieldBox(f, _blank(f, self._sources)) for f in _HEAD}
        names = [Offer(name, name, search_text(name)) for name in people]
        self._grid = RowsBlank(_CELLS, name="班", people=names, heeds=True)
        card = doing.timed(run) if run else doing.card(drill_uid)
        self._grid.put([_plain(one) for one in card])
        self._count = label("", "note")
        self._doubt = label("", "note", "soon", wrap=True)
        self._message = label("", tone="late", wrap=True)
        self._message.setObjectName("message")
        self._message.hide()
        self._save_button = button("保存", "primary", press=self._save)
        body = vbox(
            self._head(),
            self._doubt,
            label(_KEYS if card else _NO_CLASS, "note", wrap=True),
            (scroll(vbox(self._grid, None)), 1),
            self._message,
        )
        foot = (self._count, None, self._save_button, button("取消", press=self.reject))
        title = f"录入清点：{drill.title} {drill.number}"
        super().__init__(parent, title, body, foot, width=_WIDTH_PX, height=_HEIGHT_PX)
        self._fill(run)
        self._before = self._values()
        self._connect()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter go on from blank to blank of the head, and from the last one to the card."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        chain = [box.blank for box in self._boxes.values() if box.isVisible()]
        at = self.focusWidget()
        for number, blank in enumerate(chain):
            if blank is at or (at is not None and blank.isAncestorOf(at)):
                if chain[number + 1 :]:
                    chain[number + 1].setFocus(Qt.FocusReason.TabFocusReason)
                elif not self._grid.go_to(0, "there"):
                    self._save_button.setFocus()
                return

    def reject(self) -> None:
        """Close without saving; ask first if that would lose what was typed."""
        if self._values() == self._before:
            super().reject()
            return
        ask(
            self,
            "清点还没有保存，要放弃吗？",
            yes="放弃",
            no="继续填写",
            then=lambda: QDialog.reject(self),  # a bound super() comes back here
        )

    def _head(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(t.M)
        grid.setVerticalSpacing(t.XS)
        for number, box in enumerate(self._boxes.values()):
            line, column = divmod(number, 4)
            grid.addWidget(box, line, column, 1, 4 if box.field.key == "late_reason" else 1)
            grid.setColumnStretch(column, 1)
        return grid

    def _fill(self, run: Run | None) -> None:
        drill, record = self._drill, self._doing.records.of(self._uid)
        started = run.started_at if run else drill.started_at
        nodes: Mapping[str, Any] = run.nodes if run else (record.nodes if record else None) or {}
        values: dict[str, Any] = {
            "done_on": (run.started_at.date() if run else drill.done_on) or drill.planned_on,
            "started": started.time().replace(second=0, microsecond=0) if started else None,
            "staff_due": drill.staff_due or self._doing.roll.staff_due() or None,
            "staff_there": drill.staff_there,
            "late_reason": record.late_reason if record else None,
        } | {key: nodes.get(node) for key, node in _NODES.items()}
        if values["done_on"] > self._doing.today():
            values["done_on"] = self._doing.today()
        for key, box in self._boxes.items():
            box.blank.put(values[key])
        self._show_count()
        self._look_at_day()

    def _connect(self) -> None:
        self._grid.edited.connect(self._show_count)
        self._grid.entered.connect(self._go_on)
        self._boxes["done_on"].blank.edited.connect(self._look_at_day)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self._save)
        if not self._grid.go_to(0, "there"):
            self._boxes["staff_there"].blank.setFocus()

    def _go_on(self, row: int, key: str) -> None:
        """Take what stands for granted and go to the next cell somebody has to say something in."""
        line = self._grid.given(row)
        if key == "there" and line["there"] is None and line["due"] is not None:
            self._grid.cell(row, "there").put(line["due"])
            line = self._grid.given(row)
        is_short = (line["there"] or 0) < (line["due"] or 0)
        after = {"building": "due", "due": "there", "absent": "seconds", "seconds": "", "by": ""}
        after["there"] = "absent" if is_short and not line["absent"] else "seconds"
        if after[key]:
            self._grid.go_to(row, after[key])
        elif not self._grid.go_to(row + 1, "there"):
            self._save_button.setFocus()

    def _look_at_day(self) -> None:
        day = self._boxes["done_on"].blank.value()
        is_day = isinstance(day, date)
        said = [self._doing.doubt(day), _away(self._doing, day)] if is_day else []
        self._doubt.setText("\n".join(filter(None, said)))
        self._doubt.setVisible(bool(self._doubt.text()))
        is_new = self._doing.records.of(self._uid) is None
        is_late = is_day and is_late_entry(day, self._doing.today()) and is_new
        self._boxes["late_reason"].setVisible(is_late)

    def _values(self) -> tuple[Any, ...]:
        return (*(box.blank.value() for box in self._boxes.values()), self._grid.value())

    def _counts(self) -> list[Count]:
        return [
            Count(
                line["unit"],
                line["class_uid"],
                line["building"] or "",
                _whole(line["due"]),
                _whole(line["there"]),
                line["absent"] or "",
                _whole(line["seconds"]),
                line["by"] or "",
            )
            for line in self._grid.value() or ()
        ]

    def _show_count(self) -> None:
        counts = self._counts()
        there = [one for one in counts if one.there is not None]
        sums = total(counts)
        words = [f"已录 {len(there)}/{len(counts)} 个班"]
        if there:
            words.append(f"应到 {sums.due}，实到 {sums.there}")
        if sums.seconds is not None:
            words.append(f"全部清点完 {said(sums.seconds)}")
        self._count.setText("　".join(words))

    def _save(self) -> None:
        if wrong := self._fault():
            self._say(f"{wrong}。")
            return
        head = {key: box.blank.value() for key, box in self._boxes.items()}
        try:
            self._doing.records.count(
                self._uid,
                self._counts(),
                done_on=head["done_on"],
                started_at=_moment(head["done_on"], head["started"], self._run),
                nodes={str(n): head[key] for key, n in _NODES.items() if head[key] is not None},
                staff=(head["staff_due"], head["staff_there"]),
                late_reason=head["late_reason"],
                seen=self._drill.rev,
            )
        except UserError as error:
            self._say(error.what + error.do)
            return
        self.accept()
        self._entered()

    def _fault(self) -> str | None:
        for box in self._boxes.values():
            why = box.blank.fault() or box.field.check(box.blank.value())
            if isinstance(box.blank, (CountBlank, SecondsBlank)):
                why = box.blank.fault()
                why = f"“{box.field.label}”{why}" if why else None
            box.blame(why)
            if why:
                box.blank.setFocus()
                return why
        return self._grid.fault()

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.show()
        QTimer.singleShot(0, self, self.fit)


def open_count(
    parent: QWidget,
    doing: DoingRegister,
    drill_uid: str,
    people: Sequence[str],
    entered: Callable[[], object],
    run: Run | None = None,
) -> CountDialog:
    """Type the card of a drill back, or what a stopwatch has taken down."""
    dialog = CountDialog(parent, doing, drill_uid, people, entered, run)
    dialog.open()
    return dialog


_HEAD = (
    Field("done_on", "演练日期", "date", required=True),
    Field("started", "开始时刻", "time"),
    Field("staff_due", "应参教职工", "own"),
    Field("staff_there", "实参教职工", "own"),
    Field("cover", "避险用时", "own"),
    Field("leave", "开始疏散", "own"),
    Field("out", "最后一人出楼", "own"),
    Field("counted", "清点完毕", "own"),
    Field("late_reason", "补录原因（过了七天才登记）"),
)


def _blank(field: Field, sources: Sources) -> Any:
    if field.kind != "own":
        return make_blank(field, sources)
    return CountBlank() if field.key.startswith("staff") else SecondsBlank()


def _sources(doing: DoingRegister, people: Sequence[str]) -> Sources:
    return Sources(today=doing.today)


def _plain(one: Count) -> dict[str, Any]:
    return {key: getattr(one, key) for key in one.__dataclass_fields__}


def _whole(value: Any) -> int | None:
    return value if isinstance(value, int) else None


def _moment(day: date, at: time | None, run: Run | None) -> datetime | None:
    if run is not None and run.started_at.date() == day:
        kept = run.started_at.replace(microsecond=0)
        if at is None or kept.time().replace(second=0) == at:
            return kept
    return datetime.combine(day, at) if at else None


def _away(doing: DoingRegister, day: date) -> str:
    """Say who of the staff is entered as away on a day; why is nobody's business here."""
    names = [one.name for one in doing.roll.staff_away(day)]
    return f"这天登记了请假外出的教职工有{len(names)}人：{'、'.join(names)}。" if names else ""
