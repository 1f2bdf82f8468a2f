"""What the command about incidents does: the written report from what a file says."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from app.command_words import Add
from app.commands import open_house
from app.core.errors import UserError
from app.core.files import put
from app.core.forms import Field, Form
from app.core.handwritten import NotJson, read_json
from app.core.roles import Right
from app.core.values import read_moment
from app.house import House

_MOST_BYTES = 1 << 20
_EXAMPLE = '{"known_at": "2026-11-20 15:58", "kind": "溺水", "place": "村东水库"}'
_CALL_KEYS = {"unit", "called_at", "is_report", "answered_by", "answer", "caller"}


def report(options: Namespace) -> dict[str, Any]:
    """Keep the incident a file tells of, with its calls, and write its report as a PDF.

    Raises:
        UserError: the role may not, the file cannot be read, or what it says cannot be; then
            nothing is kept and nothing written.

    """
    if options.out.suffix.lower() != ".pdf":
        raise UserError(f"“{options.out.name}”不是PDF。", do="文件名请用 .pdf 结尾。")
    with open_house(options) as (house, _desk):
        house.store.sitter.demand(Right.INCIDENTS)
        known_at, words, calls = _said(options.file, house)
        incidents = house.incidents
        with house.store.change("突发事件开始计时", undoable=False):
            uid = incidents.begin(known_at=known_at, said=words).uid
            for call in calls:
                incidents.calls.enter(uid, **call)
            incidents.reports.check(incidents.hour(uid))
        printed = house.incident_desk.report(uid)
        put(options.out, printed.data)
        house.incident_desk.left(uid, "存为PDF")
        hour = incidents.hour(uid)
        return {
            "number": hour.incident.number,
            "pages": printed.pages,
            "call_due": hour.called.due_at,
            "called_at": hour.called.done_at,
            "report_due": hour.written.due_at,
            "missing": list(house.incident_desk.receipts.of(hour.known).missing),
        }


def _said(file: Path, house: House) -> tuple[datetime, dict[str, Any], list[dict[str, Any]]]:
    said = _read(file)
    form = house.incidents.form
    fields = {field.key: field for field in form.fields}
    calls = said.pop("calls", [])
    known_at = _moment("知悉时间", said.pop("known_at", None), house)
    if strange := sorted(set(said) - set(fields)):
        raise UserError(
            f"没有“{strange[0]}”这一栏。",
            safe="什么都没有登记。",
            do=f"可以写的有：known_at、calls、{'、'.join(fields)}。",
        )
    words = {key: _value(fields[key], value, house) for key, value in said.items()}
    _refuse_wrong(form, words)
    return known_at, words, [_call(one, house) for one in _list(calls)]


def _read(file: Path) -> dict[str, Any]:
    try:
        said = read_json(file) if file.stat().st_size <= _MOST_BYTES else None
    except OSError as error:
        raise UserError(f"“{file.name}”打不开。", do="请看看文件在不在、名字对不对。") from error
    except NotJson:
        said = None
    if not isinstance(said, dict):
        raise UserError(
            f"“{file.name}”读不出一件突发事件。", safe="什么都没有登记。", do=f"请写成：{_EXAMPLE}"
        )
    return said


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise UserError("“calls”要写成一列电话。", safe="什么都没有登记。", do="一通电话一个{}。")
    return value


def _call(said: Any, house: House) -> dict[str, Any]:
    if not isinstance(said, Mapping) or not set(said) <= _CALL_KEYS or "unit" not in said:
        raise UserError(
            "“calls”里有一通电话读不出来。",
            safe="什么都没有登记。",
            do=f"每通电话写：{'、'.join(sorted(_CALL_KEYS))}。",
        )
    texts = {key: str(said[key]) for key in set(said) - {"called_at", "is_report"}}
    at = _moment("通话时间", said.get("called_at"), house)
    return {**texts, "called_at": at, "is_report": said.get("is_report") is True}


def _value(field: Field, value: Any, house: House) -> Any:
    if field.kind == "moment":
        return _moment(field.label, value, house)
    if field.kind == "number" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return Decimal(str(value))
    return value


def _moment(label: str, value: Any, house: House) -> datetime:
    try:
        return read_moment(str(value).replace("T", " "), house.today())
    except ValueError:
        raise UserError(
            f"“{label}”写的是“{value or '空'}”，不是时间。",
            safe="什么都没有登记。",
            do="请写成 2026-11-20 15:58 这样。",
        ) from None


def _refuse_wrong(form: Form, words: Mapping[str, Any]) -> None:
    if wrong := [why for field in form.fields if (why := field.check(words.get(field.key)))]:
        raise UserError("；".join(wrong) + "。", safe="什么都没有登记。", do="请改好文件再试。")
    if words.get("photos"):
        raise UserError("命令不收照片。", safe="什么都没有登记。", do="照片请在窗口里加。")


def words(add: Add) -> None:
    """Add what these commands are called."""
    incident = add("incident", None, "突发事件的书面报告")
    acts = incident.add_subparsers(dest="act", required=True, metavar="report")
    to_report = acts.add_parser("report", help="登记文件里写的突发事件，写出书面报告，存成 PDF")
    to_report.add_argument("file", type=Path, metavar="FILE.json")
    to_report.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    to_report.set_defaults(work=report)
