"""A drill that comes in as a JSON file: for schools that keep their records elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.core.errors import UserError
from app.drills.doing import rules
from app.drills.doing.entryreading import SAFE, Reader, read_object, wrong
from app.drills.doing.register import DoingRegister
from app.drills.doing.rules import Count, Node
from app.drills.register import Figures
from app.drills.rules import MANNERS, WAYS, Kind

_WORDS = (
    *("weather", "department", "recorder", "assembly", "absent", "experts", "course"),
    *("injuries", "summary", "feedback", "late_reason"),
)
_CHOSEN: Mapping[str, tuple[str, ...]] = {
    "process": rules.PROCESS, "goods": rules.GOODS, "skill": rules.SKILL,
    "fitness": rules.FITNESS, "fullness": rules.FULLNESS, "verdict": rules.VERDICTS,
    "kind": tuple(Kind), "way": WAYS, "manner": MANNERS,
}  # fmt: skip
_PLANNED = ("kind", "title", "scope", "way", "manner")
_PLACE = ("place", "commander")
_COUNT = ("class", "building", "due", "there", "absent", "time", "by")
_GAP = ("what", "fix", "owner", "due", "hazard")
_HEADS = ("due", "there")
KEYS = (
    *("drill", *_PLANNED, "date", "started", "ended", *_PLACE, "plan", "pupils", "staff"),
    *("counts", "moments", *_WORDS, *_CHOSEN, "told", "problems"),
)
# What whoever writes such a file has to know.
DRILL_FILE = """\
录入一次做完的演练。文件是一个JSON，UTF-8编码：

{"drill": "YL-2026-0007",              排了的演练写编号；没有排的不写，写kind
 "date": "2026-10-14",                 演练日期
 "counts": [{"class": "一年级1班", "due": 30, "there": 29, "absent": "发热1人",
             "time": "1:52", "by": "李敏"}],
                                       一个班一条：应到、实到、没到的原因、报告用时、清点人
 "staff": {"due": 43, "there": 41}}    教职工应参、实参

没有排的演练：
 "kind": "地震"，可以再写 "title" "scope"（全校、幼儿园、住校生……）
 "way": "预定"或"突发"，"manner": "实操"或"桌面"

可以不写的：
 "started": "10:05", "ended": "10:20"  开始、结束时刻
 "place" "commander" "assembly"        地点、总指挥、集合地点
 "pupils": {"due": 509, "there": 505}  没有分班清点时的学生人数
 "moments": {"避险": "0:05", "开始疏散": "1:00", "最后一人出楼": "2:52", "清点完毕": "3:10"}
                                       从信号响起算
 "plan": "地震应急预案"                预案名称
 "experts" "process" "course" "summary" "feedback"
                                       专业指导、各岗位到位、经过、总结、反馈
 "goods" "skill" "fitness" "fullness" "verdict"
                                       物资、职责熟练、预案适宜性、预案充分性、等级
 "weather" "department" "recorder" "absent" "injuries"
                                       天气、组织部门、记录人、未参演原因、伤情
 "told": ["师生", "家长"]              向谁反馈
 "problems": [{"what": "东门没有开", "fix": "钥匙交门卫", "owner": "赵刚",
               "due": "2026-10-20", "hazard": true}]
                                       存在的问题；hazard写true就登记成隐患
 "late_reason": "……"                   过了七天才录入的，写原因

成功后说出演练编号、撤离用时、五要素还缺什么、登记的隐患编号；有一处不对就什么都不录入。"""


def read_drill(path: Path) -> dict[str, Any]:
    """Return what the file says, every value read; nothing is looked up yet.

    Raises:
        UserError: the file cannot be read, or keys in it are wrong; all are named at once.

    """
    faults: list[str] = []
    reader = Reader(read_object(path), faults)
    reader.demand(KEYS)
    said: dict[str, Any] = {key: reader.text(key) for key in (*_WORDS, *_PLACE, "drill", "plan")}
    said |= {key: reader.text(key) for key in ("title", "scope")}
    said |= {key: reader.chosen(key, words) for key, words in _CHOSEN.items()}
    said["date"] = reader.day("date")
    said |= {key: reader.hour(key) for key in ("started", "ended")}
    for key in ("pupils", "staff"):
        heads = reader.group(key, _HEADS)
        said[key] = (heads.number("due"), heads.number("there"))
    said["counts"] = [_count(one) for one in reader.groups("counts", _COUNT)]
    moments = reader.group("moments", tuple(map(str, Node)))
    said["nodes"] = {str(n): at for n in Node if (at := moments.seconds(str(n))) is not None}
    said["told"] = _told(reader)
    said["problems"] = [_gap(one) for one in reader.groups("problems", _GAP)]
    if said["date"] is None and "date" not in "".join(faults):
        faults.append("date没有写，要写成2026-10-14这样")
    if not said["drill"] and not said["kind"]:
        faults.append("drill和kind都没有写：排了的写编号，没有排的写类型")
    if faults:
        raise wrong("；".join(faults))
    return said


def enter_drill(doing: DoingRegister, said: dict[str, Any]) -> dict[str, Any]:
    """Enter what a file says, all of it or nothing; return what came of it.

    Raises:
        UserError: there is no such drill, class or plan, or the rules of a record refuse it.

    """
    day: date = said["date"]
    with doing.store.change("录入演练记录"):
        uid = _drill(doing, said)
        counts = _with_classes(doing, uid, said["counts"])
        started = datetime.combine(day, said["started"]) if said["started"] else None
        if counts:
            doing.records.count(
                uid,
                counts,
                done_on=day,
                nodes=said["nodes"],
                started_at=started,
                late_reason=said["late_reason"],
            )
        doing.records.write(uid, done_on=day, **_facts(doing, uid, said))
        hazards = []
        for gap, one in zip(doing.records.gaps(uid), said["problems"], strict=True):
            if one["hazard"]:
                hazards.append(doing.hazards.get(doing.records.make_hazard(gap.uid)).number)
    drill = doing.drills.get(uid)
    return {
        "drill": drill.number,
        "seconds": drill.seconds,
        "missing": doing.records.missing(uid),
        "hazards": hazards,
    }


def _drill(doing: DoingRegister, said: Mapping[str, Any]) -> str:
    if number := said["drill"]:
        for drill in doing.drills.all():
            if drill.number == number.upper():
                return drill.uid
        raise UserError(f"没有编号是{number}的演练。", safe=SAFE, do="请看看编号有没有写错。")
    held: Figures = {"done_on": said["date"]}
    rules.check_held(said["date"], doing.today(), said["late_reason"])
    facts = {key: said[key] for key in (*_PLANNED, *_PLACE) if said[key]}
    return doing.drills.enter_held(held, **facts).uid


def _facts(doing: DoingRegister, uid: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the record takes of the file; what it does not mention stays as it is."""
    facts = {key: said[key] for key in (*_WORDS, *_CHOSEN, *_PLACE, "told") if said[key]}
    for key in ("kind", "way", "manner"):
        facts.pop(key, None)
    day: date = said["date"]
    for key in ("started", "ended"):
        if said[key]:
            facts[f"{key}_at"] = datetime.combine(day, said[key])
    for key in ("pupils", "staff"):
        due, there = said[key]
        facts |= {f"{key}_due": due} if due is not None else {}
        facts |= {f"{key}_there": there} if there is not None else {}
    if said["nodes"]:
        record = doing.records.of(uid)
        nodes = ((record.nodes if record else None) or {}) | said["nodes"]
        facts |= {"nodes": nodes, "seconds": rules.evacuation(nodes)}
    if said["plan"]:
        facts["plan_uid"] = _plan(doing, said["plan"])
    facts["gaps"] = [
        {key: one[key] for key in ("what", "fix", "owner")} | {"due_on": one["due"]}
        for one in said["problems"]
    ]
    return facts


def _plan(doing: DoingRegister, name: str) -> str:
    for uid, known in doing.plans():
        if known == name or known.startswith(f"{name}（"):
            return uid
    known = "、".join(name for _, name in doing.plans()) or "还没有登记"
    raise UserError(f"没有叫“{name}”的预案。", safe=SAFE, do=f"能用的是：{known}。")


def _with_classes(doing: DoingRegister, uid: str, counts: list[Count]) -> list[Count]:
    """Return the counts with the classes they are of; every name must be one of the drill's."""
    units = {one.unit: one for one in doing.card(uid)}
    if strange := [one.unit for one in counts if one.unit not in units]:
        raise UserError(
            f"counts里没有叫“{strange[0]}”的班。", safe=SAFE, do=f"能用的是：{'、'.join(units)}。"
        )
    return [
        Count(
            one.unit,
            units[one.unit].class_uid,
            one.building or units[one.unit].building,
            units[one.unit].due if one.due is None else one.due,
            one.there,
            one.absent,
            one.seconds,
            one.by,
        )
        for one in counts
    ]


def _count(one: Reader) -> Count:
    unit = one.text("class")
    if unit is None:
        one.faults.append(f"{one.inside}class没有写")
    return Count(
        unit or "",
        None,
        one.text("building") or "",
        one.number("due"),
        one.number("there"),
        one.text("absent") or "",
        one.seconds("time"),
        one.text("by") or "",
    )


def _gap(one: Reader) -> dict[str, Any]:
    said = {key: one.text(key) for key in ("what", "fix", "owner")}
    if said["what"] is None:
        one.faults.append(f"{one.inside}what没有写")
    hazard = one.said.get("hazard", False)
    if not isinstance(hazard, bool):
        one.faults.append(f"{one.inside}hazard要写true或false")
    return said | {"due": one.day("due"), "hazard": hazard is True}


def _told(reader: Reader) -> list[str] | None:
    told = reader.said.get("told")
    if told is None:
        return None
    if not isinstance(told, list) or not set(map(str, told)) <= set(rules.TOLD):
        reader.faults.append(f"told要写成一串，只能写：{'、'.join(rules.TOLD)}")
        return None
    return [str(one) for one in told]
