"""What is done for a rule and kept in no other book: a report handed in, a yearly inspection."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from app.agenda.records import RuleAct
from app.agenda.rules import Period, Rule
from app.core.errors import UserError
from app.core.evidence import Done
from app.core.roles import Right
from app.core.store import Store

LATE_ENTRY = timedelta(days=1)  # a default of ours: what is written down later says why
_UNSAVED = "没有保存。"


class ActBook:
    """The acts of one school, by rule and turn."""

    def __init__(self, store: Store, now: Callable[[], datetime]) -> None:
        self.store, self._now = store, now

    def now(self) -> datetime:
        """Return the moment all count from."""
        return self._now()

    def enter(
        self, rule: Rule, period: Period, *, done_at: datetime, what: str, by: str, reason: str = ""
    ) -> RuleAct:
        """Write down that a turn of a rule was settled; the moment of writing is kept beside it.

        Raises:
            UserError: the role may not, a blank is empty, it lies ahead or before the turn, or it
                was long ago and no reason is given.

        """
        self.store.sitter.demand(Right.EXPORT)
        now = self._now()
        faults = [
            f"“{word}”没有填"
            for word, said in (("报了什么、办了什么", what), ("经办人", by))
            if not said.strip()
        ]
        if done_at > now:
            faults.append("“办好的时间”还没有到")
        if done_at.date() < period.first:
            faults.append(f"“办好的时间”早于{period.name}的第一天")
        if now - done_at > LATE_ENTRY and not reason.strip():
            faults.append("补录的要写“补录原因”")
        if faults:
            raise UserError(f"{'；'.join(faults)}。", safe=_UNSAVED, do="请改好再保存。")
        with self.store.change("登记办结") as session:
            act = RuleAct(
                rule=rule.id,
                period=period.key,
                done_at=done_at,
                entered_at=now,
                what=what.strip(),
                by=by.strip(),
                reason=reason.strip() or None,
            )
            session.add(act)
        return act

    def void(self, uid: str, reason: str) -> None:
        """Take back an entry that was wrong; it stays in the journal.

        Raises:
            UserError: the role may not, or no reason is given.

        """
        self.store.sitter.demand(Right.EXPORT)
        self.store.void(uid, reason, "作废办结登记")

    def done(self, since: date) -> dict[tuple[str, str], list[Done]]:
        """Return what was done since a day, by rule and turn, the earliest first."""
        columns = (RuleAct.rule, RuleAct.period, RuleAct.done_at, RuleAct.uid, RuleAct.what)
        first = datetime.combine(since, time.min)
        with self.store.read() as session:
            rows = session.execute(
                select(*columns)
                .where(RuleAct.void_reason.is_(None), RuleAct.done_at >= first)
                .order_by(RuleAct.done_at)
            ).all()
        found: dict[tuple[str, str], list[Done]] = {}
        for rule, period, at, uid, what in rows:
            found.setdefault((rule, period), []).append(Done(at.date(), "", uid, what, at))
        return found

    def act(self, uid: str) -> RuleAct | None:
        """Return one entry."""
        with self.store.read() as session:
            return session.scalars(select(RuleAct).where(RuleAct.uid == uid)).first()
