"""What the papers about an incident print: the phone sheet, the log, the written reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from app.core.values import show
from app.core.views import Row
from app.incidents.drafts import unpack
from app.incidents.receipts import Receipts
from app.incidents.records import IncidentReport
from app.incidents.register import IncidentRegister
from app.incidents.rules import UNKNOWN, Turn, points
from app.incidents.standing import Hour, Phone

PHONE_PAPER, REPORT_PAPER = "incident_phone", "incident_report"
FURTHER_PAPER = "incident_further"
_LINES_OF_LOG, _MOST_NUMBERS = 5, 16
_CLEANED = "处置已结束，有关人员的信息已按规定清除。"


def phone_rows(register: IncidentRegister, hour: Hour) -> list[Row]:
    """Return the phone sheet: both times, whom to call, what to say, who answered."""
    incident = hour.incident
    said = points(register.shown(hour))
    calls = [
        {
            "called_at": f"{one.called_at:%H:%M}",
            "unit": one.unit,
            "answered_by": one.answered_by or "",
            "answer": one.answer or "",
            "caller": one.caller,
        }
        for one in hour.calls
    ]
    spare = max(0, _LINES_OF_LOG - len(calls))
    calls += [dict.fromkeys(("called_at", "unit", "answered_by", "answer", "caller"), "")] * spare
    return [
        {
            "number": incident.number,
            "known_at": show(incident.known_at),
            "call_by": _by(hour.called.due_at, hour.called.done_at),
            "write_by": _by(hour.written.due_at, hour.written.done_at),
            "points": [{"point": word, "said": words} for word, words in said],
            "numbers": _numbers(register.phones()),
            "calls": calls,
            "basis": register.limits().basis,
        }
    ]


def report_rows(
    register: IncidentRegister,
    hour: Hour,
    receipts: Receipts,
    report: IncidentReport | None = None,
    *,
    school: str = "",
) -> list[Row]:
    """Return a written report, as it went out or, without one, as it would go out now."""
    sealed = {field.key for field in register.form.fields if field.sensitive >= 3}
    kept = {key: value for key, value in hour.known.items() if key in sealed}
    known = unpack(register.form, report.words) | kept if report is not None else hour.known
    frozen = Hour(hour.incident, known, hour.calls, hour.reports)
    words = register.shown(frozen)
    kind = Turn(report.kind) if report is not None else Turn.FIRST
    turn = report.turn if report is not None else 1
    return [
        {
            "number": hour.incident.number,
            "headline": _headline(words, kind, turn),
            "recipient": (report.recipient if report else words["recipient"]) or "上级主管部门",
            "unit": school,
            "when": _when(hour, words),
            "where": "，".join(filter(None, (words["site"], words["place"]))) or UNKNOWN,
            "what": _sentence(report.body if report and report.body else words["what"]),
            "casualties": _sentence(words["casualties"]),
            "persons": _persons(register, hour, words),
            "cause": _sentence(words["cause"]),
            "measures": _sentence(words["measures"]),
            "calls": _calls(hour),
            "loss": f"{words['loss']}元。" if words["loss"] else "正在估计。",
            "others": _others(words),
            "attachments": _attachments(known, receipts),
            "contact": _contact(words),
            "signer": (report.signer if report else words["signer"]) or "　　　　",
            "late": _late(hour, report, register.now()),
            "before": _before(hour),
            "dated": _dated(report.sent_at if report else register.now()),
        }
    ]


def _numbers(phones: Sequence[Phone]) -> list[Row]:
    """Return the first numbers, two beside each other; more would push the sheet overleaf."""
    said = [(f"{one.unit}　{one.name}".strip(), one.number) for one in phones[:_MOST_NUMBERS]]
    said += [("", "")] * (len(said) % 2)
    return [
        {"unit": left[0], "phone": left[1], "unit2": right[0], "phone2": right[1]}
        for left, right in zip(said[::2], said[1::2], strict=True)
    ]


def _headline(words: Mapping[str, str], kind: Turn, turn: int) -> str:
    what = f"{words['kind']}事件" if words["kind"] else "突发事件"
    again = f"（{kind}{turn - 1}）" if kind is Turn.FURTHER else f"（{kind}）"
    return f"关于{what}的报告{again}"


def _when(hour: Hour, words: Mapping[str, str]) -> str:
    happened = words["happened_at"] or UNKNOWN
    return f"发生时间{happened}，我校知悉时间{show(hour.incident.known_at)}"


def _sentence(text: str | None) -> str:
    said = (text or "").strip()
    if not said:
        return f"{UNKNOWN}，查清后续报。"
    return said if said[-1] in "。！？；" else f"{said}。"


def _persons(register: IncidentRegister, hour: Hour, words: Mapping[str, str]) -> str:
    if hour.incident.cleaned_on is not None:
        return _CLEANED
    if not register.may_see_persons():
        return "另附。"
    said = "；".join(filter(None, (words["pupils"], words["persons"], words["families"])))
    return _sentence(said)


def _calls(hour: Hour) -> str:
    told = [one for one in hour.calls if one.is_report]
    if not told:
        return "还没有电话报告的记录。"
    first = told[0]
    late = hour.called.late_min(first.called_at)
    who = f"（接听：{first.answered_by}）" if first.answered_by else ""
    over = f"，超过规定时限{late}分钟" if late else ""
    return f"{first.called_at:%H:%M}由{first.caller}电话报告{first.unit}{who}{over}。"


def _others(words: Mapping[str, str]) -> str:
    parts = [
        f"舆情：{words['opinion']}" if words["opinion"] else "",
        f"需要协调和支援：{words['asked_above']}" if words["asked_above"] else "",
    ]
    return _sentence("；".join(filter(None, parts)) or "没有其他需要报告的情况")


def _attachments(known: Mapping[str, Any], receipts: Receipts) -> str:
    named = list(known.get("attachments") or ())
    said = [f"{number}. {word}" for number, word in enumerate(named, start=1)]
    said += [f"{number}. {word}" for number, word in enumerate(receipts.said, len(named) + 1)]
    return "　".join(said) or "无。"


def _contact(words: Mapping[str, str]) -> str:
    return "　".join(filter(None, (words["contact"], words["phone"]))) or "　　　　"


def _late(hour: Hour, report: IncidentReport | None, now: datetime) -> str:
    late = hour.written.late_min(report.sent_at if report else now)
    limit = hour.incident.write_within_min
    if late:
        return f"本报告应在知悉后{limit}分钟内报出，实际超过{late}分钟。"
    return f"本报告应在知悉后{limit}分钟内报出。"


def _before(hour: Hour) -> str:
    if not hour.reports:
        return ""
    first = hour.reports[0]
    return f"初报已于{show(first.sent_at)}报出。"


def _by(due: datetime, done: datetime | None) -> str:
    return f"{done:%H:%M} 已报" if done else f"{due:%H:%M} 前"


def _dated(at: datetime) -> str:
    return f"{show(at.date())} {at:%H:%M}"
