"""The book of checks: the only door through which a round that was walked comes in."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.core.views import View
from app.hazards.checks.lists import WHOLE_SCHOOL, Checklist, Point
from app.hazards.checks.reading import Found, found_hazards, views
from app.hazards.checks.records import Check, CheckFault
from app.hazards.checks.rules import SOURCES, Fault, Mark, check_faults, check_head, read_marks
from app.hazards.records import Hazard
from app.hazards.register import HazardRegister
from app.hazards.words import Grade


class Entered(NamedTuple):
    """A check that came in, and the hazards it found, in the order of its points."""

    check: Check
    hazards: tuple[Hazard, ...]


class CheckRegister:
    """The checks of one school; their numbers run JC-2026-0001."""

    def __init__(
        self,
        store: Store,
        hazards: HazardRegister,
        checklists: Mapping[str, Checklist],
        today: Callable[[], date] = date.today,
    ) -> None:
        self.store = store
        self.checklists = checklists
        self.today = today
        self._hazards = hazards
        self.views: dict[str, View] = views(store, checklists, today)

    def checklist(self, name: str) -> Checklist:
        """Return the checklist of this id or title.

        Raises:
            UserError: there is none.

        """
        for form in self.checklists.values():
            if name.strip() in (form.id, form.title):
                return form
        known = "、".join(form.title for form in self.checklists.values())
        raise UserError(f"没有叫“{name}”的检查表。", do=f"可以用的是：{known}。")

    def enter(
        self,
        checklist: str,
        *,
        checked_on: date,
        kind: str,
        leader: str,
        inspectors: str,
        results: Mapping[str, str],
        faults: Mapping[str, Fault],
    ) -> Entered:
        """Enter a finished check; each × becomes a hazard in the same change.

        ``results`` has a mark for every point, ``faults`` what is wrong at each ×, by its key.

        Raises:
            UserError: a mark, a name or the words of a fault are missing, or the day cannot be.

        """
        self.store.sitter.demand(Right.REPORT_HAZARDS)
        form = self.checklist(checklist)
        check_head(
            checked_on=checked_on,
            kind=kind,
            leader=leader,
            inspectors=inspectors,
            today=self.today(),
        )
        marks = read_marks(results, form.keys)
        check_faults(marks, faults)
        with self.store.change("录入检查") as session:
            check = Check(
                number=self.store.number("JC", checked_on.year),
                checked_on=checked_on,
                kind=kind,
                checklist=form.id,
                title=form.title,
                area=form.area,
                leader=leader.strip(),
                inspectors=inspectors.strip(),
                points=len(marks),
                faults=list(marks.values()).count(Mark.FAULT),
                results=[_kept(point, marks[point.key]) for point in form.points],
            )
            session.add(check)
            session.flush()
            found = []
            for point in form.points:
                if marks[point.key] is Mark.FAULT:
                    hazard = self._report(form, point, check, faults[point.key])
                    session.add(CheckFault(check_id=check.id, hazard_id=hazard.id, point=point.key))
                    found.append(hazard)
        return Entered(check, tuple(found))

    def void(self, uid: str, reason: str) -> None:
        """Mark a check 作废; its hazards stay in the ledger.

        Raises:
            UserError: no reason is given.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        if not reason.strip():
            raise UserError("作废要选一个原因。", do="请选好原因再作废。")
        self.store.void(uid, reason.strip(), "作废检查")

    def get(self, uid: str) -> Check:
        """Return one check."""
        return self.store.get(Check, uid)

    def all(self) -> Sequence[Check]:
        """Return every check, the newest first."""
        with self.store.read() as session:
            newest = (Check.checked_on.desc(), Check.id.desc())
            return session.scalars(select(Check).order_by(*newest)).all()

    def found(self, uid: str) -> list[Found]:
        """Return the hazards this check found, as they stand today."""
        check = self.get(uid).id
        return found_hazards(self.store, self.today(), check_id=check).get(check, [])

    def _report(self, form: Checklist, point: Point, check: Check, fault: Fault) -> Hazard:
        return self._hazards.report(
            found_on=check.checked_on,
            source=SOURCES[check.kind],
            found_by=check.inspectors,
            category=point.category,
            area=None if form.area == WHOLE_SCHOOL else form.area,
            place=fault["place"].strip(),
            what=fault["what"].strip(),
            grade=fault.get("grade") or Grade.GENERAL,
            owner=(fault.get("owner") or "").strip() or None,
            remark=check.number,
        )


def _kept(point: Point, mark: Mark) -> dict[str, str]:
    return {"key": point.key, "text": point.text, "clause": point.clause, "mark": mark}
