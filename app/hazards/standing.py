"""Where a hazard stands and what its days say, on plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from app.hazards.grades import DAYS
from app.hazards.words import STEPS, Grade, Status, Step, Verdict

SOON_DAYS = 7  # a default of ours; no regulation names one
_WAITING = {
    Step.ASSESS: Status.TO_ASSESS,
    Step.REPORT: Status.TO_REPORT,
    Step.WATCH: Status.TO_WATCH,
    Step.ACCEPT: Status.TO_ACCEPT,
    Step.CLOSE: Status.TO_CLOSE,
}


@dataclass(frozen=True)
class Plan:
    """What is to be done about a hazard: nobody sets to work without all three."""

    measures: str | None
    owner: str | None
    due_on: date | None

    def missing(self) -> list[str]:
        """Return the blanks of the plan that are still empty, by their labels."""
        blanks = (("整改措施", self.measures), ("责任人", self.owner), ("整改时限", self.due_on))
        return [name for name, value in blanks if not value]


@dataclass(frozen=True)
class Standing:
    """Where a hazard stands: ``step`` is the one that waits, None once it is closed.

    ``last_on`` is the day of the newest signature, None where none was ever given (旧账).
    """

    step: Step | None
    grade: str
    plan: Plan
    found_on: date
    last_on: date | None = None
    is_shelved: bool = False


@dataclass(frozen=True)
class Signature:
    """One step as somebody wants to sign it; ``skipped`` says 无需."""

    step: Step
    by: str
    on: date
    words: str = ""
    skipped: bool = False
    verdict: Verdict | None = None


def due_on(grade: str, found_on: date, days: Mapping[str, int] = DAYS) -> date:
    """Return the last day a hazard may stay open, where nobody has set another.

    Counted in calendar days from the day it was found, holidays included: a hazard does not
    rest at weekends. The days of each grade are defaults the school can change, no regulation
    names them; a grade of the school's own counts as 一般.

    >>> due_on(Grade.MAJOR, date(2026, 3, 30))
    datetime.date(2026, 4, 2)
    """
    return found_on + timedelta(days=days.get(grade, days[Grade.GENERAL]))


def is_overdue(due: date | None, today: date) -> bool:
    """Say whether unfinished work is past its last day; the last day itself is not late."""
    return due is not None and today > due


def is_soon(due: date | None, today: date, days: int = SOON_DAYS) -> bool:
    """Say whether the last day is today or at most ``days`` away."""
    return due is not None and today <= due <= today + timedelta(days=days)


def status(
    step: Step | None,
    plan: Plan,
    today: date,
    *,
    is_old: bool = False,
    aside: Status | None = None,
) -> Status:
    """Say how a hazard stands; work that only waits for its inspection is no longer late.

    ``aside`` is 挂账 or 退回. What is 挂账 waits for its day to be looked at, not for its due day.
    """
    if step not in (None, Step.ACCEPT, Step.CLOSE) and aside is not Status.SHELVED:
        if is_overdue(plan.due_on, today):
            return Status.LATE
        if is_soon(plan.due_on, today):
            return Status.SOON
    return progress(step, plan, is_old=is_old, aside=aside)


def progress(
    step: Step | None, plan: Plan, *, is_old: bool = False, aside: Status | None = None
) -> Status:
    """Say how far a hazard has come, whatever day it is.

    A hazard from the old ledger (``is_old``) is under way even where its plan was never written.
    """
    if step is None:
        return Status.CLOSED
    if aside is not None:
        return aside
    if step is Step.TREAT:
        return Status.TO_PLAN if plan.missing() and not is_old else Status.IN_WORK
    return _WAITING[step]


def after(signature: Signature) -> Step | None:
    """Return the step that waits once this one is signed; work that failed is done again."""
    if signature.verdict is Verdict.FAILED:
        return Step.TREAT
    place = STEPS.index(signature.step) + 1
    return STEPS[place] if place < len(STEPS) else None


def years(found_on: date, ended_on: date | None, this_year: int) -> range:
    """Return the years whose ledger a hazard stands in; an open one is carried over each January.

    ``ended_on`` is the day it was closed, or ``this_year`` counts for one that is still open.

    >>> list(years(date(2025, 12, 1), None, 2026))
    [2025, 2026]
    """
    return _from_to(found_on.year, ended_on.year if ended_on else this_year)


@lru_cache(maxsize=256)
def _from_to(first: int, last: int) -> range:
    return range(first, max(first, last) + 1)
