"""How the room of incidents stands among the others: its limits, its numbers, its ledger."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from app.agenda import Item, When, when_of
from app.core.roles import Right
from app.core.values import show
from app.incidents import LEDGER, Hour, IncidentRegister, Limits, Phone, fed_lines

if TYPE_CHECKING:
    from app.registers import Registers

ROOM = "突发事件"
_CALL_RULE, _WRITE_RULE = "INC-30/60", "INC-60"
_DAILY_RULE = "INC-EPI"
DAILY_BY = time(17, 0)  # 初报后次日起每日17:00前报进程, a default of the rule
_PHONES = "phone_book"
_BASIS = "突发事件应对、保护生命安全"
_HELPERS = ("民警", "社区人员")
_ABOVE = ("教育", "村镇")
CLEAN_UP_DAYS = 30  # a default: how long after the end personal data may wait to be wiped
# Numbers that hold all over the country.
_NATIONAL = (
    Phone("报警", "", "110", False),
    Phone("火警和救援", "", "119", False),
    Phone("急救", "", "120", False),
)


def open_incidents(house: Registers) -> IncidentRegister:
    """Open the register of incidents; the ledger of the same name shows what it keeps."""
    register = IncidentRegister(
        house.store,
        house.forms["incident_hour"],
        now=house.moment,
        limits=lambda: limits(house),
        phones=lambda: phones(house),
        names=house.students.family_names,
    )
    house.ledgers.feeds.add(LEDGER, lambda: fed_lines(house.store), ROOM)
    return register


def limits(house: Registers) -> Limits:
    """Return the minutes the school's rules give, and where they come from."""
    usual = Limits()
    rules = {line.rule.id: line.rule for line in house.rules.lines() if line.is_on}
    call, write = rules.get(_CALL_RULE), rules.get(_WRITE_RULE)
    source = call or write
    return Limits(
        call.number if call and call.number else usual.call_min,
        write.number if write and write.number else usual.write_min,
        source.basis if source else usual.basis,
    )


def phones(house: Registers) -> list[Phone]:
    """Return whom to call: the national numbers, those above, the others, then the people."""
    known = (
        [
            Phone(line["unit"], line["name"] or "", line["phone"], line["kind"] in _ABOVE)
            for line in house.ledgers.lines(_PHONES)
            if not line.is_closed
        ]
        if _PHONES in house.ledgers.forms
        else []
    )
    told = [*_NATIONAL, *sorted(known, key=lambda one: (not one.is_report, one.unit))]
    numbers = {one.number for one in told}
    return [*told, *(one for one in _people(house) if one.number not in numbers)]


def _people(house: Registers) -> list[Phone]:
    """Return who leads the school and who helps from outside, as the list of people has them."""
    wanted = [one for one in house.staff.everybody() if one.is_leader or one.kind in _HELPERS]
    wanted.sort(key=lambda one: not one.is_leader)
    return [Phone(one.post or one.kind, one.name, one.phone, False) for one in wanted if one.phone]


def of_incidents(house: Registers) -> Iterator[Item]:
    """Yield the incidents that still want something: a report, an end, a clean-up."""
    register, today = house.incidents, house.today()
    if not register.store.sitter.may(Right.INCIDENTS):
        return
    for running in register.open_ones():
        yield _of_running(register.hour(running.uid), house)
    for task, incident in register.tasks.owed():
        what = f"善后：{task.what}"
        why = f"{incident.number} · {task.owner}，最迟{show(task.due_on)}"
        when = when_of(task.due_on, today)
        yield Item(when, what, why, task.due_on, "ledgers", incident.uid, "去办")
    if not register.store.sitter.may(Right.PRIVACY):
        return
    for one in register.aftermath.without_persons():
        if one.closed_on is not None:
            due = one.closed_on + timedelta(days=CLEAN_UP_DAYS)
            what = f"突发事件{one.number}：清除姓名等个人信息，或写明留存理由"
            why = f"突发事件应对法第84、85条；办结后{CLEAN_UP_DAYS}日是默认的"
            yield Item(when_of(due, today), what, why, due, "ledgers", one.uid, "去办")


def _of_running(hour: Hour, house: Registers) -> Item:
    """Return what the next step of an incident is that is not over."""
    uid, number, today = hour.incident.uid, hour.incident.number, house.today()
    if not hour.reports:
        what, due = "突发事件：书面报告还没有登记报出", hour.written.due_at
        when = When.SOON if due.date() >= today else When.LATE
        why = f"{number} · 伤亡有变化的，{supplement(hour)}"
        return Item(when, what, why, due.date(), "ledgers", uid, "去办")
    if _owes_todays_report(hour, house):
        by = datetime.combine(today, DAILY_BY)
        when = When.LATE if house.moment() > by else When.SOON
        why = f"{number} · 初报后次日起每天{by:%H:%M}前报进程；疾控另有要求的从其要求"
        what = "突发事件：传染病今天的进程还没有续报"
        return Item(when, what, why, today, "ledgers", uid, "去办", due_at=by)
    what = "突发事件：接着处置、续报，办结后点“办结”"
    why = f"{number} · 伤亡有变化的，{supplement(hour)}"
    return Item(When.SOON, what, why, today, "ledgers", uid, "去办")


def _owes_todays_report(hour: Hour, house: Registers) -> bool:
    """Say whether an outbreak goes on of which nothing was reported today, from the next day on."""
    is_asked = any(line.rule.id == _DAILY_RULE and line.is_on for line in house.rules.lines())
    is_outbreak = hour.known.get("kind") == "传染病"
    return is_asked and is_outbreak and hour.reports[-1].sent_at.date() < house.today()


def supplement(hour: Hour) -> str:
    """Say until when changed casualties are reported again: 30 days, 7 for traffic and fire."""
    last = hour.supplement_until()
    return f"{show(last)}前补报（国务院令第493号第13条）"


def case_of(hour: Hour) -> dict[str, Any]:
    """Return what an incident says of its own sealed file; which blanks of whom stays to choose."""
    said = [str(word) for key in ("kind", "place") if (word := hour.known.get(key))]
    last = hour.reports[-1].recipient if hour.reports else hour.known.get("recipient")
    title = f"突发事件 {hour.incident.number}"
    return {
        "title": f"{title}：{'，'.join(said)}" if said else title,
        "pupils": list(hour.known.get("pupils") or ()) or None,
        "receiver": last or None,
        "purpose": "突发事件的处置和书面报告",
        "basis": _BASIS,
    }
