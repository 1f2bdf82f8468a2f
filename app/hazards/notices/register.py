"""Notices to put things right (整改通知书): issued, signed for, answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from app.core.errors import UserError
from app.core.evidence import Done
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import WITH_VOID, Store
from app.core.values import show
from app.core.views import Filter, Row, View
from app.hazards.notices.reading import (
    FINISHED_ON,
    REPLY,
    draft,
    hazards_by_notice,
    kept,
    row_of,
    with_photos,
)
from app.hazards.notices.rules import (
    Problem,
    Reply,
    Standing,
    check_replies,
    day_faults,
    standing,
    told,
)
from app.hazards.numbers import qr_text
from app.hazards.records import Hazard, HazardNotice, HazardNoticeLine


class NoticeRegister:
    """The notices of one school; their numbers run ZG-2026-001."""

    def __init__(self, store: Store, today: Callable[[], date]) -> None:
        self._store = store
        self._today = today
        self.views: dict[str, View] = {"notice": self._to_print, "notices": self._rows}

    def issue(
        self,
        hazards: Sequence[str],
        *,
        person: str,
        requirement: str,
        due_on: date,
        signer: str,
        department: str | None = None,
        checked_on: date | None = None,
        checked_by: str | None = None,
    ) -> HazardNotice:
        """Issue one notice about these hazards, named by uid.

        Raises:
            UserError: no hazard, or a blank the notice cannot do without is empty, or the limit
                has passed.

        """
        self._store.sitter.demand(Right.EDIT_HAZARDS)
        blanks = {"责任人": person, "整改要求": requirement, "整改期限": due_on, "签发人": signer}
        _check(hazards, blanks, due_on, self._today())
        with self._store.change("开整改通知书") as session:
            notice = HazardNotice(
                number=self._number(),
                department=department,
                person=person.strip(),
                checked_on=checked_on,
                checked_by=checked_by,
                requirement=requirement.strip(),
                due_on=due_on,
                signer=signer.strip(),
                issued_on=self._today(),
            )
            session.add(notice)
            session.flush()
            for uid in hazards:
                hazard = self._store.get(Hazard, uid)
                session.add(HazardNoticeLine(notice_id=notice.id, hazard_id=hazard.id))
        return notice

    def receive(self, uid: str, *, by: str, on: date) -> None:
        """Write down who signed for a notice, and when.

        Raises:
            UserError: somebody signed before, nobody signed, or the day cannot be.

        """
        self._store.sitter.demand(Right.EDIT_HAZARDS)
        with self._store.change("签收整改通知书"):
            notice = self._store.get(HazardNotice, uid)
            if notice.received_on:
                raise UserError(
                    f"{notice.number}已经由{notice.received_by}在{show(notice.received_on)}签收了。",
                    safe="原来登记的没有动。",
                )
            if faults := day_faults("签收日期", on, notice.issued_on, self._today()):
                raise UserError("；".join(faults) + "。", do="请改日期再保存。")
            if not by.strip():
                raise UserError("“签收人”没有填。", do="请填好再保存。")
            notice.received_by, notice.received_on = by.strip(), on

    def answer(self, uid: str, replies: Mapping[str, Reply], *, on: date) -> None:
        """Write down the reply slip that came back, hazard by hazard (``replies`` by uid).

        Raises:
            UserError: it was answered before, a hazard is left out, or a day cannot be.

        """
        self._store.sitter.demand(Right.EDIT_HAZARDS)
        with self._store.change("登记整改回执"):
            notice = self._store.get(HazardNotice, uid)
            self.check_open(notice)
            self._reply(notice, replies, on)

    def check_open(self, notice: HazardNotice) -> None:
        """Go on only if no reply slip of this notice came back yet.

        Raises:
            UserError: one did.

        """
        if notice.replied_on:
            raise UserError(
                f"{notice.number}的回执已经登记过了，是{show(notice.replied_on)}交回的。",
                safe="原来登记的没有动。",
                do="要改，请在“通知书”里选这一张，按“改回执”。",
            )

    def correct_answer(self, uid: str, replies: Mapping[str, Reply], *, on: date) -> None:
        """Put right what was written down of a reply slip.

        Raises:
            UserError: a hazard is left out, or a day cannot be.

        """
        self._store.sitter.demand(Right.EDIT_HAZARDS)
        with self._store.change("改正整改回执"):
            self._reply(self._store.get(HazardNotice, uid), replies, on)

    def problems(self, uid: str) -> list[Problem]:
        """Return the hazards this notice names, in its order, with what was answered."""
        named = (
            select(
                Hazard.uid,
                Hazard.number,
                Hazard.place,
                Hazard.what,
                REPLY,
                FINISHED_ON,
            )
            .join(HazardNoticeLine, HazardNoticeLine.hazard_id == Hazard.id)
            .join(HazardNotice, HazardNotice.id == HazardNoticeLine.notice_id)
            .where(HazardNotice.uid == uid)
        )
        with self._store.read() as session:
            found = session.execute(named.order_by(HazardNoticeLine.id)).all()
        return [Problem._make(row) for row in found]

    def replied(self, hazard: str) -> Reply | None:
        """Return what the newest slip said of a hazard, None where none came back."""
        said = (
            select(REPLY, FINISHED_ON)
            .join(Hazard, Hazard.id == HazardNoticeLine.hazard_id)
            .join(HazardNotice, HazardNotice.id == HazardNoticeLine.notice_id)
            .where(Hazard.uid == hazard, REPLY.is_not(None))
        )
        with self._store.read() as session:
            row = session.execute(said.order_by(HazardNoticeLine.id.desc())).first()
        return Reply(*row) if row else None

    def named(self, number: str) -> HazardNotice:
        """Return the notice of this number, as ZG-2026-001.

        Raises:
            UserError: there is none, or it is 作废.

        """
        wanted = select(HazardNotice).where(HazardNotice.number == number)
        with self._store.read() as session:
            found = session.scalar(wanted.execution_options(**WITH_VOID))
        if found is None:
            raise UserError(
                f"没有编号是{number}的整改通知书。",
                safe="什么都没有登记。",
                do="请看看编号有没有写错，是不是别的学校的。",
            )
        if found.void_reason is not None:
            raise UserError(
                f"{number}已经作废（{found.void_reason}），不用登记回执。",
                safe="什么都没有登记。",
            )
        return found

    def waiting(self) -> list[HazardNotice]:
        """Return the notices nobody has answered yet, as they fall due."""
        unanswered = select(HazardNotice).where(HazardNotice.replied_on.is_(None))
        with self._store.read() as session:
            order = unanswered.order_by(HazardNotice.due_on, HazardNotice.id)
            return list(session.scalars(order))

    def issued(self, first: date, last: date) -> list[Done]:
        """Return the notices issued on these days, the earliest first."""
        wanted = select(HazardNotice).where(HazardNotice.issued_on.between(first, last))
        with self._store.read() as session:
            found = session.scalars(wanted.order_by(HazardNotice.id)).all()
        return [Done(one.issued_on, "通知书", one.uid, f"整改通知书 {one.number}") for one in found]

    def standing(self, notice: HazardNotice) -> Standing:
        """Say how far a notice has come by today."""
        return standing(notice.received_on, notice.replied_on, notice.due_on, self._today())

    def void(self, uid: str, reason: str) -> None:
        """Take a notice back; its number is not given out again."""
        self._store.sitter.demand(Right.EDIT_HAZARDS)
        with self._store.change("作废整改通知书"):
            self._store.get(HazardNotice, uid).void(reason)

    def printed(self, uid: str, *, how: str = "打印") -> None:
        """Have it written down that a notice was printed, or ``how`` else it left."""
        self._store.note(f"{how}整改通知书", about=uid)

    def get(self, uid: str) -> HazardNotice:
        """Return one notice."""
        return self._store.get(HazardNotice, uid)

    def about(self, hazard: str) -> Sequence[HazardNotice]:
        """Return the notices that name this hazard, the newest first."""
        named = (
            select(HazardNotice)
            .join(HazardNoticeLine, HazardNoticeLine.notice_id == HazardNotice.id)
            .join(Hazard, Hazard.id == HazardNoticeLine.hazard_id)
            .where(Hazard.uid == hazard)
        )
        with self._store.read() as session:
            return session.scalars(named.order_by(HazardNotice.id.desc())).all()

    def rows(self, uids: Sequence[str]) -> list[Row]:
        """Return these notices as their paper needs them."""
        found = [row for row in self._rows({}) if row["uid"] in set(uids)]
        return with_photos(self._store, found)

    def _to_print(self, where: Filter) -> list[Row]:
        """Return the notices that fit, else one to be completed by pen for each hazard that fits.

        ``number`` may be that of a notice or of a hazard.
        """
        rows = self._rows(where)
        if rows or not where:
            return with_photos(self._store, rows)
        with self._store.read() as session:
            hazards = session.scalars(select(Hazard).order_by(Hazard.found_on, Hazard.id)).all()
        drafts = kept([draft(hazard) for hazard in hazards], where)
        return with_photos(self._store, drafts)

    def _number(self) -> str:
        series, year, number = self._store.number("ZG", self._today().year).split("-")
        return f"{series}-{year}-{int(number):03}"

    def _reply(self, notice: HazardNotice, replies: Mapping[str, Reply], on: date) -> None:
        problems = self.problems(notice.uid)
        check_replies(problems, replies, on=on, issued_on=notice.issued_on, today=self._today())
        with self._store.change("登记整改回执") as session:
            lines = select(HazardNoticeLine, Hazard.uid).join(Hazard)
            for line, uid in session.execute(
                lines.where(HazardNoticeLine.notice_id == notice.id)
            ).all():
                line.reply, line.finished_on = replies[uid].words.strip(), replies[uid].finished_on
            days = [replies[problem.uid].finished_on for problem in problems]
            notice.reply, notice.replied_on = told(problems, replies), on
            notice.finished_on = max((day for day in days if day), default=None)
            if None in days:  # the work as a whole is not finished yet
                notice.finished_on = None

    def _rows(self, where: Filter) -> list[Row]:
        with self._store.read() as session:
            notices = session.scalars(select(HazardNotice).order_by(HazardNotice.id)).all()
            named = hazards_by_notice(session)
        rows = [
            row_of(notice, named.get(notice.id, []))
            | {"status": str(self.standing(notice)), "code": self._code(notice.number)}
            for notice in notices
        ]
        return kept(rows, where)

    def _code(self, number: str) -> str:
        return qr_text(Settings(self._store).get("school.code", ""), number)


def _check(
    hazards: Sequence[str], blanks: Mapping[str, Any], due_on: date | None, today: date
) -> None:
    faults = [f"“{label}”没有填" for label, value in blanks.items() if not value]
    if not hazards:
        faults.append("通知书里一条隐患也没有")
    if due_on and due_on < today:
        faults.append("“整改期限”已经过去了")
    if faults:
        raise UserError("；".join(faults) + "。", do="请改好这几处再保存。")
