"""The pupils who are cared for, and all one can do for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.roles import Right
from app.core.store import Store
from app.core.views import Row, View
from app.students.care import views
from app.students.care.acts import ActBook, refuse_early, said_of
from app.students.care.levels import Scale
from app.students.care.looking import LABELS, SCALE
from app.students.care.records import Care, CareAct, facts_of
from app.students.care.rules import (
    OPEN,
    Level,
    State,
    Turn,
    next_after,
)
from app.students.register import StudentRegister


class CareRegister(ActBook):
    """The ledger of pupils who are cared for. A 班主任 sees and writes the own class alone.

    ``labels`` are what the blanks are called; a second window is told by them what changed.
    ``receipts`` gives the letters a pupil has had, which the letters know; ``illnesses`` are the
    words the form offers.
    """

    def __init__(
        self,
        store: Store,
        students: StudentRegister,
        today: Callable[[], date] = date.today,
        labels: Mapping[str, str] = LABELS,
        receipts: Callable[[str], list[Row]] | None = None,
        illnesses: Sequence[str] = (),
    ) -> None:
        self.illnesses = tuple(illnesses)
        super().__init__(store, students, today, labels, receipts)
        self.views: dict[str, View] = views.of(self)

    def begin(self, student_uid: str, *, on: date | None = None, **facts: Any) -> Care:
        """Enter a pupil to be cared for, from today on or from an earlier day ``on``.

        Raises:
            UserError: the role may not, the pupil has a line already, or a blank is wrong.

        """
        self.store.sitter.demand(Right.CARE)
        if self.of(student_uid) is not None:
            raise UserError(
                "这名学生已经在关注名单里。",
                safe="没有重复登记。",
                do="请在名单里找到这一条：还在关注就更正，已经解除就恢复关注。",
            )
        if on is not None:
            self._refuse_future(on, "建档日期")
        said = said_of(facts)
        level = said.pop("level", None)
        with self.store.change("登记学生关注") as session:
            care = Care(
                student_uid=student_uid, state=State.ACTIVE, opened_on=on or self.today(), **said
            )
            self._settle_level(care, level)
            self._check(care)
            session.add(care)
            session.flush()
            self._turn(session, care, Turn.OPENED, care.found_by or self._sitter(), care.opened_on)
        return care

    def correct(self, uid: str, *, seen: int | None = None, **facts: Any) -> None:
        """Put right what was entered; facts not named stay. ``seen`` is the revision corrected.

        Raises:
            UserError: the role may not, a blank is wrong, or it was changed meanwhile.

        """
        with self.store.change("更正学生关注"):
            care = self._to_write(uid, seen)
            settled = care.level if care.level_reason else None  # else it follows the facts
            said = {"level": settled, **said_of(facts)}
            level = said.pop("level")
            for key, value in said.items():
                setattr(care, key, value)
            self._settle_level(care, level)
            self._check(care)

    def review(
        self,
        uid: str,
        *,
        on: date,
        by: str,
        level: str,
        state: str,
        level_reason: str | None = None,
        words: str | None = None,
        next_on: date | None = None,
        seen: int | None = None,
    ) -> None:
        """Look anew at how it stands with a pupil: level, state, next date.

        Raises:
            UserError: the role may not, a blank is wrong, or it was changed meanwhile.

        """
        with self.store.change("复核学生关注") as session:
            care = self._to_write(uid, seen)
            self._refuse_ended(care)
            self._refuse_future(on, "复核日期")
            refuse_early(next_on, after=on)
            if State(state) not in OPEN:
                raise UserError("解除要写理由和批准人。", do="请用“解除关注”。")
            was = care.level
            care.state = State(state)
            care.level_reason = (level_reason or "").strip() or None
            care.reviewed_on = on
            care.next_on = next_on or next_after(on, care.every) or care.next_on
            self._settle_level(care, level)
            self._check(care)
            moved = f"{was}改为{level}" if was != level else f"仍是{level}"
            told = "。".join(part for part in (moved, (words or "").strip()) if part)
            self._turn(session, care, Turn.REVIEWED, by, on, told)

    def end(
        self,
        uid: str,
        *,
        on: date,
        why: str,
        by: str,
        state: str = State.ENDED,
        seen: int | None = None,
    ) -> None:
        """Release a pupil from care, or hand the pupil over to another school; ``by`` approved it.

        Raises:
            UserError: the role may not, no reason is given, it has ended already, or it was
                changed meanwhile.

        """
        with self.store.change("解除学生关注") as session:
            care = self._to_write(uid, seen)
            self._refuse_ended(care)
            if not why.strip() or not by.strip():
                raise UserError("“解除理由”和“批准人”都要填。", do="请填好再保存。")
            self._refuse_future(on, "解除日期")
            care.state, care.ended_on, care.ended_why = State(state), on, why.strip()
            care.ended_by, care.next_on = by.strip(), None
            self._turn(session, care, Turn.ENDED, by.strip(), on, why.strip())

    def reopen(
        self, uid: str, *, on: date, why: str, by: str, next_on: date, seen: int | None = None
    ) -> None:
        """Care again for a pupil who was released.

        Raises:
            UserError: the role may not, no reason is given, it is open, or it was changed
                meanwhile.

        """
        with self.store.change("恢复学生关注") as session:
            care = self._to_write(uid, seen)
            if care.state in OPEN:
                raise UserError("这名学生正在关注中。", safe="没有改动。", do="直接更正就可以。")
            if not why.strip():
                raise UserError("“恢复的原因”没有填。", do="请填好再保存。")
            self._refuse_future(on, "恢复日期")
            refuse_early(next_on, after=on)
            care.state, care.next_on = State.ACTIVE, next_on
            care.ended_on = care.ended_why = care.ended_by = None
            self._turn(session, care, Turn.REOPENED, by, on, why.strip())

    def void(self, uid: str, reason: str) -> None:
        """Mark a line 作废 that was entered by mistake; its records go with it.

        Raises:
            UserError: the role may not, or no reason is given.

        """
        with self.store.change("作废学生关注"):
            self._to_write(uid, None)
            self.store.void(uid, reason)

    def set_scale(self, scale: Scale) -> None:
        """Settle from how many grounds on the school asks for a level; lines stay as they are.

        Raises:
            UserError: the role may not, or the numbers contradict each other.

        """
        self.store.sitter.demand(Right.MANAGE)
        if faults := scale.faults():
            raise UserError("；".join(faults) + "。", safe="没有保存。", do="请改好再保存。")
        kept = {key: list(v) if isinstance(v, tuple) else v for key, v in asdict(scale).items()}
        self._settings.put({SCALE: kept}, "改关注定级标准")

    def _settle_level(self, care: Care, level: str | None) -> None:
        """Put the sentence of the facts beside the level; another level wants a reason.

        Raises:
            UserError: there is none.

        """
        found = self.proposal(care.student_uid, facts_of(care))
        care.level_said = found.said
        care.level = Level(level or found.level)
        if care.level == found.level:
            care.level_reason = None
        elif not care.level_reason:
            raise UserError(
                f"按填的情况建议{found.level}，您定的是{care.level}，“和建议不同，原因是”没有填。",
                safe="没有保存。",
                do="请写一句原因，或者用建议的级别。",
            )

    def _check(self, care: Care) -> None:
        if not care.categories:
            raise UserError("“关注类别”没有填。", do="请至少选一类再保存。")
        for day, name in ((care.found_on, "发现日期"), (care.told_on, "告知日期")):
            if day is not None:
                self._refuse_future(day, name)
        if care.study_from and care.study_to and care.study_to < care.study_from:
            raise UserError("“帮扶结束”早于“帮扶开始”。", do="请核对日期再保存。")

    def _turn(
        self, session: Session, care: Care, turn: Turn, by: str, on: date, words: str = ""
    ) -> None:
        session.add(
            CareAct(
                care_id=care.id,
                student_uid=care.student_uid,
                way=turn,
                done_on=on,
                by=by,
                words=words or None,
                next_on=care.next_on,
            )
        )

    def _sitter(self) -> str:
        return self.store.sitter.name
