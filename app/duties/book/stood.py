"""The shifts of the roster as the day book needs them: post, hours, and who stands there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from app.core.store import Store
from app.duties.book.shifts import Shift
from app.duties.planning import Cell
from app.duties.posts import PostRegister
from app.duties.register import DutyRegister

_SOURCES = frozenset({"duty_seat", "duty_post", "staff"})
_MOST = 12  # spans kept until something changes


class Stood:
    """The roster as shifts, read once until it changes.

    A post nobody stands makes none, nor one that is out of use by then.
    """

    def __init__(
        self,
        store: Store,
        duties: DutyRegister,
        posts: PostRegister,
        kinds: Callable[[], Mapping[str, str]],
    ) -> None:
        """``kinds`` says what everybody is (教职工, 保安, 家长志愿者), by uid."""
        self._duties, self._posts, self._kinds = duties, posts, kinds
        self._known: dict[tuple[date, date], list[Shift]] = {}
        store.on_change(self._forget)

    def __call__(self, first: date, last: date) -> Sequence[Shift]:
        """Return the shifts of these days, both included, in the order in which they begin."""
        if (first, last) not in self._known:
            if len(self._known) >= _MOST:
                self._known.clear()
            self._known[first, last] = self._read(first, last)
        return self._known[first, last]

    def _read(self, first: date, last: date) -> list[Shift]:
        cells: dict[Cell, list[str]] = {}
        for seat in self._duties.seats.kept(first, last):
            cells.setdefault(seat.cell, []).append(seat.person_uid)
        if not cells:
            return []
        posts = {one.uid: one for one in self._posts.all()}
        people, kinds = self._duties.people(), self._kinds()
        found = []
        for cell, uids in cells.items():
            post = posts.get(cell.post_uid)
            if post is None or (post.in_use_until and post.in_use_until < cell.on):
                continue
            known = [uid for uid in uids if uid in people]
            found.append(
                Shift(
                    cell.on,
                    post.name,
                    post.uid,
                    post.family,
                    post.starts,
                    post.ends,
                    post.heads,
                    tuple(people[uid].name for uid in known),
                    tuple(kinds.get(uid, "") for uid in known),
                )
            )
        return sorted(found, key=lambda one: (one.on, one.starts, posts[one.post_uid].rank))

    def _forget(self, touched: frozenset[str]) -> None:
        if touched & _SOURCES:
            self._known.clear()
