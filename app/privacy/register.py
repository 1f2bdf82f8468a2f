"""The protection of personal data: who looked, who agreed, what was given out, what was checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.privacy.looks import LookBook
from app.privacy.records import DataLeak, DataRelease, GuardianConsent, PrivacyCheck
from app.students import StudentRegister

__all__ = ["DataLeak", "DataRelease", "GuardianConsent", "PrivacyCheck", "PrivacyRegister"]
LOOK_KEYS = ("at", "on", "who", "deed", "what", "name", "class_name")


class PrivacyRegister:
    """What the school does to protect personal data, each part by its own name."""

    def __init__(
        self, store: Store, students: StudentRegister, today: Callable[[], date] = date.today
    ) -> None:
        self.store = store
        self.today = today
        self.looks = LookBook(store, students, today)
        self.views: dict[str, View] = {"looks": self._looks}

    def _looks(self, where: Filter) -> list[Row]:
        return keep((look.row() for look in self.looks.lines()), where, LOOK_KEYS)
