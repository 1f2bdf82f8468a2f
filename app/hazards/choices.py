"""What this school has chosen about grades: the scheme, the days, the sums that reach a grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from app.core.settings import DAYS_TO_FIX, GRADE_SCHEME, GRADE_STARTS, Settings
from app.core.store import Store
from app.hazards.grades import DAYS, SCHEMES, USUAL_SCHEME, GradeKind, Method, Scheme


class SchoolGrades:
    """The grades new hazards may have here; those already given stay as they are."""

    def __init__(self, store: Store) -> None:
        self._settings = Settings(store)

    def scheme(self) -> Scheme:
        """Return the scheme the school uses, with its own days and sums."""
        return self.of(str(self._settings.get(GRADE_SCHEME) or USUAL_SCHEME.title))

    def of(self, title: str) -> Scheme:
        """Return a scheme as it would be used here."""
        scheme = SCHEMES.get(title, USUAL_SCHEME)
        days, starts = self.days(), self._settings.get(GRADE_STARTS) or {}
        own = starts.get(scheme.title, {})
        return replace(
            scheme,
            grades=tuple(
                replace(grade, days=days[grade.word], starts=_starts(grade, own))
                for grade in scheme.grades
            ),
        )

    def days(self) -> dict[str, int]:
        """Return how many days a hazard of each grade may take, for the words of every scheme."""
        return dict(DAYS) | (self._settings.get(DAYS_TO_FIX) or {})


def _starts(grade: GradeKind, own: Mapping[str, Mapping[str, str]]) -> Mapping[Method, Decimal]:
    return {
        method: Decimal(own.get(method, {}).get(grade.word, start))
        for method, start in grade.starts.items()
    }
