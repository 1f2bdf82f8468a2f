"""The signed acts beside the eight steps: 挂账, 退回, 立整立改 and 回头看."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.core.errors import UserError
from app.core.roles import Right
from app.core.values import show
from app.hazards.latest import check_unchanged
from app.hazards.records import Hazard, HazardStep
from app.hazards.side_moves import move
from app.hazards.side_rules import check_at_once, check_place, check_said
from app.hazards.signing import last_on
from app.hazards.words import MAY_SKIP, LookBack, Side, Step

if TYPE_CHECKING:
    from app.hazards.register import HazardRegister

SOURCE = "回头看"
FIXED, NOT_FIXED = "已改好", "没有改好"
AT_ONCE = "立整立改"


class SideActs:
    """What may be done to a hazard beside its steps; every act is signed and kept.

    ``seen`` is the revision a dialog was opened with: where the hazard was changed since, the
    act is refused and the change told.
    """

    def __init__(self, hazards: HazardRegister) -> None:
        self._hazards = hazards
        self._store = hazards.store
        # The meetings that may have decided it: what each is called, its day, what it decided.
        self.meetings: Callable[[], Sequence[tuple[str, date, str]]] = tuple

    def shelve(
        self,
        uid: str,
        *,
        by: str,
        on: date,
        keeper: str | None,
        measures: str | None,
        look_on: date | None,
        met_on: date | None,
        meeting: str | None,
        photos: Sequence[str] | None = None,
        seen: int | None = None,
    ) -> None:
        """Put a hazard on record (挂账) since it cannot be put right for now.

        Raises:
            UserError: one of the five things 挂账 cannot do without is missing, or a day cannot be.

        """
        said = {
            "keeper": keeper,
            "measures": measures,
            "look_on": look_on,
            "met_on": met_on,
            "meeting": meeting,
            "photos": photos,
        }
        self._act(uid, Side.SHELVE, by=by, on=on, words=meeting, said=said, seen=seen)

    def look_again(
        self,
        uid: str,
        *,
        by: str,
        on: date,
        words: str,
        look_on: date,
        photos: Sequence[str] | None = None,
        seen: int | None = None,
    ) -> None:
        """Write down how it was found on its day to be looked at, and when the next one is.

        Raises:
            UserError: it is not 挂账, or a day cannot be.

        """
        said = {"look_on": look_on, "photos": photos}
        self._act(uid, Side.LOOK_AGAIN, by=by, on=on, words=words, said=said, seen=seen)

    def unshelve(
        self,
        uid: str,
        *,
        by: str,
        on: date,
        words: str = "",
        due_on: date | None = None,
        photos: Sequence[str] | None = None,
        seen: int | None = None,
    ) -> None:
        """Take a hazard off the record again; it goes on at the step that waited.

        Raises:
            UserError: it is not 挂账, or a day cannot be.

        """
        said = {"due_on": due_on, "photos": photos}
        self._act(uid, Side.UNSHELVE, by=by, on=on, words=words, said=said, seen=seen)

    def hand_back(
        self,
        uid: str,
        *,
        by: str,
        on: date,
        words: str,
        photos: Sequence[str] | None = None,
        seen: int | None = None,
    ) -> None:
        """Hand a hazard back (退回) with the reason: to the step before, or for another owner.

        Raises:
            UserError: no reason is given, or there is no step before.

        """
        said = {"words": words, "photos": photos}
        self._act(uid, Side.HAND_BACK, by=by, on=on, words=words, said=said, seen=seen)

    def look_back(
        self,
        uid: str,
        *,
        by: str,
        on: date,
        verdict: str | None,
        words: str = "",
        photos: Sequence[str] | None = None,
        seen: int | None = None,
    ) -> Hazard | None:
        """Sign how a closed hazard looks now; one that came back opens, and is linked to, anew.

        Raises:
            UserError: it is not closed, came back already, or the result is not said.

        """
        result = verdict if verdict in list(LookBack) else None
        said = {"verdict": result, "words": words, "photos": photos}
        with self._store.change(Side.LOOK_BACK):
            hazard = self._act(uid, Side.LOOK_BACK, by=by, on=on, words=words, said=said, seen=seen)
            if verdict != LookBack.REBOUNDED:
                return None
            again = self._hazards.report(
                found_on=on,
                found_by=by,
                source=SOURCE,
                category=hazard.category or "其他",
                area=hazard.area,
                place=hazard.place or hazard.area or f"同{hazard.number}",
                grade=self._hazards.grades.scheme().nearest(hazard.grade),
                owner=hazard.owner,
                photos=list(photos or ()) or None,
                what=f"{hazard.what}（反弹：{words.strip()}）" if words.strip() else hazard.what,
            )
            self._store.get(Hazard, again.uid).sprung_from = hazard.id
        return again

    def fix_at_once(
        self,
        uid: str,
        *,
        by: str,
        on: date,
        assessor: str,
        measures: str | None,
        words: str = "",
        attachments: Iterable[str] = (),
        seen: int | None = None,
    ) -> None:
        """Sign in one go that a general hazard was put right on the spot; 验收 waits then.

        Raises:
            UserError: it is not a general one, or something the steps need is missing.

        """
        self._store.sitter.demand(Right.EDIT_HAZARDS)
        with self._store.change(AT_ONCE) as session:
            hazard = self._store.get(Hazard, uid)
            check_unchanged(self._store, hazard, seen)
            check_at_once(hazard.standing(last_on(session, hazard)))
            hazard.way = "立即整改"
            while (step := Step(str(hazard.step))) is not Step.TREAT:
                self._hazards.sign(
                    uid, step, by=assessor, on=on, words=AT_ONCE, is_skipped=step in MAY_SKIP
                )
            if hazard.due_on is None:
                hazard.due_on = on
            plan: Any = {"measures": measures, "owner": by}
            self._hazards.sign(
                uid, Step.TREAT, by=by, on=on, words=words, attachments=attachments, **plan
            )

    def report_fixed(self, finding: Mapping[str, Any], **fixed: Any) -> Hazard:
        """Enter a hazard that is put right already, found to 待验收 in one change."""
        self._store.sitter.demand(Right.EDIT_HAZARDS)
        with self._store.change(AT_ONCE):
            known: Any = dict(finding)
            hazard = self._hazards.report(**known)
            self.fix_at_once(hazard.uid, **fixed)
        return hazard

    def recheck(
        self, uid: str, *, by: str, on: date, is_fixed: bool, words: str, sheet: str
    ) -> None:
        """Write down what a second walk (复检) saw of it; the steps wait for whom they waited."""
        self._store.sitter.demand(Right.REPORT_HAZARDS)
        with self._store.change(Side.RECHECK) as session:
            hazard = self._store.get(Hazard, uid)
            verdict = FIXED if is_fixed else NOT_FIXED
            said = {"verdict": verdict, "sheet": sheet}
            session.add(self._record(hazard, Side.RECHECK, by=by, on=on, words=words, said=said))

    def kin(self, uid: str) -> tuple[Hazard | None, Sequence[Hazard]]:
        """Return the closed hazard this one came back from, and those it came back as."""
        with self._store.read() as session:
            hazard = self._store.get(Hazard, uid)
            origin = session.scalar(select(Hazard).where(Hazard.id == hazard.sprung_from))
            sprung = select(Hazard).where(Hazard.sprung_from == hazard.id).order_by(Hazard.id)
            return origin, session.scalars(sprung).all()

    def _act(
        self,
        uid: str,
        act: Side,
        *,
        by: str,
        on: date,
        words: str | None,
        said: Mapping[str, Any],
        seen: int | None,
    ) -> Hazard:
        self._store.sitter.demand(Right.EDIT_HAZARDS)
        with self._store.change(act) as session:
            hazard = self._store.get(Hazard, uid)
            check_unchanged(self._store, hazard, seen)
            standing = hazard.standing(last_on(session, hazard))
            check_place(act, standing)
            if act is Side.LOOK_BACK and (sprung := self.kin(uid)[1]):
                raise UserError(
                    f"这条隐患已经反弹，另登记为{sprung[0].number}。",
                    safe="这条隐患没有改动。",
                    do="请办那一条。",
                )
            check_said(act, standing, self._hazards.today(), by=by, on=on, said=said)
            self._hazards.photos.keep(said.get("photos"))
            session.add(self._record(hazard, act, by=by, on=on, words=words, said=said))
            move(hazard, act, by, said)
        return hazard

    def _record(
        self,
        hazard: Hazard,
        act: Side,
        *,
        by: str,
        on: date,
        words: str | None,
        said: Mapping[str, Any],
    ) -> HazardStep:
        facts = {
            key: show(value) if isinstance(value, date) else value
            for key, value in said.items()
            if value and key not in ("words", "verdict", "meeting", "photos")
        }
        return HazardStep(
            hazard_id=hazard.id,
            step=act,
            round=hazard.round,
            signed_by=by.strip(),
            signed_on=on,
            entered_at=self._hazards.now(),
            words=(words or "").strip(),
            is_skipped=False,
            verdict=said.get("verdict"),
            facts=facts or None,
            attachments=list(said.get("photos") or ()) or None,
        )
