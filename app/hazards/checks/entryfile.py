"""A check that comes in as a JSON file: for schools that walk with another program.

The file is one object::

    {"checklist": "check_fire", "date": "2026-04-01", "kind": "日",
     "leader": "刘玉兰", "inspectors": "张老师、李敏",
     "results": {"exits": "√", "signs": "×", "posts": "/"},
     "faults": {"signs": {"what": "应急灯不亮", "place": "二楼走廊", "grade": "一般",
                          "owner": "王建国"}}}

``checklist`` is an id or a title, ``results`` has every point of it, ``faults`` every ×; ``grade``
and ``owner`` of a fault may be left out, ``inspectors`` may be a list.
"""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from app.core.errors import UserError

KEYS = ("checklist", "date", "kind", "leader", "inspectors", "results", "faults")
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

成功后说出检查的编号和登记的隐患编号；有一处不对就什么都不录入。"""


def read_entry(path: Path) -> dict[str, Any]:
    """Return what the file says, as ``CheckRegister.enter`` takes it.

    Raises:
        UserError: the file cannot be read, or something in it is missing or of the wrong kind.

    """
    said = _object(path)
    if strange := [key for key in said if key not in KEYS]:
        raise _wrong(f"有不认识的“{strange[0]}”", f"能用的是：{'、'.join(KEYS)}。")
    if missing := [key for key in KEYS[:-1] if said.get(key) in (None, "", [], {})]:
        raise _wrong(f"缺少{'、'.join(missing)}")
    if isinstance(said["inspectors"], list):
        said["inspectors"] = "、".join(map(str, said["inspectors"]))
    if texts := [key for key in KEYS[:5] if not isinstance(said[key], str)]:
        raise _wrong(f"{texts[0]}要写成文字")
    try:
        checked_on = date.fromisoformat(said.pop("date"))
    except ValueError:
        raise _wrong("date看不懂", "日期要写成2026-04-01这样。") from None
    faults = said.get("faults") or {}
    if not _is_texts(said["results"], all_said=True):
        raise _wrong("results要写成每条一个结果", '如 {"exits": "√"}。')
    if not isinstance(faults, dict) or not all(_is_texts(fault) for fault in faults.values()):
        raise _wrong("faults要写成每个×一组文字", '如 {"exits": {"what": "……", "place": "……"}}。')
    for fault in faults.values():
        if strange := [key for key in fault if key not in FAULT_KEYS]:
            known = "、".join(FAULT_KEYS)
            raise _wrong(f"faults里有不认识的“{strange[0]}”", f"能用的是：{known}。")
    return said | {"checked_on": checked_on, "faults": faults}


def _object(path: Path) -> dict[str, Any]:
    try:
        said = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError):
        raise _wrong("读不出来，或者没有存成UTF-8编码") from None
    except (json.JSONDecodeError, RecursionError) as error:
        line = f"第{error.lineno}行" if isinstance(error, json.JSONDecodeError) else ""
        raise _wrong(f"{line}的写法不对，不是JSON") from None
    if not isinstance(said, dict):
        raise _wrong("要写成一个JSON对象，两边是花括号")
    return said


def _is_texts(said: Any, *, all_said: bool = False) -> bool:
    if not isinstance(said, dict):
        return False
    return all(isinstance(v, str) or (v is None and not all_said) for v in said.values())


def _wrong(what: str, do: str = "请改好文件再试。") -> UserError:
    return UserError(f"这个检查文件{what}。", safe=_SAFE, do=do)
