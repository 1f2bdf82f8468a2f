"""The safety log (安全日志): one a school day, filled in from what all rooms know of the day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select

from app.core.errors import UserError
from app.core.evidence import Done
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.core.views import View
from app.duties.book import diary_views
from app.duties.book.entries import ENTRIES, by_key
from app.duties.book.records import SafetyLog
from app.duties.book.rules import check_log
from app.duties.book.shifts import Shifts, asking_days, no_shifts
from app.duties.book.since import asked_since

LABELS = {
    "log_on": "日期", "weather": "天气", "entries": "内容", "written_by": "记录人",
    "signed_by": "校长阅签", "signed_on": "阅签日期",
}  # fmt: skip
Source = Callable[[date], str | list[str] | None]


class News(NamedTuple):
    """One entry whose source says something else than when the log was written."""

    key: str
    label: str
    before: str
    now: str


class SafetyLogRegister:
    """The safety logs of one school, one a day."""

    def __init__(
        self,
        store: Store,
        *,
        now: Callable[[], datetime] = datetime.now,
        shifts: Shifts = no_shifts,
        school_days: Callable[[date, date], Sequence[date]] = lambda first, last: (),
    ) -> None:
        """Open without sources; those put on later say of a day what each entry begins with.

        A source gives None to whoever may not see what it counts.
        """
        self.store, self.now, self.school_days = store, now, school_days
        self.roster = shifts
        self.sources: dict[str, Source] = {}
        self.views: dict[str, View] = diary_views.views(self)

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self.now().date()

    def prefill(self, day: date) -> dict[str, str]:
        """Return what the rooms say of a day, by entry; those that say nothing are left out."""
        said = {}
        for entry in ENTRIES:
            if words := self._ask(entry.key, day):
                said[entry.key] = words
        return said

    def enter(
        self,
        *,
        log_on: date,
        entries: Mapping[str, str | None],
        written_by: str,
        weather: str | None = None,
        taken: Mapping[str, str] | None = None,
    ) -> SafetyLog:
        """Write the log of a day; ``taken`` is what the rooms said when it was filled in.

        Raises:
            UserError: the role may not, the day has a log already, or it cannot be so.

        """
        self.store.sitter.demand(Right.DUTY_BOOK)
        kept = _tidy(entries)
        said = {"log_on": log_on, "entries": kept, "written_by": written_by}
        check_log(said, self.today())
        with self.store.change("写安全日志") as session:
            if (found := self.of(log_on)) is not None:
                raise UserError(
                    f"{found.log_on.month}月{found.log_on.day}日的安全日志已经有了。",
                    safe="没有保存，原来那份没有变。",
                    do="请打开原来那份更正。",
                )
            log = SafetyLog(
                log_on=log_on,
                weather=(weather or "").strip() or None,
                entries=kept,
                taken=dict(self.prefill(log_on) if taken is None else taken),
                written_by=written_by.strip(),
                entered_at=self.now().replace(microsecond=0),
            )
            session.add(log)
        return log

    def correct(
        self,
        uid: str,
        *,
        entries: Mapping[str, str | None],
        written_by: str,
        weather: str | None = None,
        taken: Mapping[str, str] | None = None,
        seen: int | None = None,
    ) -> None:
        """Put right what was written; ``taken`` marks what the rooms say now as seen.

        Raises:
            UserError: the role may not, it was changed meanwhile, or it cannot be so.

        """
        self.store.sitter.demand(Right.DUTY_BOOK)
        with self.store.change("更正安全日志") as session, session.no_autoflush:
            log = self.get(uid)
            name = f"{log.log_on.month}月{log.log_on.day}日的安全日志"
            check_unchanged(self.store, log, seen, name=name, labels=LABELS)
            kept = _tidy(entries)
            said = {"log_on": log.log_on, "entries": kept, "written_by": written_by}
            check_log(said, self.today())
            log.entries, log.written_by = kept, written_by.strip()
            log.weather = (weather or "").strip() or None
            if taken is not None:
                log.taken = {**log.taken, **taken}

    def sign(self, uid: str, *, by: str, on: date, seen: int | None = None) -> None:
        """Write down who read and signed the log, and when.

        Raises:
            UserError: the role may not, nobody is named, or the day cannot be.

        """
        self.store.sitter.demand(Right.DUTY_BOOK)
        with self.store.change("安全日志阅签"):
            log = self.get(uid)
            name = f"{log.log_on.month}月{log.log_on.day}日的安全日志"
            check_unchanged(self.store, log, seen, name=name, labels=LABELS)
            if not by.strip():
                raise UserError("“校长阅签”没有填。", do="请填好再保存。")
            if not log.log_on <= on <= self.today():
                raise UserError(
                    "“阅签日期”要在日志那天和今天之间。", safe="没有改动。", do="请改日期再保存。"
                )
            log.signed_by, log.signed_on = by.strip(), on

    def take_news(self, uid: str, keys: Sequence[str] | None = None) -> None:
        """Put what the rooms say now in the place of what they said; typed words stay.

        An entry that a person wrote otherwise keeps its words; the news of it are taken as seen.

        Raises:
            UserError: the role may not.

        """
        self.store.sitter.demand(Right.DUTY_BOOK)
        with self.store.change("按现在的记录更新安全日志"):
            log = self.get(uid)
            entries, taken = dict(log.entries), dict(log.taken)
            for one in self.news(log):
                if keys is not None and one.key not in keys:
                    continue
                if entries.get(one.key, "") == one.before:
                    entries[one.key] = one.now
                taken[one.key] = one.now
            log.entries = {key: text for key, text in entries.items() if text}
            log.taken = taken

    def void(self, uid: str, reason: str) -> None:
        """Mark a log 作废."""
        self.store.sitter.demand(Right.DUTY_BOOK)
        self.store.void(uid, reason, "作废安全日志")

    # Reading

    def get(self, uid: str) -> SafetyLog:
        """Return one log."""
        return self.store.get(SafetyLog, uid)

    def of(self, day: date) -> SafetyLog | None:
        """Return the log of a day, if there is one."""
        with self.store.read() as session:
            return session.scalars(select(SafetyLog).where(SafetyLog.log_on == day)).one_or_none()

    def all(self) -> Sequence[SafetyLog]:
        """Return the logs, the newest first."""
        with self.store.read() as session:
            return session.scalars(select(SafetyLog).order_by(SafetyLog.log_on.desc())).all()

    def news(self, log: SafetyLog) -> list[News]:
        """Return what the rooms say otherwise now than when the log was filled in."""
        found = []
        for entry in ENTRIES:
            if entry.key not in self.sources:
                continue
            said = self._ask(entry.key, log.log_on)
            before = log.taken.get(entry.key, "")
            if said is not None and said != before:
                found.append(News(entry.key, entry.label, before, said))
        return found

    def next_day(self) -> date:
        """Return the day to be written next: the oldest of the last school days without a log."""
        today = self.today()
        first = date.fromordinal(today.toordinal() - 7)
        with self.store.read() as session:
            known = set(session.scalars(select(SafetyLog.log_on).where(SafetyLog.log_on >= first)))
        waiting = [day for day in self.school_days(first, today) if day not in known]
        return waiting[0] if waiting and known else today

    def done(self, first: date, last: date) -> list[Done]:
        """Return the logs of these days as the rules count them."""
        columns = (SafetyLog.log_on, SafetyLog.uid)
        wanted = select(*columns).where(SafetyLog.log_on.between(first, last))
        with self.store.read() as session:
            found = session.execute(wanted.order_by(SafetyLog.log_on)).all()
        return [Done(on, "安全日志", uid, "安全日志") for on, uid in found]

    def days(self, first: date, last: date) -> list[date]:
        """Return the school days that ask for a log: those on which somebody is on duty."""
        today = self.today()
        first = max(first, asked_since(self.store, SafetyLog.log_on, today))
        return asking_days(self.roster, self.school_days, first, min(last, today))

    def _ask(self, key: str, day: date) -> str | None:
        """Return what a source says of a day as one text; None where it may not be seen."""
        source = self.sources.get(key)
        said = source(day) if source else ""
        if isinstance(said, list):
            return "；".join(filter(None, said))
        return said


def _tidy(entries: Mapping[str, str | None]) -> dict[str, str]:
    """Return the entries that say something.

    Raises:
        UserError: a key is none of a safety log.

    """
    if strange := [key for key in entries if key not in by_key()]:
        raise UserError(f"安全日志里没有“{strange[0]}”这一项。", do="请去掉这一项。")
    return {key: text.strip() for key, text in entries.items() if text and text.strip()}
