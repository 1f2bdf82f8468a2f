"""The protection of personal data: who looked, who agreed, what was given out, what was checked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from app.core.sensitivity import Sensitivity
from app.core.settings import KEEP_IDS, Settings
from app.core.store import Store
from app.core.views import Filter, Row, View, keep
from app.privacy.consents import ConsentBook
from app.privacy.looks import LookBook
from app.privacy.records import DataLeak, DataRelease, GuardianConsent, PrivacyCheck
from app.privacy.releases import ReleaseBook
from app.students import StudentRegister

__all__ = ["DataLeak", "DataRelease", "GuardianConsent", "PrivacyCheck", "PrivacyRegister"]
KEEP_YEARS = 3  # a default: how long data of leavers is kept at most
RELEASE_KEYS = (
    *("released_on", "what", "people", "level", "fields"),
    *("receiver", "purpose", "basis", "given_by"),
)
LOOK_KEYS = ("at", "on", "who", "deed", "what", "name", "class_name")


class PrivacyRegister:
    """What the school does to protect personal data, each part by its own name."""

    def __init__(
        self,
        store: Store,
        students: StudentRegister,
        sensitivity: Sensitivity,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.store = store
        self.today = today
        self.looks = LookBook(store, students, today)
        self.consents = ConsentBook(store, students, today)
        self.releases = ReleaseBook(store, sensitivity, today)
        self._students = students
        self._settings = Settings(store)
        self.views: dict[str, View] = {
            "looks": self._looks,
            "rules": self._rules,
            "releases": self._releases,
        }

    def _looks(self, where: Filter) -> list[Row]:
        return keep((look.row() for look in self.looks.lines()), where, LOOK_KEYS)

    def _releases(self, where: Filter) -> list[Row]:
        return keep(self.releases.rows(), where, RELEASE_KEYS)

    def _rules(self, where: Filter) -> list[Row]:
        """Return what the processing rules say of this very school; no pupil is in it."""
        keeps = self._settings.get(KEEP_IDS)
        row = {
            "pupils": self._students.count(),
            "years": KEEP_YEARS,
            "ids": "只用来核对、加密保存" if keeps else "只用来核对，不保存",
        }
        return keep([row], where, tuple(row))
