"""Where each table of the data file comes from: the rooms' own views made for the town."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from app.core.settings import Settings
from app.core.town import hide_few
from app.core.views import Row, View
from app.drills import DrillRegister
from app.duties import DutyRegister
from app.handover import fields
from app.handover.parts import Period, TableField
from app.handover.register import Source
from app.handover.shield import shield
from app.hazards import CheckRegister, HazardRegister
from app.ledgers import LedgerRegister
from app.letters import LetterRegister
from app.meetings import EducationRegister, MeetingRegister
from app.people import StaffRegister
from app.students import CareRegister, StudentRegister, TravelRegister

# Not written by anybody: digits in it are no telephone, letters no name.
_NO_WORDS = ("uid", "photos", "phone")
# The ledgers of things and people that are inspected again or hold a certificate; none of pupils.
_CHECKED = (
    *("special_device", "school_bus", "extinguisher", "supplies", "guard_gear", "insurance"),
    *("bus_driver", "guard_staff", "device_operator", "canteen_health"),
)
_BY_MONTH = {"incident": "突发事件", "dispute": "矛盾纠纷"}
_SOON = timedelta(days=30)
_FACTS = tuple(f.name for f in fields.SCHOOL if f.name not in ("students", "staff"))


@dataclass(frozen=True)
class Books:
    """The registers the file is put together from."""

    settings: Settings
    students: StudentRegister
    staff: StaffRegister
    hazards: HazardRegister
    checks: CheckRegister
    drills: DrillRegister
    meetings: MeetingRegister
    education: EducationRegister
    letters: LetterRegister
    care: CareRegister
    travel: TravelRegister
    duties: DutyRegister
    ledgers: LedgerRegister
    # What the reports hand in: the log of them, and the figures they were made of.
    reports: View
    figures: View


def sources(books: Books) -> list[Source]:
    """Return the tables in the order they are written; no text of them names a child."""

    def of(name: str, title: str, columns: tuple[TableField, ...], view: View) -> Source:
        return Source(name, title, columns, partial(_shielded, books, view, columns))

    rooms = [
        of("hazards", "隐患清单", fields.HAZARDS, books.hazards.views["town"]),
        of("checks", "安全检查", fields.CHECKS, books.checks.views["town"]),
        of("drills", "应急演练", fields.DRILLS, books.drills.views["town"]),
        of("meetings", "安全会议", fields.MEETINGS, books.meetings.views["town"]),
        of("education", "安全教育和培训", fields.EDUCATION, books.education.views["town"]),
        of("duty", "假期值班", fields.DUTY, books.duties.views["town"]),
        of("letters", "家长信回收", fields.LETTERS, books.letters.views["town"]),
    ]
    return [
        Source("school", "学校概况", fields.SCHOOL, lambda _period: [_school(books)]),
        Source("classes", "班级人数", fields.CLASSES, lambda _period: _classes(books)),
        *rooms,
        Source("pupils", "学生关注分类人数", fields.PUPILS, lambda _period: _cared_for(books)),
        Source("traffic", "上下学方式人数", fields.TRAFFIC, lambda _period: _traffic(books)),
        Source("incidents", "突发事件件数", fields.COUNTS, partial(_counted, books, "incident")),
        Source("disputes", "矛盾纠纷件数", fields.COUNTS, partial(_counted, books, "dispute")),
        Source("months", "各月件数", fields.MONTHS, partial(_by_month, books)),
        Source("expiries", "检验和有效期", fields.EXPIRIES, lambda _period: _expiring(books)),
        of("reports", "报送材料", fields.REPORTS, books.reports),
        of("figures", "统计指标", fields.FIGURES, books.figures),
    ]


def _shielded(
    books: Books, view: View, columns: tuple[TableField, ...], period: Period
) -> list[Row]:
    """Return the rows of a view with a value for every column, no child named in any text."""
    where = {"first": period.first.isoformat(), "last": period.last.isoformat()}
    rows = view(where)
    named = books.students.family_names()
    if columns is fields.DUTY:  # who stands by may also be a pupil's parent, and stays named
        named -= {one.name for one in books.staff.all()}
    covered = shield(rows, named)
    blank = {column.name: None for column in columns}
    return [
        blank | safe | {key: row[key] for key in _NO_WORDS if key in row}
        for row, safe in zip(rows, covered, strict=True)
    ]


def _school(books: Books) -> Row:
    facts = {name: books.settings.get(f"school.{name}") for name in _FACTS}
    return facts | {"students": books.students.count(), "staff": len(books.staff.all())}


def _classes(books: Books) -> list[Row]:
    return books.students.views["classes"]({})


def _cared_for(books: Books) -> list[Row]:
    return books.care.views["counts"]({})


def _counted(books: Books, ledger: str, period: Period) -> list[Row]:
    """Return how many lines of each kind a ledger has; none at all of one the school does not keep.

    So that 未登记 stays apart from a nought.
    """
    if not books.ledgers.is_used(ledger):
        return []
    days = (period.first, period.last)
    kinds = books.ledgers.form(ledger).field("kind").choices
    counts = [(kind, books.ledgers.count(ledger, *days, kind=kind)) for kind in kinds]
    counts.append(("合计", books.ledgers.count(ledger, *days)))
    return [{"category": kind, "number": number} for kind, number in counts]


def _by_month(books: Books, period: Period) -> list[Row]:
    """Return how many incidents and disputes each month had, up to this one; noughts too.

    Months are told whole. None at all of a ledger the school does not keep.
    """
    whole = period.whole_months()
    last = min(whole.last, books.ledgers.today())
    found: list[Row] = []
    for ledger, title in _BY_MONTH.items():
        first = whole.first
        while books.ledgers.is_used(ledger) and first <= last:
            following = (first + timedelta(days=31)).replace(day=1)
            end = min(last, following - timedelta(days=1))
            number = books.ledgers.count(ledger, first, end)
            found.append({"ledger": title, "month": f"{first:%Y-%m}", "number": number})
            first = following
    return found


def _expiring(books: Books) -> list[Row]:
    """Return how many days of things and certificates are past or near, as of today; no names."""
    today = books.ledgers.today()
    found: dict[tuple[str, str], list[date]] = {}
    for id in (id for id in _CHECKED if id in books.ledgers.forms):
        title = books.ledgers.form(id).title
        for line in books.ledgers.lines(id, opened=True):
            for one in line.expiries():
                found.setdefault((title, one.field.label), []).append(one.on)
    return [
        {
            "ledger": title,
            "what": label,
            "number": len(days),
            "late": sum(day < today for day in days),
            "soon": sum(today <= day <= today + _SOON for day in days),
        }
        for (title, label), days in found.items()
    ]


def _traffic(books: Books) -> list[Row]:
    """Return how many come which way, of the whole school: grades would tell of single children."""
    whole = books.travel.table()[-1:]
    numbers = dict(whole[0].numbers) if whole else {}
    return [{"way": way, "number": number} for way, number in hide_few(numbers)]
