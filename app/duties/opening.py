"""The register of duties opened with the books it stands on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import select

from app.calendar import SchoolCalendar
from app.core.store import WITH_VOID, Store
from app.duties.ground import Ground
from app.duties.people import persons
from app.duties.posts import PostRegister
from app.duties.register import DutyRegister
from app.people import AbsenceRegister, Staff, StaffRegister


def open_duties(
    store: Store,
    staff: StaffRegister,
    absences: AbsenceRegister,
    posts: PostRegister,
    calendar: SchoolCalendar,
    *,
    today: Callable[[], date],
) -> DutyRegister:
    """Return the register of duties over the staff list, their leave, the posts and the days."""

    def left() -> Sequence[Staff]:
        wanted = select(Staff).where(Staff.void_reason.is_not(None)).execution_options(**WITH_VOID)
        with store.read() as session:
            return session.scalars(wanted).all()

    ground = Ground(
        people=lambda: persons(staff.everybody()),
        posts=posts.planning_posts,
        days=calendar.days,
        away=absences.away,
        gone=lambda: persons(left()),
        limits=posts.limits,
    )
    duties = DutyRegister(store, ground, calendar.terms_between, today=today)
    posts.stood = duties.seats.first_at
    posts.followed.append(duties.seats.follow)
    return duties
