"""The facts and targets a school keeps for each school year (学校档案)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.core.calendar import year_name
from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.handover.reports.records import SchoolProfile
from app.handover.reports.sight import demand_sight

COUNTED = "全年累计"  # the part of the form that begins anew each year


class ProfileRegister:
    """The school's facts, one sheet a school year."""

    def __init__(self, store: Store, form: Form | None) -> None:
        self.store, self.form = store, form
        self.views: dict[str, View] = {"list": self._list}

    def keep(self, year: int, facts: Mapping[str, Any], *, seen: int | None = None) -> None:
        """Keep what the school says of itself for a school year; a blank is said by nobody.

        Raises:
            UserError: the role may not, a value cannot be, or somebody changed it meanwhile.

        """
        self.store.sitter.demand(Right.REPORTS)
        if self.form is None:
            raise UserError(
                "学校档案的格式文件用不了。", safe="没有保存。", do="请看“设置”里哪个文件有问题。"
            )
        facts = {key: _exact(value) for key, value in facts.items()}
        self.form.check(facts)
        self._refuse_parts(facts)
        said = {key: _plain(value) for key, value in facts.items() if value not in (None, "")}
        with self.store.change("登记学校档案") as session:
            found = session.scalar(select(SchoolProfile).where(SchoolProfile.year == year))
            if found is None:
                session.add(SchoolProfile(year=year, facts=said))
                return
            check_unchanged(
                self.store, found, seen, name=f"{year_name(year)}的档案", labels={"facts": "内容"}
            )
            found.facts = said

    def _refuse_parts(self, facts: Mapping[str, Any]) -> None:
        wrong = [
            f"“{field.label}”要填整数"
            for field in self._fields()
            if isinstance(value := facts.get(field.key), Decimal) and value != int(value)
        ]
        if wrong:
            raise UserError(f"{'；'.join(wrong)}。", safe="没有保存。", do="请改好再保存。")

    def all(self) -> Sequence[SchoolProfile]:
        """Return the sheet of every school year, the newest first."""
        demand_sight(self.store.sitter)
        with self.store.read() as session:
            newest = select(SchoolProfile).order_by(SchoolProfile.year.desc())
            return session.scalars(newest).all()

    def of(self, year: int) -> SchoolProfile | None:
        """Return the sheet of a school year."""
        with self.store.read() as session:
            return session.scalar(select(SchoolProfile).where(SchoolProfile.year == year))

    def facts_on(self, day: date) -> Mapping[str, Any]:
        """Return what the school says of itself in the school year of a day."""
        found = self.of(school_year(day))
        return found.facts if found else {}

    def values(self, year: int) -> dict[str, Any]:
        """Return the sheet of a school year as its blanks take it; nothing where there is none."""
        found = self.of(year)
        facts = found.facts if found else {}
        kinds = {field.key: field.kind for field in self._fields()}
        return {
            key: Decimal(value) if kinds[key] == "number" else value
            for key, value in facts.items()
            if key in kinds
        }

    def again(self, year: int) -> dict[str, Any]:
        """Return what the year before said that may well hold again: all but what is counted."""
        counted = {field.key for field in self._fields() if field.part == COUNTED}
        return {key: said for key, said in self.values(year - 1).items() if key not in counted}

    def _fields(self) -> Sequence[Field]:
        return self.form.fields if self.form else ()

    def _list(self, where: Filter) -> list[Row]:
        fields = self._fields()
        rows: list[Row] = [
            {"year": year_name(one.year), **{f.key: one.facts.get(f.key) for f in fields}}
            for one in self.all()
        ]
        return keep(rows, where, ("year",))


def school_year(day: date) -> int:
    """Return the autumn in which the school year of a day began.

    >>> school_year(date(2027, 8, 31))
    2026
    """
    return day.year - (day.month < 9)


def _plain(value: Any) -> Any:
    return int(value) if isinstance(value, Decimal) else value


def _exact(value: Any) -> Any:
    """Return a number as a blank gives it; what a program hands in is an int."""
    return Decimal(value) if type(value) is int else value
