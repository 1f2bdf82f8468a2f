"""The protection of personal data: who looked, who agreed, what was given out, what was checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.core.forms import Form
from app.core.roles import Right
from app.core.sensitivity import Sensitivity
from app.core.settings import KEEP_IDS, Settings
from app.core.store import Store
from app.core.values import show
from app.core.views import Filter, Row, View, keep
from app.privacy.consents import ConsentBook
from app.privacy.impacts import VIEW_KEYS as IMPACT_KEYS
from app.privacy.impacts import ImpactBook
from app.privacy.leaks import KEYS as LEAK_KEYS
from app.privacy.leaks import LeakBook
from app.privacy.looks import LookBook
from app.privacy.records import DataLeak, DataRelease, GuardianConsent, PrivacyCheck
from app.privacy.releases import ReleaseBook
from app.privacy.rules import Deed
from app.privacy.selfchecks import SelfCheckBook, SelfCheckForm
from app.students import StudentRegister, ThinningDesk, TurnRegister

__all__ = ["DataLeak", "DataRelease", "GuardianConsent", "PrivacyCheck", "PrivacyRegister"]
RELEASE_KEYS = (
    *("released_on", "what", "people", "level", "fields"),
    *("receiver", "purpose", "basis", "given_by"),
)
CHECK_KEYS = ("year", "title", "answered_on", "answered_by", "leader", "conclusion", "answers")
LOOK_KEYS = ("at", "on", "who", "deed", "what", "name", "class_name")


@dataclass(frozen=True)
class PrivacyForms:
    """The blanks of a leak and an impact assessment, the questions of the yearly self-check."""

    leak: Form | None
    checks: Mapping[str, SelfCheckForm]
    impact: Form | None = None


class PrivacyRegister:
    """What the school does to protect personal data, each part by its own name."""

    def __init__(
        self,
        store: Store,
        students: StudentRegister,
        sensitivity: Sensitivity,
        forms: PrivacyForms,
        today: Callable[[], date] = date.today,
    ) -> None:
        self.store = store
        self.today = today
        self.looks = LookBook(store, students, today)
        self.consents = ConsentBook(store, students, today)
        self.releases = ReleaseBook(store, sensitivity, today)
        self.leaks = LeakBook(store, forms.leak, today)
        self.impacts = ImpactBook(store, forms.impact, today)
        self.checks = SelfCheckBook(store, forms.checks, self._facts, today)
        self.thinning = ThinningDesk(TurnRegister(students))
        self._students = students
        self._settings = Settings(store)
        self.views: dict[str, View] = {
            "looks": self._looks,
            "rules": self._rules,
            "releases": self._releases,
            "checks": self._checks,
            "impacts": lambda where: keep(self.impacts.rows(), where, IMPACT_KEYS),
            "leaks": lambda where: keep(self.leaks.rows(), where, (*LEAK_KEYS, "year")),
        }

    def _facts(self) -> dict[str, str]:
        """Return what the school's own records say to the questions of the self-check."""
        today, looks = self.today(), self.looks.lines()
        year = [look for look in looks if look.on > today - timedelta(days=365)]
        seen = Counter(look.deed for look in year)
        said = self.consents.counts()
        given = [line for line in self.releases.all() if (today - line.released_on).days < 365]
        leaks = [leak for leak in self.leaks.all() if (today - leak.found_on).days < 365]
        impacts = self.impacts.all()
        states = "，".join(f"{state}{number}人" for state, number in said.items())
        keeps = self._settings.get(KEEP_IDS)
        printed = seen[Deed.PRINT] + seen[Deed.SAVE]
        still = sum(leak.closed_on is None for leak in leaks)
        return {
            "consents": states or "还没有学生",
            "ids": f"身份证号{'加密保存' if keeps else '只用来核对，不保存'}",
            "looks": f"一年里看保密栏和回执{seen[Deed.LOOK]}次，"
            f"{len({look.who for look in year if look.deed is Deed.LOOK})}人看过",
            "prints": f"一年里打印和存PDF {printed}次",
            "leavers": self._leavers(),
            "releases": f"一年里导出写有学生信息的清单{len(given)}份",
            "impacts": f"做过{len(impacts)}份，最近{show(impacts[0].assessed_on)}"
            if impacts
            else "还没有做过",
            "leaks": f"一年里登记泄露{len(leaks)}次，没有办结的{still}次",
        }

    def _checks(self, where: Filter) -> list[Row]:
        """Return the self-checks; before the first one the questions, to walk round with."""
        rows = self.checks.rows() or [self.checks.blank_row(self.checks.facts())]
        return keep(rows, where, CHECK_KEYS)

    def _leavers(self) -> str:
        """Say how many leavers are kept longer than the school wants; the officer alone knows."""
        years = self.thinning.years()
        kept = f"毕业、转出满{years.keep}年清除，回执证明满{years.proof}年"
        if not self.store.sitter.may(Right.MANAGE):
            return kept
        due = self.thinning.due()
        return f"{kept}；到期还没有清理的{len(due.thin) + len(due.drop)}人"

    def _looks(self, where: Filter) -> list[Row]:
        return keep((look.row() for look in self.looks.lines()), where, LOOK_KEYS)

    def _releases(self, where: Filter) -> list[Row]:
        return keep(self.releases.rows(), where, RELEASE_KEYS)

    def _rules(self, where: Filter) -> list[Row]:
        """Return what the processing rules say of this very school; no pupil is in it."""
        keeps = self._settings.get(KEEP_IDS)
        row = {
            "pupils": self._students.count(),
            "years": self.thinning.years().keep,
            "proof": self.thinning.years().proof,
            "ids": "只用来核对、加密保存" if keeps else "只用来核对，不保存",
        }
        return keep([row], where, tuple(row))
