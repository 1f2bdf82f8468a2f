"""The register of risk points: the risk list, the duty list, and the hazards found at each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypedDict, Unpack

from sqlalchemy import select

from app.core.errors import UserError
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.hazards.records import Hazard
from app.hazards.risks import rules
from app.hazards.risks.records import Risk

SCHEME_SETTING = "risks.scheme"
KEYS = (
    "number", "name", "area", "place", "where", "kind", "what", "accidents", "grade",
    "grade_text", "colour", "measures", "level", "department", "owner", "frequency", "updated_on",
    "open_hazards",
)  # fmt: skip
_LABELS = {
    "name": "风险点", "area": "所在区域", "place": "具体部位", "kind": "类别", "what": "风险描述",
    "accidents": "可能事故", "grade": "等级", "measures": "管控措施", "level": "管控层级",
    "department": "责任部门", "owner": "责任人", "frequency": "检查频次", "updated_on": "更新日期",
}  # fmt: skip


class RiskFacts(TypedDict, total=False):
    """What may be said about a risk point."""

    name: str
    area: str | None
    place: str | None
    kind: str
    what: str
    accidents: str | None
    grade: str
    measures: str | None
    level: str | None
    department: str | None
    owner: str | None
    frequency: str | None
    updated_on: date | None


class RiskRegister:
    """The school's risk points; their numbers run FX-2026-0001."""

    def __init__(self, store: Store, today: Callable[[], date] = date.today) -> None:
        self.store = store
        self.today = today
        self.views: dict[str, View] = {"list": self._list, "duty": self._duty}

    def enter(self, **said: Unpack[RiskFacts]) -> Risk:
        """Enter a risk point; it counts as looked at today unless another day is given.

        Raises:
            UserError: something it cannot do without is missing, or the day cannot be.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        rules.check(said, self.today())
        said["updated_on"] = said.get("updated_on") or self.today()
        with self.store.change("登记风险点") as session:
            risk = Risk(number=self.store.number("FX", self.today().year), **said)
            session.add(risk)
        return risk

    def correct(self, uid: str, *, seen: int | None = None, **said: Unpack[RiskFacts]) -> None:
        """Put right or bring up to date what is known of a risk point.

        Raises:
            UserError: something it cannot do without would be missing, or the day cannot be.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        with self.store.change("更新风险点") as session, session.no_autoflush:
            risk = self.store.get(Risk, uid)
            check_unchanged(self.store, risk, seen, name=risk.number, labels=_LABELS)
            for key, value in said.items():
                setattr(risk, key, value)
            risk.updated_on = risk.updated_on or self.today()
            facts = {key: getattr(risk, key) for key in RiskFacts.__annotations__}
            rules.check(facts, self.today())

    def void(self, uid: str, reason: str) -> None:
        """Take a risk point off the list; hazards keep its number."""
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        self.store.void(uid, reason, "作废风险点")

    def choose_scheme(self, scheme: str) -> None:
        """Let new grades be chosen from this scheme; grades already given stay.

        Raises:
            UserError: there is no such scheme.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        if scheme not in rules.SCHEMES:
            raise UserError(f"没有“{scheme}”这种分级。", do=f"可以用：{'、'.join(rules.SCHEMES)}。")
        Settings(self.store).put({SCHEME_SETTING: scheme}, "改风险分级")

    def scheme(self) -> str:
        """Return which scheme of grades the school uses."""
        return str(Settings(self.store).get(SCHEME_SETTING) or rules.USUAL_SCHEME)

    def get(self, uid: str) -> Risk:
        """Return one risk point."""
        return self.store.get(Risk, uid)

    def all(self) -> Sequence[Risk]:
        """Return the risk points, the gravest first."""
        with self.store.read() as session:
            found = session.scalars(select(Risk).order_by(Risk.id)).all()
        return sorted(found, key=lambda risk: rules.gravity(risk.grade))

    def named(self, number: str) -> Risk | None:
        """Return the risk point of this number, None if it is 作废 or never was."""
        with self.store.read() as session:
            return session.scalar(select(Risk).where(Risk.number == number))

    def hazards(self, number: str) -> Sequence[Hazard]:
        """Return the hazards found at a risk point, those not closed first, the newest first."""
        with self.store.read() as session:
            found = select(Hazard).where(Hazard.risk == number)
            order = (Hazard.step.is_(None), Hazard.found_on.desc(), Hazard.id.desc())
            return session.scalars(found.order_by(*order)).all()

    def open_hazards(self) -> Counter[str]:
        """Return how many hazards are not closed, by the number of their risk point."""
        wanted = select(Hazard.risk).where(Hazard.risk.is_not(None), Hazard.step.is_not(None))
        with self.store.read() as session:
            return Counter(str(number) for number in session.scalars(wanted))

    def _rows(self) -> list[Row]:
        number_open = self.open_hazards()
        return [_row(risk, number_open[risk.number]) for risk in self.all()]

    def _list(self, where: Filter) -> list[Row]:
        return keep(self._rows(), where, KEYS)

    def _duty(self, where: Filter) -> list[Row]:
        """Return the same rows by who keeps them in hand, from the whole school down."""
        places = {level: place for place, level in enumerate(rules.LEVELS)}
        said = {"signature": None}  # the last column is for the pen
        rows = [row | said | {"level": row["level"] or "没有定层级"} for row in self._rows()]
        rows.sort(key=lambda row: places.get(row["level"], len(places)))
        return keep(rows, where, KEYS)


def _row(risk: Risk, number_open: int) -> Row:
    row: dict[str, Any] = {key: getattr(risk, key, None) for key in KEYS}
    return row | {
        "where": risk.place or risk.area or "",
        "grade_text": rules.grade_text(risk.grade),
        "colour": f"{risk.grade}色　{rules.GRADES.get(risk.grade, '')}风险",
        "open_hazards": number_open,
    }
