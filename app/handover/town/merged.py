"""The merged workbook of all schools: a sheet a table, each line with its school."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import or_, select

from app.core.errors import UserError
from app.core.values import show
from app.handover.fields import TABLES
from app.handover.parts import Sender, Table, TableField
from app.handover.town.records import TownRow, TownSchool
from app.handover.workbook import write_workbook

if TYPE_CHECKING:
    from app.handover.town.register import TownRegister

SHEETS: Mapping[str, str] = {
    "hazards": "隐患",
    "checks": "安全检查",
    "drills": "应急演练",
    "reports": "报送材料",
    "incidents": "突发事件件数",
    "disputes": "矛盾纠纷件数",
    "months": "各月件数",
    "meetings": "安全会议",
    "education": "教育培训",
    "letters": "家长信回收",
    "expiries": "检验和有效期",
}
MOST = 100_000  # lines of one sheet; more no office PC opens
_SCHOOL = TableField("school", "学校")
_SCHOOLS = (
    TableField("school", "学校"),
    TableField("code", "学校代码"),
    TableField("area", "片区"),
    TableField("last_file", "最近的数据"),
    TableField("weekly", "上周周报"),
    TableField("open", "未销账"),
    TableField("overdue", "逾期"),
    TableField("major", "重大"),
    TableField("drills", "本月演练"),
    TableField("receipts", "回执率（%）"),
    TableField("duty_until", "值班排到"),
    TableField("call", "要打电话的事"),
    TableField("closed_on", "撤并日期"),
)
Tick = Callable[[int, int, str], object]


def merged(register: TownRegister, year: int | None, *, tick: Tick = lambda *_: None) -> bytes:
    """Return the workbook of one year, None for all; what has no day is in every year.

    A hazard that stands open is told in every year, whenever it was found.

    Raises:
        UserError: a sheet would have more lines than a spreadsheet opens.

    """
    tables = [_schools(register)]
    for number, kind in enumerate(SHEETS):
        tick(number, len(SHEETS), SHEETS[kind])
        tables.append(_table(register, kind, year))
    own = register.keys.own()
    span = f"{year}年" if year else "全部年度"
    said = [("单位", own.name), ("范围", span), ("导出日期", show(register.today()))]
    return write_workbook(Sender(own.code, own.name, "镇级汇总"), said, tables)


def _schools(register: TownRegister) -> Table:
    rows = [
        {field.name: _plain(row[field.name]) for field in _SCHOOLS}
        for row in register.views["summary"]({})
    ]
    return Table("schools", "各校", _SCHOOLS, rows)


def _table(register: TownRegister, kind: str, year: int | None) -> Table:
    keys = ("uid", "rev", "void")
    fields = tuple(f for f in TABLES[kind] if f.name not in keys and f.name != "photos")
    wanted = (
        select(TownSchool.name, TownRow.body)
        .join(TownSchool, TownSchool.id == TownRow.school_id)
        .where(TownRow.kind == kind, TownRow.is_void.is_(False))
        .order_by(TownSchool.name, TownRow.day, TownRow.id)
    )
    if year is not None:
        within = TownRow.day.between(date(year, 1, 1), date(year, 12, 31))
        wanted = wanted.where(or_(within, TownRow.day.is_(None), TownRow.is_open))
    with register.store.read() as session:
        found = session.execute(wanted.limit(MOST + 1)).all()
    if len(found) > MOST:
        raise UserError(
            f"“{SHEETS[kind]}”超过{MOST // 10_000}万行，表格软件打不开。",
            safe="没有写出文件。",
            do="请选一个年度再导出。",
        )
    rows = [_row(school, json.loads(body), fields) for school, body in found]
    texts = tuple(TableField(f.name, f.title) for f in fields)
    return Table(kind, SHEETS[kind], (_SCHOOL, *texts), rows)


def _row(school: str, said: Mapping[str, Any], fields: tuple[TableField, ...]) -> dict[str, Any]:
    told: dict[str, Any] = {f.name: _plain(said.get(f.name)) for f in fields}
    return {**told, "school": school}


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else show(value)
