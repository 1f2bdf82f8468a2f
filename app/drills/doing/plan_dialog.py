"""The dialog of a plan sheet: purpose, posts, routes, signals and steps, companions, notices."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QLayout, QTabWidget, QWidget

from app.core.errors import UserError
from app.core.forms import Field
from app.core.pinyin import search_text
from app.core.roles import Right
from app.drills.doing.plans import HOWS, Companion
from app.drills.doing.register import DoingRegister
from app.drills.doing.rows_pane import Cell, CountBlank, RowsBlank, SecondsBlank
from app.drills.doing.rules import TARGET_SECONDS, said
from app.ui import theme as t
from app.ui.asking import ask
from app.ui.blanks import Offer, Sources, make_blank
from app.ui.fields import FieldBox, grid_of
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, scroll, vbox

_WIDTH_PX, _HEIGHT_PX = 1120, 660
_BASIS = (
    f"四层以下、出口合理、通道畅通的教学楼，原则上{said(TARGET_SECONDS)}以内"
    "（教基一厅〔2014〕2号），可以改。"
)
_FIRST = (
    Field("purpose", "演练目的", "long", required=True),
    Field("assembly", "集合地点"),
    Field("target_seconds", "目标用时", "own", required=True),
    Field("pupils_due", "预计学生人数", "own"),
    Field("staff_due", "预计教职工人数", "own"),
    Field("expert", "专业指导单位", width=60),
    Field("approver", "审批人", "person"),
    Field("approved_on", "审批日期", "date"),
)
_NUMBERS = ("assembly", "target_seconds", "pupils_due", "staff_due")
_LAST = (
    Field("cautions", "安全注意（一行一条）", "lines"),
    Field("materials", "物资清单（一行一样）", "lines"),
    Field("parents", "告知家长", "long"),
    Field("neighbours", "告知周边", "long"),
)
_POSTS = (
    Cell("group", "组", 4),
    Cell("name", "岗位", 4),
    Cell("by", "人员", 4, "person"),
    Cell("place", "站位", 5),
    Cell("task", "职责", 10),
)
_ROUTES = (
    Cell("unit", "班级", 4, "fixed"),
    Cell("due", "人数", 2, "number"),
    Cell("building", "楼栋", 4),
    Cell("floor", "楼层", 3),
    Cell("door", "前后门", 3, offers=("前门", "后门", "前后门")),
    Cell("stair", "楼梯或出口", 4),
    Cell("turn", "次序", 2, "number"),
    Cell("spot", "集合点位", 4),
)
_SIGNALS = (Cell("name", "信号", 3), Cell("how", "怎样发出", 6), Cell("reply", "听到以后", 10))
_STEPS = (Cell("phase", "阶段", 2, offers=("准备", "实施", "总结")), Cell("text", "做什么", 14))
_COMPANIONS = (
    Cell("told", "学生", 5, "fixed"),
    Cell("how", "怎样安排", 6, "choice", HOWS),
    Cell("companion", "陪护人", 4, "person"),
)


class PlanDialog(Sheet):
    """The plan sheet of one drill, in tabs; ``written`` hears that it was saved."""

    def __init__(
        self,
        parent: QWidget,
        doing: DoingRegister,
        drill_uid: str,
        people: Sequence[str],
        written: Callable[[], object],
    ) -> None:
        self._doing, self._uid, self._written = doing, drill_uid, written
        self._drill = drill = doing.drills.get(drill_uid)
        sheet = doing.sheets.of(drill_uid)
        self._seen = sheet.rev if sheet else 0
        names = [Offer(name, name, search_text(name)) for name in people]
        sources = Sources(lists={"person": lambda: names}, today=doing.today)
        self._boxes = {f.key: FieldBox(f, _blank(f, sources)) for f in (*_FIRST, *_LAST)}
        self._rows = {
            "posts": RowsBlank(_POSTS, name="岗位", people=names, grows="加一个岗位"),
            "routes": RowsBlank(_ROUTES, name="路线"),
            "signals": RowsBlank(_SIGNALS, name="信号", grows="加一个信号"),
            "steps": RowsBlank(_STEPS, name="步骤", grows="加一步"),
        }
        self._companions = RowsBlank(_COMPANIONS, name="陪护", people=names)
        self._clashes = label("", "note", "late", wrap=True)
        self._clashes.setObjectName("clashes")
        self._message = label("", tone="late", wrap=True)
        self._message.setObjectName("message")
        self._message.hide()
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        for title, inside in self._pages().items():
            self._tabs.addTab(scroll(inside), title)
        body = vbox(*self._top(), (self._tabs, 1), self._message)
        save = button("保存方案", "primary", press=self._save)
        foot = (None, save, button("取消", press=self.reject))
        title = f"演练方案：{drill.title} {drill.number}"
        super().__init__(parent, title, body, foot, width=_WIDTH_PX, height=_HEIGHT_PX)
        self._fill()
        self._before = self._values()
        self._rows["routes"].edited.connect(self._show_clashes)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self._save)
        self._show_clashes()
        self._boxes["purpose"].blank.setFocus()

    def reject(self) -> None:
        """Close without saving; ask first if that would lose what was typed."""
        if self._values() == self._before:
            super().reject()
            return
        ask(
            self,
            "方案还没有保存，要放弃吗？",
            yes="放弃",
            no="继续填写",
            then=lambda: QDialog.reject(self),  # a bound super() comes back here
        )

    def _top(self) -> list[QWidget]:
        """Return what the last drills of this kind left to be put right."""
        gaps = self._doing.records.open_gaps(self._drill.kind, but=self._uid)
        if not gaps:
            return []
        words = "；".join(f"{gap.what}（{gap.number}）" for gap in gaps)
        made = label(f"上次没有改好的：{words}", "note", "late", wrap=True)
        made.setObjectName("gaps")
        return [made]

    def _pages(self) -> dict[str, QLayout]:
        edge = (t.M, t.M, t.M, t.M)
        pages: dict[str, QLayout] = {
            "目的和目标": vbox(
                self._boxes["purpose"],
                _in_a_line([self._boxes[key] for key in _NUMBERS]),
                label(_BASIS, "note", wrap=True),
                self._boxes["expert"],
                _in_a_line([self._boxes["approver"], self._boxes["approved_on"]]),
                None,
                gap=t.M,
                edge=edge,
            ),
            "组织分工": vbox(self._rows["posts"], None, edge=edge),
            "疏散路线": vbox(self._clashes, self._rows["routes"], None, edge=edge),
            "信号和步骤": vbox(self._rows["signals"], self._rows["steps"], None, edge=edge),
        }
        if self._doing.store.sitter.may(Right.SEE_SEALED):
            note = "名单来自学生关注里的特异体质和残疾学生；只有内部打印写姓名，其他只写人数。"
            pages["陪护学生"] = vbox(
                label(note, "note", wrap=True), self._companions, None, edge=edge
            )
        pages["安全和告知"] = vbox(grid_of([self._boxes[f.key] for f in _LAST]), None)
        return pages

    def _fill(self) -> None:
        draft = self._doing.sheets.draft(self._uid)
        for key, box in self._boxes.items():
            box.blank.put(draft[key])
        for key, rows in self._rows.items():
            rows.put(draft[key])
        known = self._doing.sheets.companions(self._uid)
        have = {one.student_uid for one in known}
        offered = [one for one in self._doing.sheets.offered() if one.student_uid not in have]
        fresh = offered if not self._seen else [one._replace(how="") for one in offered]
        self._companions.put([one._asdict() for one in (*known, *fresh)])

    def _values(self) -> tuple[Any, ...]:
        boxes = (box.blank.value() for box in self._boxes.values())
        return (*boxes, *(r.value() for r in self._rows.values()), self._companions.value())

    def _show_clashes(self) -> None:
        routes = self._rows["routes"].value() or ()
        found = self._doing.sheets.clashes([_route(line) for line in routes])
        self._clashes.setText("；".join(found) + "。" if found else "")
        self._clashes.setVisible(bool(found))

    def _save(self) -> None:
        if wrong := self._fault():
            self._say(f"{wrong}。")
            return
        facts: dict[str, Any] = {key: box.blank.value() for key, box in self._boxes.items()}
        facts["cautions"], facts["materials"] = facts["cautions"] or [], facts["materials"] or []
        for key, rows in self._rows.items():
            facts[key] = [{k: v or "" for k, v in line.items()} for line in rows.value() or ()]
        facts["routes"] = [_route(line) for line in self._rows["routes"].value() or ()]
        wanted = [
            Companion(line["student_uid"], line["told"], line["how"], line["companion"] or "")
            for line in self._companions.value() or ()
            if line["how"]
        ]
        may = self._doing.store.sitter.may(Right.SEE_SEALED)
        try:
            self._doing.sheets.write(
                self._uid, companions=wanted if may else None, seen=self._seen, **facts
            )
        except UserError as error:
            self._say(error.what + error.do)
            return
        self.accept()
        self._written()

    def _fault(self) -> str | None:
        for number, fields in ((0, _FIRST), (self._tabs.count() - 1, _LAST)):
            for field in fields:
                box = self._boxes[field.key]
                why = box.blank.fault() or field.check(box.blank.value())
                box.blame(why)
                if why:
                    self._tabs.setCurrentIndex(number)
                    box.blank.setFocus()
                    return why
        for key, rows in self._rows.items():
            if why := rows.fault():
                self._tabs.setCurrentIndex(_TAB[key])
                return why
        return None

    def _say(self, text: str) -> None:
        self._message.setText(text)
        self._message.show()
        QTimer.singleShot(0, self, self.fit)


def open_plan(
    parent: QWidget,
    doing: DoingRegister,
    drill_uid: str,
    people: Sequence[str],
    written: Callable[[], object] = lambda: None,
) -> PlanDialog:
    """Write the plan sheet of a drill, or put it right."""
    dialog = PlanDialog(parent, doing, drill_uid, people, written)
    dialog.open()
    return dialog


_TAB = {"posts": 1, "routes": 2, "signals": 3, "steps": 3}


def _route(line: Mapping[str, Any]) -> dict[str, Any]:
    numbers = {"due", "turn", "class_uid"}
    return {key: value if key in numbers else value or "" for key, value in line.items()}


def _in_a_line(boxes: Sequence[FieldBox]) -> QLayout:
    made: QLayout = hbox(*((box, 1) for box in boxes), gap=t.M)
    return made


def _blank(field: Field, sources: Sources) -> Any:
    if field.kind != "own":
        return make_blank(field, sources)
    return SecondsBlank() if field.key == "target_seconds" else CountBlank()
