"""The papers of the school's rosters, each by its view; and the school's own emergency numbers."""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.duties.papers.contacts import (
    HELPERS,
    LEADERS,
    Contact,
    checked_contacts,
    contact_rows,
    read_contacts,
)
from app.duties.papers.fair import fair_rows, term_words, weights_of
from app.duties.papers.gate import gate_list_rows, gate_rows, patrol_rows
from app.duties.papers.holiday import holiday_rows
from app.duties.papers.month import month_rows
from app.duties.papers.slips import slip_rows
from app.duties.papers.stood import Bearer, Spot, Stood
from app.duties.papers.swaps import SWAP_KEYS, swap_rows
from app.duties.planning import Roster
from app.duties.posts import PostRegister
from app.duties.register import DutyRegister
from app.people import StaffRegister

CONTACTS = "duties.contacts"
SPAN_KEYS = ("month", "first", "last")
_MONTH = re.compile(r"(\d{4})-(\d{1,2})")
_HELP = ("保安", "民警", "社区人员")

Span = tuple[date, date]


class DutyPapers:
    """What is printed of the rosters; without a span it is the month that runs."""

    def __init__(
        self,
        store: Store,
        duties: DutyRegister,
        posts: PostRegister,
        staff: StaffRegister,
        *,
        today: Callable[[], date],
    ) -> None:
        self.store, self.duties, self.today = store, duties, today
        self._posts, self._staff, self._settings = posts, staff, Settings(store)
        self.views: dict[str, View] = {
            "month": self._by_post(month_rows),
            "gate": self._by_post(gate_rows),
            "gate_list": self._by_post(gate_list_rows),
            "patrol": self._by_post(patrol_rows),
            "holiday": self._by_post(holiday_rows),
            "slips": self._slips,
            "fair": self._fair,
            "swaps": lambda where: keep(swap_rows(duties), where, SWAP_KEYS),
            "contacts": lambda where: keep(self._contact_rows(), where, ("group",)),
        }

    def stood(self, first: date, last: date) -> Stood:
        """Return who stands where on these days, with all that papers say of it.

        Raises:
            UserError: the span ends before it begins, or is longer than a school year.

        """
        roster = self.roster(first, last)
        spots = {one.uid: Spot(one.place or "", one.family) for one in self._posts.all()}
        return Stood(roster, spots, self.bearers(), self.duties.people())

    def roster(self, first: date, last: date) -> Roster:
        """Return who stands where on these days.

        Raises:
            UserError: the span ends before it begins, or is longer than a school year.

        """
        return Roster(self.duties.frame(first, last), self.duties.seats.between(first, last))

    def weights(self, first: date, last: date) -> dict[str, float]:
        """Return what a shift of each post of these days weighs at most."""
        ground = self.duties.ground
        return weights_of(ground.posts(first, last), ground.limits())

    def bearers(self) -> dict[str, Bearer]:
        """Return the kind, the office and the phone of everybody."""
        return {
            one.uid: Bearer(one.kind, one.post or "", one.phone or "")
            for one in self._staff.everybody()
        }

    # The school's own numbers

    def contacts(self) -> list[Contact]:
        """Return the school's own lines of the emergency numbers."""
        return read_contacts(self._settings.get(CONTACTS))

    def keep_contacts(self, lines: list[dict[str, str | None]]) -> None:
        """Keep the school's own lines.

        Raises:
            UserError: the role may not, a line has no name, or there are too many.

        """
        self.store.sitter.demand(Right.DUTIES)
        self._settings.put({CONTACTS: checked_contacts(lines)}, "修改应急通讯录")

    def _contact_rows(self) -> list[Row]:
        people = [
            Contact(
                LEADERS if one.is_leader else HELPERS, one.name, one.post or one.kind, one.phone
            )
            for one in self._staff.everybody()
            if one.phone and (one.is_leader or one.kind in _HELP)
        ]
        return contact_rows(people, self.contacts())

    # Views

    def _by_post(self, rows: Callable[[Stood], list[Row]]) -> View:
        def view(where: Filter) -> list[Row]:
            span = span_of(where, self.today())
            keep((), where, (*SPAN_KEYS, "post", "family"))  # names a strange key
            narrowed = _narrow(self.stood(*span), where) if span else None
            return rows(narrowed) if narrowed else []

        return view

    def _slips(self, where: Filter) -> list[Row]:
        span = span_of(where, self.today())
        rest = {key: said for key, said in where.items() if key not in SPAN_KEYS}
        return keep(slip_rows(self.stood(*span)) if span else [], rest, ("person",))

    def _fair(self, where: Filter) -> list[Row]:
        span = span_of(where, self.today())
        rest = {key: said for key, said in where.items() if key not in SPAN_KEYS}
        if span is None:
            return []
        names = {uid: one.name for uid, one in self.duties.people().items()}
        rows = fair_rows(self.duties.fairness(*span), names, term_words(*span), self.weights(*span))
        return keep(rows, rest, ("person",))


def span_of(where: Mapping[str, str], today: date) -> Span | None:
    """Return the days a filter asks for, the month that runs if none; None for what is no day."""
    if month := where.get("month"):
        found = _MONTH.fullmatch(month.strip())
        return month_of(int(found[1]), int(found[2])) if found else None
    if "first" not in where and "last" not in where:
        return month_of(today.year, today.month)
    try:
        first = date.fromisoformat(where.get("first") or where["last"])
        last = date.fromisoformat(where.get("last") or where["first"])
    except ValueError:
        return None
    return first, last


def month_of(year: int, month: int) -> Span | None:
    """Return the first and last day of a month; None where there is no such month."""
    if not (1950 <= year <= 2100 and 1 <= month <= 12):
        return None
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _narrow(stood: Stood, where: Mapping[str, str]) -> Stood | None:
    """Return the roster of the posts asked for; None where there are none of them."""
    frame = stood.roster.frame
    posts = tuple(
        post
        for post in frame.posts
        if where.get("post", post.name) == post.name
        and where.get("family", stood.spot(post).group) == stood.spot(post).group
    )
    if not posts and ("post" in where or "family" in where):
        return None
    kept = {post.uid for post in posts}
    seats = tuple(seat for seat in stood.roster.seats if seat.cell.post_uid in kept)
    return replace(stood, roster=Roster(replace(frame, posts=posts), seats))
