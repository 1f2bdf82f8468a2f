"""The dialog of a record: what happened, the five elements, the gaps and who puts them right."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.pinyin import search_text
from app.drills.doing import rules
from app.drills.doing.register import DoingRegister
from app.drills.doing.rows_pane import Cell, RowsBlank
from app.drills.doing.rules import Node
from app.drills.records import Drill
from app.ui import theme as t
from app.ui.blanks import Offer, Sources
from app.ui.parts import PartedEditor
from app.ui.widgets import label, vbox

WEATHERS = ("晴", "多云", "阴", "小雨", "中雨", "大雨", "雪", "雾", "大风")
_PEOPLE, _NODES, _ELEMENTS, _GAPS, _END = (
    *("参加人数", "用时", "过程和评审", "存在问题和改进", "总结和反馈"),
)
_NODE_KEYS = {"cover": Node.COVER, "leave": Node.LEAVE, "out": Node.OUT, "counted": Node.COUNTED}
_LATE = 19  # an evening drill that ends before this hour of the next day's morning
FIELDS = (
    Field("done_on", "演练日期", "date", required=True),
    Field("weather", "天气"),
    Field("started", "开始时刻", "time"),
    Field("ended", "结束时刻", "time"),
    Field("place", "地点"),
    Field("assembly", "集合地点"),
    Field("commander", "总指挥", "person"),
    Field("recorder", "记录人", "person"),
    Field("department", "组织部门"),
    Field("plan_uid", "演练预案（五要素）", "choice"),
    Field("late_reason", "补录原因（过了七天才登记）", width=60),
    Field("heads", "学生和教职工", "own", part=_PEOPLE),
    Field("absent", "未参演人数和原因", "long", part=_PEOPLE),
    Field("moments", "从信号响起算，写成 1:52 或 152", "own", part=_NODES),
    Field("experts", "专业指导单位和人员（五要素）", width=60, part=_ELEMENTS),
    Field("course", "演练经过", "long", part=_ELEMENTS),
    Field("process", "各岗位到位（五要素）", "choice", choices=rules.PROCESS, part=_ELEMENTS),
    Field("goods", "物资到位", "choice", choices=rules.GOODS, part=_ELEMENTS),
    Field("skill", "职责熟练", "choice", choices=rules.SKILL, part=_ELEMENTS),
    Field("fitness", "预案适宜性", "choice", choices=rules.FITNESS, part=_ELEMENTS),
    Field("fullness", "预案充分性", "choice", choices=rules.FULLNESS, part=_ELEMENTS),
    Field("injuries", "伤情和异常", part=_ELEMENTS),
    Field("gaps", "问题（一行一个，保存后可以一按转成隐患）", "own", part=_GAPS),
    Field("summary", "总结评价（五要素）", "long", part=_END),
    Field("verdict", "等级", "choice", choices=rules.VERDICTS, part=_END),
    Field("told", "向谁反馈", "many", choices=rules.TOLD, part=_END),
    Field("feedback", "信息反馈（五要素）", "long", part=_END),
    Field("photos", "照片和签到表", "photo", part=_END),
)
_GAP_CELLS = (
    Cell("what", "问题", 5),
    Cell("fix", "改进措施", 4),
    Cell("owner", "责任人", 3, "person"),
    Cell("due_on", "期限", 4, "day"),
)
_HEAD_CELLS = (
    Cell("pupils_due", "应参学生", 1, "number"),
    Cell("pupils_there", "实参学生", 1, "number"),
    Cell("staff_due", "应参教职工", 1, "number"),
    Cell("staff_there", "实参教职工", 1, "number"),
)
_NODE_CELLS = tuple(Cell(key, str(node), 1, "seconds") for key, node in _NODE_KEYS.items())
_COUNTED = tuple(cell.key for cell in _HEAD_CELLS)


class RecordEditor(PartedEditor):
    """Says at once which of the five elements are missing; nobody has to fill them."""

    def __init__(
        self,
        save: Callable[[dict[str, Any]], Any],
        parent: QWidget,
        values: Mapping[str, Any],
        *,
        doing: DoingRegister,
        sources: Sources,
        title: str,
    ) -> None:
        self._doing, self._is_new = doing, values.get("entered_at") is None
        self._said = label("", "note", "soon", wrap=True)
        self._said.setObjectName("elements")
        form = Form("drill_record", "演练记录", FIELDS)
        super().__init__(form, save, parent, values, sources=sources, title=title)
        top = QWidget()
        top.setLayout(vbox(self._said, edge=(t.XL, t.S, t.XL, t.XS)))
        self.put_on_top(top)
        for field in FIELDS:
            self.blank(field.key).edited.connect(self._look)
        self._look()

    def _look(self) -> None:
        said = self.values()
        missing = rules.missing_elements(said)
        words = (
            f"五要素还缺：{'、'.join(missing)}。可以先保存，以后再补。"
            if missing
            else "五要素都有了。"
        )
        day = said["done_on"]
        doubt = self._doing.doubt(day) if isinstance(day, date) else ""
        is_late = isinstance(day, date) and rules.is_late_entry(day, self._doing.today())
        self.show_field(
            "late_reason", is_shown=(is_late and self._is_new) or bool(said["late_reason"])
        )
        text = "\n".join(filter(None, (doubt, words)))
        if text != self._said.text():
            self._said.setText(text)
            self.fit()


def open_record(
    parent: QWidget,
    doing: DoingRegister,
    drill_uid: str,
    people: Sequence[str],
    plans: Sequence[tuple[str, str]] = (),
    then: Callable[[], object] = lambda: None,
) -> RecordEditor:
    """Write the record of a drill, or put it right; ``plans`` are the 预案 by uid and name."""
    drill, record = doing.drills.get(drill_uid), doing.records.of(drill_uid)
    seen = record.rev if record else 0

    def save(said: dict[str, Any]) -> None:
        doing.records.write(drill_uid, seen=seen, **read_values(said))
        then()

    editor = RecordEditor(
        save,
        parent,
        values_of(doing, drill_uid),
        doing=doing,
        sources=_sources(doing, people, plans),
        title=f"演练记录：{drill.title} {drill.number}",
    )
    editor.open()
    return editor


def values_of(doing: DoingRegister, drill_uid: str) -> dict[str, Any]:
    """Return what the blanks begin with: what is known of the drill, its counts, its record."""
    drill, record = doing.drills.get(drill_uid), doing.records.of(drill_uid)
    sheet = doing.sheets.of(drill_uid)
    nodes = (record.nodes if record else None) or {}
    keys = [field.key for field in FIELDS]
    values: dict[str, Any] = {key: getattr(record, key, None) for key in keys}
    values |= {key: getattr(drill, key) for key in ("place", "commander", "plan_uid")}
    if not nodes and drill.seconds is not None:  # known without its moments
        nodes = {str(Node.OUT): drill.seconds}
    values["moments"] = [{key: nodes.get(node) for key, node in _NODE_KEYS.items()}]
    values["heads"] = [_heads(doing, drill)]
    values["entered_at"] = record.entered_at if record else None
    values["done_on"] = drill.done_on or min(drill.planned_on, doing.today())
    values["started"] = _clock(drill.started_at) or drill.planned_at
    values["ended"] = _clock(drill.ended_at)
    values["gaps"] = [
        {"uid": gap.uid, "what": gap.what, "fix": gap.fix, "owner": gap.owner or None}
        | {"due_on": gap.due_on}
        for gap in doing.records.gaps(drill_uid)
    ]
    if record is None and sheet is not None:
        values["assembly"] = sheet.assembly
    return values


def _heads(doing: DoingRegister, drill: Drill) -> dict[str, int | None]:
    """Return who should have come and who did; the lists say the first where nothing is said."""
    heads: dict[str, int | None] = {key: getattr(drill, key) for key in _COUNTED}
    if heads["staff_due"] is None:
        heads["staff_due"] = doing.roll.staff_due() or None
    if heads["pupils_due"] is None:
        heads["pupils_due"] = sum(unit.due for unit in doing.roll.units(drill.scope)) or None
    return heads


def read_values(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the register takes of what stands in the blanks."""
    facts = dict(said)
    day: date = facts["done_on"]
    started, ended = facts.pop("started"), facts.pop("ended")
    facts["started_at"] = datetime.combine(day, started) if started else None
    facts["ended_at"] = _ended(day, started, ended)
    ((moments,), (heads,)) = facts.pop("moments"), facts.pop("heads")
    facts |= heads
    nodes = {str(node): moments[key] for key, node in _NODE_KEYS.items()}
    facts["nodes"] = {name: at for name, at in nodes.items() if at is not None} or None
    facts["seconds"] = rules.evacuation(facts["nodes"] or {})
    facts["gaps"] = facts["gaps"] or []
    return facts


def _ended(day: date, started: time | None, ended: time | None) -> datetime | None:
    """Return when it ended: the next day, where an evening drill went past midnight."""
    if ended is None:
        return None
    past = started is not None and ended < started and started.hour >= _LATE and ended.hour < 12
    return datetime.combine(day + timedelta(days=1) if past else day, ended)


def _clock(at: datetime | None) -> time | None:
    return at.time().replace(second=0, microsecond=0) if at else None


def _sources(
    doing: DoingRegister, people: Sequence[str], plans: Sequence[tuple[str, str]]
) -> Sources:
    names = [Offer(name, name, search_text(name)) for name in people]
    offered = [Offer(name, uid, search_text(name)) for uid, name in plans]

    def own(field: Field) -> Any:
        if field.key == "gaps":
            return RowsBlank(
                _GAP_CELLS, name="问题", people=names, today=doing.today, grows="再加一个问题"
            )
        return RowsBlank(_HEAD_CELLS if field.key == "heads" else _NODE_CELLS, name="")

    return Sources(
        lists={
            "person": lambda: names,
            "plan_uid": lambda: offered,
            "weather": lambda: WEATHERS,
        },
        keep_photo=doing.hazards.photos.hold,
        load_photo=doing.hazards.photos.load,
        today=doing.today,
        makers={f.key: own for f in FIELDS if f.kind == "own"},
    )
