"""What the command about what is due does."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from typing import Any

from app.agenda import Item, Turn, often
from app.command_words import Add
from app.commands import open_house
from app.hazards.stepping import read_on
from app.house import House


def agenda(options: Namespace) -> list[dict[str, Any]]:
    """Say what is due today or on another day; of one rule, every turn of its school year.

    Raises:
        UserError: the day cannot be read, or there is no such rule.

    """
    with open_house(options) as (opened, _desk):
        on = read_on(options.on) if options.on else opened.today()
        house = opened
        if options.on:
            house = House(opened.store, _desk.paths, today=lambda: on)
        if options.rule:
            return _turns(house, options.rule, on)
        return [_line(item) for item in house.agenda.items()]


def _turns(house: House, rule: str, on: date) -> list[dict[str, Any]]:
    first = date(on.year - (on.month < 9), 9, 1)
    last = date(first.year + 1, 8, 31)
    line = house.rules.line(rule)
    turns = house.dues.turns(first, last, [line])[rule]
    return [_turn(turn, line.is_on and line.fits) for turn in turns]


def _turn(turn: Turn, counts: bool) -> dict[str, Any]:
    standing = turn.standing
    said = "，".join(one.what for one in (*turn.done, *turn.planned)) or standing.reason
    asked = f"{often(standing.rule)}，最迟{standing.period.due_text}"
    return {
        "rule": standing.rule.id,
        "title": f"{standing.period.name}{standing.rule.title}",
        "due_at": standing.period.due_at.isoformat(timespec="minutes"),
        "state": str(standing.state) if counts else "关闭",
        "why": "，".join(filter(None, (said or asked, standing.late_by))),
        "basis": standing.rule.basis,
    }


def _line(item: Item) -> dict[str, Any]:
    due = item.due_at.isoformat(timespec="minutes") if item.due_at else f"{item.due_on}T23:59"
    return {
        "rule": item.rule,
        "title": item.what,
        "due_at": due,
        "state": str(item.when),
        "why": item.why,
        "basis": item.basis,
    }


def words(add: Add) -> None:
    """Add what these commands are called."""
    to_agenda = add("agenda", agenda, "到期和逾期的事")
    to_agenda.add_argument("--on", metavar="DATE", help="按哪一天算，不写就是今天")
    to_agenda.add_argument(
        "--rule", metavar="ID", default="", help="只看这一条规则，一学年的每一期"
    )
