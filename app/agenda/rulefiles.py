"""The rule base: TOML files, shipped and the school's own; a broken line stops only its rule."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from app.agenda.facts import FACTS
from app.agenda.params import PARAMS, params_of
from app.agenda.rules import TRUST, Rhythm, Rule
from app.core.errors import UserError
from app.core.founding import KINDS
from app.core.handwritten import read_toml

EVIDENCE = (
    *("drill", "kindergarten_drill", "meeting", "education", "check", "letter", "travel"),
    *("tick", "selfcheck", "duty_log", "handed", "patrol", "gate", "safety_log", "chemical_count"),
    *("report", "ledger"),
    *("report_weekly", "report_disputes", "report_selfcheck", "report_yearly"),
)
_HEAD = ("field", "order", "as_of", "whole", "rule")
_LAST = 99  # where files stand that say nothing of their order
_LISTS: Mapping[str, Sequence[str]] = {
    "trust": tuple(TRUST),
    "applies": KINDS,
    "needs": tuple(FACTS),
    "kinds": (),
    "also": EVIDENCE,
}
_TEXTS = ("id", "title", "field", "basis", "note", "unit", "covered_by")
_KEYS = tuple(one.name for one in fields(Rule))
_NEEDED = tuple(one.name for one in fields(Rule) if one.default is MISSING and one.name != "field")
_BLOCK = re.compile(r"^\s*\[\[rule\]\]", re.M)
_LEDGER = re.compile(r"ledger\.[a-z][a-z0-9_]{1,30}")
_AT_LINE = re.compile(r"line (\d+)")
_LARGEST = 1_000_000  # bytes of one file; the shipped base has a twentieth of it


@dataclass
class RuleBase:
    """The rules by id, the day the base stands for, and what could not be read."""

    rules: dict[str, Rule] = field(default_factory=dict)
    as_of: date = date.min
    faults: list[UserError] = field(default_factory=list)
    order: int = _LAST

    def take(self, other: RuleBase, *, is_whole: bool) -> None:
        """Put the rules of another file on top, or in the place of all."""
        if is_whole:
            self.rules.clear()
        self.rules.update(other.rules)
        self.as_of = max(self.as_of, other.as_of)
        self.faults += other.faults


class _Fault(Exception):  # noqa: N818 - becomes the middle of a UserError's sentence
    """What is wrong with one rule, in words that fit after its id."""


def load_rules(*folders: Path) -> RuleBase:
    """Read every rule file of these folders; a later folder, the school's own, wins by id."""
    base = RuleBase()
    for folder in folders:
        found = [read_rule_file(path) for path in sorted(folder.glob("*.toml"))]
        for read, is_whole in sorted(found, key=lambda one: one[0].order):
            base.take(read, is_whole=is_whole)
    return base


def read_rule_file(path: Path) -> tuple[RuleBase, bool]:
    """Read one file; return its rules and whether it stands in the place of the whole base."""
    base = RuleBase()
    try:
        if path.stat().st_size > _LARGEST:
            raise _Fault("文件太大，不像规则文件")
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        base.faults.append(_sentence(path, "", "读不出来，或者没有存成UTF-8编码"))
        return base, False
    except _Fault as fault:
        base.faults.append(_sentence(path, "", str(fault)))
        return base, False
    head, blocks = _parse(path, text, base.faults)
    is_whole = _read_head(path, head, base)
    for raw in blocks:
        rule = _read_rule(path, raw, head, base.faults)
        if rule is None:
            continue
        if rule.id in base.rules:
            base.faults.append(_sentence(path, rule.id, "这个编号写了两遍，后一条没有用"))
        else:
            base.rules[rule.id] = rule
    return base, is_whole and bool(base.rules)


def _parse(
    path: Path, text: str, faults: list[UserError]
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the head and the rules as they were written, reading rule by rule if one is broken."""
    try:
        whole = read_toml(text)
    except tomllib.TOMLDecodeError:
        pass
    else:
        return whole, _rules_in(path, whole, faults)
    head: dict[str, Any] = {}
    blocks: list[dict[str, Any]] = []
    for start, part in _parts(text):
        try:
            read = read_toml(part)
        except tomllib.TOMLDecodeError as error:
            at = _AT_LINE.search(str(error))
            line = start + int(at[1]) if at else start + 1
            named = re.search(r'^\s*id\s*=\s*"([^"]+)"', part, re.M)
            faults.append(_sentence(path, named[1] if named else "", f"第{line}行的写法不对"))
            continue
        blocks += _rules_in(path, read, faults)
        head |= read
    return head, blocks


def _rules_in(path: Path, read: Mapping[str, Any], faults: list[UserError]) -> list[dict[str, Any]]:
    found = read.get("rule", [])
    if isinstance(found, list) and all(isinstance(one, dict) for one in found):
        return found
    faults.append(_sentence(path, "", "rule要写成[[rule]]"))
    return []


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Cut a file before each [[rule]]; yield how many lines stand above each part."""
    starts = [0, *(found.start() for found in _BLOCK.finditer(text)), len(text)]
    for begin, end in pairwise(starts):
        yield text.count("\n", 0, begin), text[begin:end]


def _read_head(path: Path, head: Mapping[str, Any], base: RuleBase) -> bool:
    for key in head:
        if key not in _HEAD:
            base.faults.append(
                _sentence(path, "", f"有不认识的“{key}”，能用的是：{_listed(_HEAD)}")
            )
    as_of = head.get("as_of")
    if type(as_of) is date:  # a moment is a date too, and cannot be compared with one
        base.as_of = as_of
    elif as_of is not None:
        said = f"as_of写了“{as_of}”，要写日期，如 2025-04-19"
        base.faults.append(_sentence(path, "", said))
    order = head.get("order", _LAST)
    if isinstance(order, int) and not isinstance(order, bool):
        base.order = order
    else:
        base.faults.append(_sentence(path, "", f"order写了“{order}”，要写整数"))
    return head.get("whole") is True


def _read_rule(
    path: Path, raw: Mapping[str, Any], head: Mapping[str, Any], faults: list[UserError]
) -> Rule | None:
    name = raw.get("id") if isinstance(raw.get("id"), str) else ""
    try:
        return _checked({"field": head.get("field", "其他"), **raw})
    except _Fault as fault:
        faults.append(_sentence(path, str(name), str(fault)))
    return None


def _checked(raw: Mapping[str, Any]) -> Rule:
    if missing := [key for key in _NEEDED if raw.get(key) in (None, "")]:
        raise _Fault(f"缺少{_listed(missing)}")
    if strange := [key for key in raw if key not in _KEYS]:
        raise _Fault(f"有不认识的“{strange[0]}”，能用的是：{_listed(_KEYS)}")
    values = dict(raw)
    for key, value in raw.items():
        values[key] = _value(key, value)
    rule = Rule(**values)
    for key in values:
        if key in PARAMS and key not in params_of(rule):
            raise _Fault(f"的{key}和rhythm = “{rule.rhythm}”不能一起用")
    if rule.rhythm is Rhythm.SEASON and not (rule.season_from and rule.season_to):
        raise _Fault("缺少season_from、season_to")
    if rule.is_owed and not rule.evidence:
        raise _Fault(f"缺少evidence，能用的是：{_listed(EVIDENCE)}")
    return rule


def _value(key: str, value: Any) -> Any:
    if key in PARAMS:
        if not PARAMS[key].takes(value):
            raise _Fault(f"的{key}写了“{value}”，能用的是：{PARAMS[key].allowed}")
        return value
    if key in _LISTS:
        return _several(key, value)
    if key == "rhythm":
        return Rhythm(_one_of(key, value, tuple(Rhythm)))
    if key == "evidence" and not _is_ledger(value):
        return _one_of(key, value, EVIDENCE)
    if key in ("is_on", "sums_up"):
        return _one_of(key, value, (True, False)) is True
    if key in _TEXTS and not (isinstance(value, str) and value.isprintable()):
        raise _Fault(f"的{key}写了“{value}”，能用的是：一行文字，两边加英文引号")
    return value


def _is_ledger(value: Any) -> bool:
    """Say whether it names the lines of a plain ledger, such as ledger.canteen_dine."""
    return isinstance(value, str) and _LEDGER.fullmatch(value) is not None


def _several(key: str, value: Any) -> tuple[str, ...]:
    known = _LISTS[key]
    if key == "also" and isinstance(value, list):
        known = tuple({*known, *(one for one in value if _is_ledger(one))})
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise _Fault(f'的{key}写了“{value}”，要写成一串文字，如 {key} = ["一", "二"]')
    if strange := [one for one in value if known and one not in known]:
        raise _Fault(f"的{key}写了“{strange[0]}”，能用的是：{_listed(known)}")
    return tuple(value)


def _one_of(key: str, value: Any, known: Sequence[Any]) -> Any:
    if value not in known or (isinstance(value, int) and not isinstance(value, bool)):
        words = ["true", "false"] if known == (True, False) else known
        raise _Fault(f"的{key}写了“{value}”，能用的是：{_listed(words)}")
    return value


def _listed(words: Sequence[Any]) -> str:
    return "、".join(str(word) for word in words)


def _sentence(path: Path, rule: str, fault: str) -> UserError:
    where = f"{rule}这一条" if rule else ""
    return UserError(
        f"规则文件“{path.name}”{where and '里'}{where}{fault}。",
        safe="其他规则照常使用，登记过的东西没有改动。",
        do="请改好这个文件再重开软件，或者在“今日 · 规则”里换一份规则库。",
    )
