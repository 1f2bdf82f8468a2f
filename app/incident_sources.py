"""How the room of incidents stands among the others: its limits, its numbers, its ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.incidents import LEDGER, IncidentRegister, Limits, Phone, fed_lines

if TYPE_CHECKING:
    from app.registers import Registers

ROOM = "突发事件"
_CALL_RULE, _WRITE_RULE = "INC-30/60", "INC-60"
_PHONES = "phone_book"
_ABOVE = ("教育", "村镇")
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
    """Return whom to call: the three national numbers, those above, then the others."""
    known = (
        [
            Phone(line["unit"], line["name"] or "", line["phone"], line["kind"] in _ABOVE)
            for line in house.ledgers.lines(_PHONES)
            if not line.is_closed
        ]
        if _PHONES in house.ledgers.forms
        else []
    )
    return [*_NATIONAL, *sorted(known, key=lambda one: (not one.is_report, one.unit))]
