"""What a file still lacks before it goes to the town, each with the room where it is put right."""

from __future__ import annotations

from datetime import date

from app.core.views import Row
from app.handover.parts import Period
from app.handover.register import Gap
from app.handover.sources import Books
from app.hazards import Status

_CLOSED = str(Status.CLOSED)
_FIXED = (str(Status.TO_ACCEPT), str(Status.TO_CLOSE))


def gaps(books: Books, period: Period, today: date) -> list[Gap]:
    """Return what is missing in these days as of today, what is overdue first.

    Nothing of it keeps a file from being written: the town is told how it stands.
    """
    where = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    found = [
        *_of_school(books),
        *_of_hazards(_rows(books.hazards.views["town"](where)), today),
        *_of_drills(_rows(books.drills.views["town"](where)), today),
        *_of_letters(_rows(books.letters.views["town"](where)), today),
        *_of_travel(books),
        *_of_books(books, where, period, today),
    ]
    return sorted(found, key=lambda gap: not gap.is_late)


def _rows(rows: list[Row]) -> list[Row]:
    return [row for row in rows if not row["void"]]


def _of_school(books: Books) -> list[Gap]:
    found = []
    if not books.students.count():
        found.append(Gap("名册里还没有学生，班级人数和各类人数都是空的", "students"))
    elif lacks := sum(not row["students"] for row in books.students.views["classes"]({})):
        found.append(Gap(f"有{lacks}个班没有学生", "students"))
    return found


def _of_hazards(rows: list[Row], today: date) -> list[Gap]:
    waiting = [row for row in rows if row["status"] != _CLOSED]
    unfixed = [row for row in waiting if row["status"] not in _FIXED]
    days = [row["look_on"] or row["due_on"] for row in unfixed]  # a shelved one is looked at again
    late = sum(day is not None and day < today for day in days)
    unplanned = sum(row["due_on"] is None or not row["measures"] for row in unfixed)
    unchecked = len(waiting) - len(unfixed)
    found = []
    if late:
        found.append(Gap(f"{late}条隐患过了整改时限还没有改好", "hazards", is_late=True))
    if unplanned:
        found.append(Gap(f"{unplanned}条隐患没有写整改措施或时限", "hazards"))
    if unchecked:
        found.append(Gap(f"{unchecked}条隐患改好了，还没有验收销账", "hazards"))
    return found


def _of_drills(rows: list[Row], today: date) -> list[Gap]:
    late = sum(row["held_on"] is None and row["planned_on"] < today for row in rows)
    return [Gap(f"{late}次演练过了日子还没有登记", "drills", is_late=True)] if late else []


def _of_letters(rows: list[Row], today: date) -> list[Gap]:
    found = []
    for row in rows:
        missing = row["issued"] - row["returned"]
        if missing and row["due_on"] is not None and row["due_on"] < today:
            found.append(Gap(f"“{row['title']}”还差{missing}份回执", "letters", is_late=True))
    return found


def _of_travel(books: Books) -> list[Gap]:
    unsaid = books.travel.due().unsaid
    return [Gap(f"{unsaid}名学生没有登记上下学方式", "travel")] if unsaid else []


def _of_books(books: Books, where: dict[str, str], period: Period, today: date) -> list[Gap]:
    """Name the books without a line in a whole month or more that is under way or over."""
    is_long = (min(period.last, today) - period.first).days >= 28
    asked = (
        ("安全检查", "checks", books.checks.views["town"]),
        ("安全会议", "meetings", books.meetings.views["town"]),
        ("安全教育", "education", books.education.views["town"]),
    )
    return [
        Gap(f"这一段日子里没有登记过{title}", room)
        for title, room, view in asked
        if is_long and not _rows(view(where))
    ]
