"""What the commands about the calendar do."""

from __future__ import annotations

import argparse
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

from app.calendar import Day, SchoolCalendar
from app.command_words import Add
from app.commands import open_house

_YEARS = (1950, 2100)


def show(options: Namespace) -> dict[str, Any]:
    """Say what the calendar knows of a year: terms, holidays, the school's marks, theme days."""
    with open_house(options) as (house, _desk):
        calendar, year = house.calendar, options.year
        first, last = date(year, 1, 1), date(year, 12, 31)
        notice = calendar.notices.all().get(year)
        return {
            "year": year,
            "confirmed": notice is not None,
            "number": notice.number if notice else "",
            "terms": _terms(calendar, first, last),
            "holidays": [
                {"name": one.name, "from": one.first_on, "to": one.last_on, "work": list(one.work)}
                for one in calendar.notices.blank(year)
            ],
            "marks": [
                {"kind": mark.kind, "from": mark.first_on, "to": mark.last_on, "note": mark.note}
                for mark in calendar.marks(first, last)
            ],
            "themes": [
                {"name": one.name, "from": one.first_on, "to": one.last_on}
                for one in calendar.themes(first, last)
            ],
            "days": [_day(day) for day in calendar.days(first, last)],
        }


def bring_in(options: Namespace) -> dict[str, Any]:
    """Enter the holiday notice of a file, or say what it would change."""
    with open_house(options) as (house, _desk):
        notices = house.calendar.notices
        notice = notices.read_file(options.file)
        changes = (notices.preview if options.dry_run else notices.confirm)(notice)
        return {
            "year": changes.year,
            "number": notice.number,
            "written": not options.dry_run,
            "turned": [
                {"on": turned.now.on, "was": turned.was.kind, "now": turned.now.kind}
                for turned in changes.turned
            ],
            "settled": changes.settled,
            "planned": list(changes.planned),
            "firm": list(changes.firm),
        }


def _terms(calendar: SchoolCalendar, first: date, last: date) -> list[dict[str, Any]]:
    return [
        {
            "code": days.term.code,
            "begins_on": days.begins_on,
            "ends_on": days.ends_on,
            "weeks": days.weeks,
            "provisional": days.provisional,
        }
        for days in calendar.terms_between(first, last)
    ]


def _day(day: Day) -> dict[str, Any]:
    return {
        "on": day.on,
        "kind": day.kind,
        "note": day.note,
        "provisional": day.provisional,
        "week": day.week,
        "lunar": day.lunar,
        "solar_term": day.solar_term,
        "themes": list(day.themes),
    }


def words(add: Add) -> None:
    """Add what these commands are called."""
    calendar = add("calendar", None, "校历：学期、放假、主题日")
    acts = calendar.add_subparsers(dest="act", required=True, metavar="show|import")
    to_show = acts.add_parser("show", help="一年里每天是什么日子")
    to_show.add_argument("year", type=_year, metavar="YEAR")
    to_show.set_defaults(work=show)
    to_bring_in = acts.add_parser("import", help="从一个文件录入一年的放假通知")
    to_bring_in.add_argument("file", type=Path, metavar="FILE.toml")
    to_bring_in.add_argument("--dry-run", action="store_true", help="只看会变什么，不写入")
    to_bring_in.set_defaults(work=bring_in)


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and _YEARS[0] <= int(text) <= _YEARS[1]):
        raise argparse.ArgumentTypeError(f"年份写成 {_YEARS[0]} 到 {_YEARS[1]}")
    return int(text)
