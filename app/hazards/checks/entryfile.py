"""A check that comes in as a JSON file: for schools that walk with another program.

The file is one object::

    {"checklist": "check_fire", "date": "2026-04-01", "kind": "日",
     "leader": "刘玉兰", "inspectors": "张老师、李敏",
     "results": {"exits": "√", "signs": "×", "posts": "/"},
     "faults": {"signs": {"what": "应急灯不亮", "place": "二楼走廊", "grade": "一般",
                          "owner": "王建国"}}}

``checklist`` is an id or a title, or a list of them: then a point is named check_fire.signs.
``results`` has every point, ``faults`` every ×; ``grade`` and ``owner`` of a fault, ``weather``,
``campaign`` and ``recheck`` may be left out, ``inspectors`` may be a list. A second walk over a
check that is in already comes as ``{"check": "JC-2026-0001", "recheck": {…}}``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from app.core.errors import UserError
from app.core.handwritten import NotJson, read_json
from app.hazards.checks.register import CheckRegister
from app.hazards.checks.walks import JOINT

NEEDED = ("checklist", "date", "kind", "leader", "inspectors", "results")
KEYS = (*NEEDED, "faults", "weather", "campaign", "recheck")
AGAIN_KEYS = ("check", "recheck")
RECHECK_KEYS = ("date", "inspectors", "results", "notes")
FAULT_KEYS = ("what", "place", "grade", "owner")
_SAFE = "什么都没有录入。"
# What whoever writes such a file has to know.
CHECK_FILE = """\
录入一次走完的检查。文件是一个JSON，UTF-8编码：

{"checklist": "check_fire",            检查表的编号或者名称
 "date": "2026-04-01",                 检查日期
 "kind": "日",                         日、周、月、学期、节前、专项
 "leader": "刘玉兰",                   带队领导
 "inspectors": "张老师、李敏",         检查人员
 "results": {"power": "√", "exits": "×", "gear": "/"},
                                       每一条都要有：√正常，×有问题，/不涉及
 "faults": {"exits": {"what": "应急灯不亮", "place": "二楼走廊",
                      "grade": "一般", "owner": "王建国"}}}
                                       每个×一个：问题和部位必填，等级不写就是一般

可以不写的：
 "weather": "晴",                      天气
 "campaign": "百日行动",               为哪次专项行动查的，写名称
 "recheck": {"date": "2026-04-08", "inspectors": "李敏",
             "results": {"exits": "√"}, "notes": {"exits": "换了新灯"}}
                                       复检：初检打×的，√已改好，×没有改好，没看的不写
几张检查表一起走的，checklist写成["check_fire", "check_dorm"]，每一条写成check_fire.exits。
检查录入过了，只录复检：{"check": "JC-2026-0001", "recheck": {……}}

成功后说出检查的编号和登记的隐患编号；有一处不对就什么都不录入。"""


def read_entry(path: Path) -> dict[str, Any]:
    """Return what the file says, as ``enter_file`` takes it: a check, a second walk, or both.

    Raises:
        UserError: the file cannot be read, or something in it is missing or of the wrong kind.

    """
    said = _object(path)
    is_again = "check" in said
    _demand(said, needed=AGAIN_KEYS if is_again else NEEDED, known=AGAIN_KEYS if is_again else KEYS)
    again = _recheck(said.pop("recheck", None))
    if is_again:
        return {"check": _text(said, "check"), "recheck": again}
    if isinstance(lists := said["checklist"], list):
        said["checklist"] = JOINT.join(map(str, lists))
    said["inspectors"] = _people(said["inspectors"])
    for key in NEEDED[:5]:
        _text(said, key)
    said |= {key: _text(said, key) if said.get(key) else None for key in ("weather", "campaign")}
    checked_on = _day(said.pop("date"))
    faults = said.get("faults") or {}
    if not _is_texts(said["results"], all_said=True):
        raise _wrong("results要写成每条一个结果", '如 {"exits": "√"}。')
    if not isinstance(faults, dict) or not all(_is_texts(fault) for fault in faults.values()):
        raise _wrong("faults要写成每个×一组文字", '如 {"exits": {"what": "……", "place": "……"}}。')
    for fault in faults.values():
        if strange := [key for key in fault if key not in FAULT_KEYS]:
            known = "、".join(FAULT_KEYS)
            raise _wrong(f"faults里有不认识的“{strange[0]}”", f"能用的是：{known}。")
    return said | {"checked_on": checked_on, "faults": faults, "recheck": again}


def enter_file(register: CheckRegister, said: dict[str, Any]) -> dict[str, Any]:
    """Enter what a file says, all of it or nothing; return the numbers of check and hazards.

    Raises:
        UserError: the rules of a check, or of its second walk, refuse it.

    """
    again, campaign = said.pop("recheck"), said.pop("campaign", None)
    with register.store.change("录入检查"):
        if "check" in said:
            check = register.named(said["check"])
        else:
            uid = register.hazards.campaigns.named(campaign).uid if campaign else None
            check = register.enter(**said, campaign=uid).check
        if again:
            register.recheck(check.uid, **again)
    return {"check": check.number, "hazards": [one.number for one in register.found(check.uid)]}


def _recheck(said: Any) -> dict[str, Any] | None:
    """Return what a file says of a second walk, as ``CheckRegister.recheck`` takes it."""
    if said is None:
        return None
    if not isinstance(said, dict):
        raise _wrong("recheck要写成一组", '如 {"date": "2026-04-08", "inspectors": "李敏", ……}。')
    _demand(said, needed=RECHECK_KEYS[:3], known=RECHECK_KEYS, inside="recheck里")
    notes = said.get("notes") or {}
    if not _is_texts(said["results"], all_said=True) or not _is_texts(notes, all_said=True):
        raise _wrong("recheck的results和notes要写成每条一个", '如 {"exits": "√"}。')
    by = _people(said["inspectors"])
    if not isinstance(by, str) or not isinstance(said["date"], str):
        raise _wrong("recheck的date和inspectors要写成文字")
    return {"on": _day(said["date"]), "by": by, "results": said["results"], "notes": notes}


def _demand(
    said: dict[str, Any], *, needed: Sequence[str], known: Sequence[str], inside: str = ""
) -> None:
    if strange := [key for key in said if key not in known]:
        raise _wrong(f"{inside}有不认识的“{strange[0]}”", f"能用的是：{'、'.join(known)}。")
    if missing := [key for key in needed if said.get(key) in (None, "", [], {})]:
        raise _wrong(f"{inside}缺少{'、'.join(missing)}")


def _people(said: Any) -> Any:
    return "、".join(map(str, said)) if isinstance(said, list) else said


def _text(said: dict[str, Any], key: str) -> str:
    if not isinstance(said[key], str):
        raise _wrong(f"{key}要写成文字")
    return str(said[key])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _wrong("date看不懂", "日期要写成2026-04-01这样。") from None


def _object(path: Path) -> dict[str, Any]:
    try:
        said = read_json(path)
    except NotJson as fault:
        raise _wrong(f"{fault}") from None
    if not isinstance(said, dict):
        raise _wrong("要写成一个JSON对象，两边是花括号")
    return said


def _is_texts(said: Any, *, all_said: bool = False) -> bool:
    if not isinstance(said, dict):
        return False
    return all(isinstance(v, str) or (v is None and not all_said) for v in said.values())


def _wrong(what: str, do: str = "请改好文件再试。") -> UserError:
    return UserError(f"这个检查文件{what}。", safe=_SAFE, do=do)
