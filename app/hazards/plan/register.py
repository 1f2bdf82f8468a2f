"""The plan of the school (一校一策), filled anew each time from what has been entered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.core.calendar import term_of, year_name
from app.core.settings import Settings
from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.hazards.campaigns.rules import State
from app.hazards.checks.register import CheckRegister
from app.hazards.grades import grade_of
from app.hazards.lines import HazardLine
from app.hazards.places.register import PlaceRegister
from app.hazards.plan.wording import USUAL, PlanWording
from app.hazards.register import HazardRegister
from app.hazards.risks.register import RiskRegister
from app.hazards.risks.rules import grade_text
from app.hazards.surroundings.register import SurroundingRegister
from app.people import Staff, StaffRegister

_HAS = (
    ("has_kindergarten", "附设幼儿园"),
    ("boards", "寄宿生"),
    ("has_canteen", "食堂"),
    ("has_bus", "校车"),
)
_MOST_NAMES = 6
_SCHOOL = ("name", "kind", *(key for key, _ in _HAS))


@dataclass(frozen=True)
class Books:
    """Where a plan takes its facts from."""

    hazards: HazardRegister
    risks: RiskRegister
    places: PlaceRegister
    surroundings: SurroundingRegister
    checks: CheckRegister
    staff: StaffRegister


class PlanRegister:
    """The plan of one school; nothing of it is kept, so it always says what is so today."""

    def __init__(
        self,
        store: Store,
        books: Books,
        wordings: Mapping[str, PlanWording],
        *,
        pupils: Callable[[], int],
        today: Callable[[], date] = date.today,
    ) -> None:
        """``pupils`` says how many pupils there are."""
        self.store = store
        self.today = today
        self._books, self._wordings, self._pupils = books, wordings, pupils
        self.views: dict[str, View] = {"school": self._view}

    def row(self) -> Row:
        """Return the plan as its paper needs it."""
        settings, today = Settings(self.store), self.today()
        school = {key: settings.get(f"school.{key}") for key in _SCHOOL}
        wording = self._wordings[USUAL]
        lines = [line for line in self._books.hazards.lines() if line.is_open]
        year = settings.get("school.year") or term_of(today).year
        risks = self._books.risks.views["list"]({})
        return {
            "period": year_name(year),
            "as_of": today,
            "kind": school["kind"],
            "pupils": self._pupils(),
            "staff": len(self._books.staff.all()),
            **{key: bool(school[key]) for key, _ in _HAS},
            "situation": _situation(school, risks, lines, today),
            "duties": _duties(wording, self._books.staff.all()),
            "key_places": self._key_places(lines),
            "risks": [_risk(row) for row in risks]
            or _nothing("name", "还没有登记风险点，请先到“风险”登记。"),
            "hazards": _hazards(lines, self._measures(), today)
            or _nothing("what", "现在没有未销账的隐患。"),
            "measures": [
                {"title": one.title, "text": one.text, "owner": one.owner}
                for one in wording.fields
                if one.is_for(school)
            ],
            "around": self._around() or _nothing("name", "还没有登记周边场所和问题。"),
            "campaigns": self._campaigns() or _nothing("name", "现在没有正在开展的专项行动。"),
            "checks": self._checks(),
        }

    def _view(self, where: Filter) -> list[Row]:
        keep((), where, ())
        return [self.row()]

    def _measures(self) -> dict[str, str | None]:
        """Return what is done about each open hazard."""
        rows = self._books.hazards.views["self_check"]({})
        return {row["uid"]: row["measures"] for row in rows}

    def _key_places(self, lines: Sequence[HazardLine]) -> list[Row]:
        still = Counter(line.place for line in lines)
        found = [
            {
                "name": place.name,
                "area": place.area,
                "keeper": place.keeper,
                "open": f"{still[place.name]}条" if still[place.name] else "没有",
            }
            for place in self._books.places.all()
            if place.is_key
        ]
        return found or _nothing("name", "还没有标出重点部位，请先到“部位”标出。")

    def _around(self) -> list[Row]:
        rows = self._books.surroundings.views["list"]({})
        return [
            {
                "ring": row["ring"],
                "name": f"{row['kind']}：{row['name']}",
                "what": row["what"] or "",
                "status": "，".join(filter(None, (row["status"], row["department"]))),
            }
            for row in rows
            if not row["closed_on"]
        ]

    def _campaigns(self) -> list[Row]:
        return [
            {
                "name": line.campaign.name,
                "span": f"{_day(line.campaign.starts_on)}至{_day(line.campaign.ends_on)}",
                "tasks": f"{line.tasks_done}/{len(line.tasks)}" if line.tasks else "",
                "left": f"{line.tally.open}条",
            }
            for line in self._books.hazards.campaigns.lines()
            if line.state is State.RUNNING
        ]

    def _checks(self) -> list[Row]:
        """Return the checklists used this school year with their rounds; all, if none was."""
        begun = date(term_of(self.today()).year, 8, 1)
        rounds: dict[str, list[date]] = {}
        for check in self._books.checks.all():
            if check.checked_on >= begun:
                rounds.setdefault(check.checklist, []).append(check.checked_on)
        every = self._books.checks.checklists.values()
        used = sorted((f for f in every if f.id in rounds), key=lambda f: -len(rounds[f.id]))
        return [
            {
                "title": form.title,
                "kind": f"每{form.kind}" if len(form.kind) == 1 else form.kind,
                "points": f"{len(form.points)}条",
                "rounds": f"{len(done)}次" if (done := rounds.get(form.id, [])) else "还没有",
                "last_on": max(done) if done else None,
            }
            for form in used or every
        ]


def _situation(
    school: Mapping[str, Any], risks: Sequence[Row], lines: Sequence[HazardLine], today: date
) -> str:
    """Say in a paragraph what the school has, what its risks are and what is still open."""
    has = "、".join(word for key, word in _HAS if school[key])
    without = "、".join(word for key, word in _HAS if not school[key])
    grades = Counter(row["grade_text"] for row in risks)
    still = Counter(line.grade for line in lines)
    late = sum(line.is_late(today) for line in lines)
    parts = [
        f"我校是{school['kind'] or '农村学校'}",
        f"，有{has}" if has else "",
        f"，没有{without}" if without else "",
        "。",
        f"查找出风险点{len(risks)}处（{_counted(grades, '处')}）。" if risks else "",
        f"还没有销账的隐患{len(lines)}条（{_counted(still, '条', _gravest(still))}）"
        if lines
        else "现在没有未销账的隐患",
        f"，其中逾期{late}条" if late else "",
        "。",
    ]
    return "".join(parts)


def _counted(number: Counter[str], unit: str, order: Iterable[str] = ()) -> str:
    return "、".join(f"{word}{number[word]}{unit}" for word in order or number)


def _duties(wording: PlanWording, staff: Sequence[Staff]) -> list[Row]:
    """Return each duty with those whose post it is; who has none stays open for the pen."""
    names: dict[str, list[str]] = {}
    for person in staff:
        fitting = [duty.post for duty in wording.duties if duty.post in (person.post or "")]
        if fitting:
            names.setdefault(max(fitting, key=len), []).append(person.name)
    return [
        {
            "post": _POSTS.get(duty.post, duty.post),
            "text": duty.text,
            "names": _named(names.get(duty.post, [])),
        }
        for duty in wording.duties
    ]


def _named(names: Sequence[str]) -> str:
    return "、".join(names) if len(names) <= _MOST_NAMES else f"{names[0]}等{len(names)}人"


_POSTS = {
    "副校长": "分管副校长",
    "安全": "安全主任（安全员）",
    "总务": "总务主任",
    "值班": "值班人员",
}


def _risk(row: Row) -> Row:
    return {
        "name": "，".join(filter(None, (row["name"], row["what"]))),
        "grade": grade_text(row["grade"]),
        "measures": row["measures"],
        "owner": "、".join(filter(None, (row["owner"], row["level"]))),
    }


def _hazards(
    lines: Sequence[HazardLine], measures: Mapping[str, str | None], today: date
) -> list[Row]:
    """Return what is open by grade, the gravest first; late ones before the others."""
    order = _gravest({line.grade for line in lines})
    rows = sorted(
        lines,
        key=lambda x: (order.index(x.grade), not x.is_late(today), x.next_on or date.max, x.number),
    )
    return [
        {
            "what": f"{line.place}：{line.what}" if line.place else line.what,
            "grade": line.grade,
            "measures": measures.get(line.uid),
            "owner": line.keeper or line.owner,
            "due": _due(line, today),
        }
        for line in rows
    ]


def _due(line: HazardLine, today: date) -> str:
    if line.next_on is None:
        return ""
    return _day(line.next_on) + ("\n（逾期）" if line.is_late(today) else "")


def _gravest(words: Iterable[str]) -> list[str]:
    """Return grades from the gravest on; words of an old ledger's own come last."""

    def place(word: str) -> tuple[int, str]:
        known = grade_of(word)
        return (-known.weight if known else 0, word)

    return sorted(words, key=place)


def _nothing(key: str, words: str) -> list[Row]:
    return [{key: words}]


def _day(day: date) -> str:
    return f"{day.year}-{day.month:02}-{day.day:02}"
