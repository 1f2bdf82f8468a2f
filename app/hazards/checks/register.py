"""The book of checks: the only door through which a round that was walked comes in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import select

from app.core.errors import UserError
from app.core.evidence import Done
from app.core.roles import Right
from app.core.store import Store
from app.core.views import Row, View
from app.hazards.campaigns.records import Campaign
from app.hazards.checks.lists import Checklist, Point
from app.hazards.checks.reading import Found, found_hazards, views
from app.hazards.checks.rechecks import Second, Waiting, newest, recheck, rechecks_of, waiting
from app.hazards.checks.records import Check, CheckFault, Recheck
from app.hazards.checks.rules import SOURCES, Fault, Mark, check_faults, check_head, read_marks
from app.hazards.checks.tally import tally_of
from app.hazards.checks.town import town_rows
from app.hazards.checks.walks import JOINT, LISTED, Walk
from app.hazards.records import Hazard
from app.hazards.sides import FIXED
from app.hazards.words import Side, Verdict

if TYPE_CHECKING:
    from app.hazards.register import HazardRegister


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
        self.hazards = hazards
        self.views: dict[str, View] = views(store, checklists, today)
        self.views["town"] = partial(town_rows, store)

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

    def walk(self, names: str | Sequence[str]) -> Walk:
        """Return what is walked in one go: the checklist of this name, or several in this order.

        Raises:
            UserError: there is none of that name, none at all is named, or one is named twice.

        """
        several = names.split(JOINT) if isinstance(names, str) else names
        lists = tuple(self.checklist(name) for name in several)
        if not lists or len({form.id for form in lists}) < len(lists):
            raise UserError("一次检查里，每张检查表写一遍。", do="请改好检查表再来。")
        return Walk(lists)

    def enter(
        self,
        checklist: str | Sequence[str],
        *,
        checked_on: date,
        kind: str,
        leader: str,
        inspectors: str,
        results: Mapping[str, str],
        faults: Mapping[str, Fault],
        weather: str | None = None,
        campaign: str | None = None,
    ) -> Entered:
        """Enter a finished check; each × becomes a hazard in the same change.

        Several checklists walked in one go are one check. ``results`` has a mark for every point,
        ``faults`` what is wrong at each ×, by its key; ``campaign`` is the uid of the campaign it
        was walked for, to which its hazards belong as well.

        Raises:
            UserError: a mark, a name or the words of a fault are missing, or the day cannot be.

        """
        self.store.sitter.demand(Right.REPORT_HAZARDS)
        walk, today = self.walk(checklist), self.today()
        check_head(
            checked_on=checked_on, kind=kind, leader=leader, inspectors=inspectors, today=today
        )
        marks = read_marks(results, walk.keys)
        check_faults(marks, faults)
        with self.store.change("录入检查") as session:
            check = Check(
                **_walked(walk, marks),
                number=self.store.number("JC", checked_on.year),
                checked_on=checked_on,
                kind=kind,
                leader=leader.strip(),
                inspectors=inspectors.strip(),
                weather=(weather or "").strip() or None,
                campaign_uid=campaign or None,
            )
            session.add(check)
            session.flush()
            wrong = [point for point in walk.points if marks[point.key] is Mark.FAULT]
            found = {one.key: self._report(walk, one, check, faults[one.key]) for one in wrong}
            session.add_all(
                CheckFault(check_id=check.id, hazard_id=hazard.id, point=key)
                for key, hazard in found.items()
            )
        return Entered(check, tuple(found.values()))

    def recheck(
        self,
        uid: str,
        *,
        on: date,
        by: str,
        results: Mapping[str, str],
        notes: Mapping[str, str],
    ) -> Recheck:
        """Enter the second walk over the faults of a check; hazards are told, none is signed.

        ``results`` may leave out what nobody looked at; ``notes`` are what was seen, by point.

        Raises:
            UserError: a mark means nothing, stands at no open fault, or a day or name cannot be.

        """
        self.store.sitter.demand(Right.REPORT_HAZARDS)
        return recheck(
            self.store,
            self.hazards.sides,
            self.get(uid),
            on=on,
            by=by,
            results=results,
            notes=notes,
            today=self.today(),
        )

    def seconds(self, uid: str) -> dict[str, Second]:
        """Return how each fault of a check was found last, by the key of its point."""
        check = self.get(uid).id
        return newest(rechecks_of(self.store, [check]).get(check, []))

    def waiting(self, uid: str) -> list[Waiting]:
        """Return the faults of a check nobody has found put right yet."""
        return waiting(self.get(uid), self.seconds(uid))

    def left(self) -> dict[int, int]:
        """Return how many faults of each check still wait for a 复检 or their 验收, by its id."""
        found, again = found_hazards(self.store, self.today()), rechecks_of(self.store)
        left = {}
        for check in self.all():
            accepted = {one.point for one in found.get(check.id, ()) if one.is_accepted}
            open_ones = waiting(check, newest(again.get(check.id, ())))
            left[check.id] = sum(one.key not in accepted for one in open_ones)
        return left

    def tally(self, uids: Collection[str]) -> Row:
        """Return the numbers of these checks, by kind and by who led them."""
        return tally_of([one for one in self.all() if one.uid in uids], rechecks_of(self.store))

    def evidence(self, hazard: str) -> dict[str, Any]:
        """Return what the newest 复检 of a hazard says for its 验收, which a person still signs."""
        told = [step for step in self.hazards.steps(hazard) if step.step == Side.RECHECK]
        if not told or told[-1].verdict != FIXED:
            return {}
        last = told[-1]
        sheet = (last.facts or {}).get("sheet", "")
        words = f"复检已改好，见检查记录{sheet}。{last.words}"
        by = last.signed_by.split("、")
        return {"by": by, "on": last.signed_on, "verdict": str(Verdict.PASSED), "words": words}

    def campaign_of(self, check: Check) -> str:
        """Return the name of the campaign a check was walked for, or nothing."""
        with self.store.read() as session:
            named = select(Campaign.name).where(Campaign.uid == check.campaign_uid)
            return session.scalar(named) or ""

    def rechecks(self, uid: str) -> Sequence[Recheck]:
        """Return the second walks of a check, the first one first."""
        check = self.get(uid).id
        return rechecks_of(self.store, [check]).get(check, [])

    def named(self, number: str) -> Check:
        """Return the check of this number, as JC-2026-0001.

        Raises:
            UserError: there is none.

        """
        with self.store.read() as session:
            found = session.scalar(select(Check).where(Check.number == number.strip().upper()))
        if found is None:
            raise UserError(f"没有编号是{number}的检查。", do="请看看编号有没有写错。")
        return found

    def void(self, uid: str, reason: str) -> None:
        """Mark a check 作废; its hazards stay in the ledger.

        Raises:
            UserError: no reason is given.

        """
        self.store.sitter.demand(Right.EDIT_HAZARDS)
        self.store.void(uid, reason, "作废检查")

    def get(self, uid: str) -> Check:
        """Return one check."""
        return self.store.get(Check, uid)

    def all(self) -> Sequence[Check]:
        """Return every check, the newest first."""
        with self.store.read() as session:
            newest = (Check.checked_on.desc(), Check.id.desc())
            return session.scalars(select(Check).order_by(*newest)).all()

    def done(self, first: date, last: date) -> list[Done]:
        """Return the checks of these days; their kind names the occasion and each checklist."""
        columns = (Check.checked_on, Check.kind, Check.checklist, Check.uid, Check.title)
        wanted = select(*columns, Check.number).where(Check.checked_on.between(first, last))
        with self.store.read() as session:
            rows = session.execute(wanted.where(Check.void_reason.is_(None))).all()
        return [
            Done(on, "·".join((kind, *lists.split(JOINT))), uid, f"{title} {number}")
            for on, kind, lists, uid, title, number in rows
        ]

    def found(self, uid: str) -> list[Found]:
        """Return the hazards this check found, as they stand today."""
        check = self.get(uid).id
        return found_hazards(self.store, self.today(), check_id=check).get(check, [])

    def _report(self, walk: Walk, point: Point, check: Check, fault: Fault) -> Hazard:
        return self.hazards.report(
            found_on=check.checked_on,
            source=SOURCES[check.kind],
            found_by=check.inspectors,
            category=point.category,
            area=walk.area_of(point.key),
            place=fault["place"].strip(),
            what=fault["what"].strip(),
            grade=fault.get("grade") or self.hazards.grades.scheme().usual,
            owner=(fault.get("owner") or "").strip() or None,
            photos=fault.get("photos") or None,
            remark=check.number,
            campaign_uid=check.campaign_uid,
        )


def _walked(walk: Walk, marks: Mapping[str, Mark]) -> dict[str, Any]:
    """Return what a record keeps of the lists walked and of every mark."""
    return {
        "checklist": walk.id,
        "title": walk.title,
        "area": LISTED.join(walk.areas),
        "points": len(marks),
        "faults": list(marks.values()).count(Mark.FAULT),
        "results": [_kept(walk, point, marks[point.key]) for point in walk.points],
    }


def _kept(walk: Walk, point: Point, mark: Mark) -> dict[str, str]:
    kept = {"key": point.key, "text": point.text, "clause": point.clause, "mark": mark}
    heading = walk.heading(point.key)
    return kept | {"heading": heading} if heading else kept
