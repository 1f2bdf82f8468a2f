"""The register of contingency plans: each with its versions, of which the newest holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypedDict, Unpack

from sqlalchemy import select

from app.core.errors import UserError
from app.core.evidence import Done
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Blobs, Store
from app.core.views import Filter, Row, View, keep
from app.drills.contingencies import rules
from app.drills.contingencies.records import Contingency
from app.drills.contingencies.rules import Standing

YEARS_SETTING = "contingencies.review_years"
MOST_BYTES = 10 * 2**20
PDF = "application/pdf"
LABELS = {
    "kind": "类型", "title": "预案名称", "version": "版本", "revised_on": "修订日期",
    "approved_by": "审批人", "filed_as": "备案号", "kept_at": "正文放在哪里", "changes": "修订内容",
    "file_name": "正文PDF", "ended_on": "停用日期", "ended_why": "停用原因",
}  # fmt: skip
KEYS = (
    "number", "kind", "title", "version", "revised_on", "review_on", "approved_by", "filed_as",
    "kept_at", "changes", "file_name", "standing", "drills",
)  # fmt: skip


class Version(TypedDict, total=False):
    """What may be said of a version when it is entered or put right."""

    kind: str
    title: str
    version: str
    revised_on: date
    approved_by: str | None
    filed_as: str | None
    kept_at: str | None
    changes: str | None
    file: str | None
    file_name: str | None


class PlanLine(NamedTuple):
    """One version as a list shows it."""

    record: Contingency
    standing: Standing
    review_on: date
    drills: int

    @property
    def is_current(self) -> bool:
        """Whether it is the version that holds."""
        return self.standing in (Standing.CURRENT, Standing.DUE)


class ContingencyRegister:
    """The plans of one school; their numbers run YA-2026-0001, one for all versions of a plan."""

    def __init__(
        self,
        store: Store,
        today: Callable[[], date] = date.today,
        drills: Callable[[], Sequence[str | None]] = tuple,
    ) -> None:
        """``drills`` gives the plan each drill that was held rehearsed, by uid."""
        self.store, self.today = store, today
        self._drills, self._blobs = drills, Blobs(store)
        self.views: dict[str, View] = {"list": self._list}

    def enter(self, *, data: bytes | None = None, **said: Unpack[Version]) -> Contingency:
        """Enter a plan in its first known version; ``data`` is its text as a PDF.

        Raises:
            UserError: the role may not, something is missing, or the file is too large or no PDF.

        """
        self.store.sitter.demand(Right.DRILLS)
        with self.store.change("登记预案") as session:
            known = self._with_file(_tidy(said), data)
            rules.check(known, self.today())
            number = self.store.number("YA", known["revised_on"].year)
            made = Contingency(number=number, **known)
            session.add(made)
        return made

    def revise(
        self, uid: str, *, data: bytes | None = None, **said: Unpack[Version]
    ) -> Contingency:
        """Enter the next version of a plan; the one before stays in its history.

        Raises:
            UserError: the role may not, the version is there already, or it is older.

        """
        self.store.sitter.demand(Right.DRILLS)
        with self.store.change("登记预案新版本") as session:
            last = self.get(uid)
            known = self._with_file(_tidy(said), data)
            rules.check(known, self.today())
            versions = self.versions(last.number)
            rules.check_follows(known["revised_on"], versions[0].revised_on)
            if known["version"] in {one.version for one in versions}:
                raise UserError(
                    f"{last.number}已经有“{known['version']}”这一版。",
                    safe="没有保存。",
                    do="请换一个版本名，比如加上年份。",
                )
            made = Contingency(number=last.number, **known)
            session.add(made)
        return made

    def correct(
        self,
        uid: str,
        *,
        seen: int | None = None,
        data: bytes | None = None,
        **said: Unpack[Version],
    ) -> None:
        """Put a version right.

        Raises:
            UserError: the role may not, it was changed meanwhile, or it cannot be.

        """
        self.store.sitter.demand(Right.DRILLS)
        with self.store.change("更正预案") as session, session.no_autoflush:
            found = self.get(uid)
            check_unchanged(self.store, found, seen, name=found.number, labels=LABELS)
            for key, value in self._with_file(_tidy(said), data).items():
                setattr(found, key, value)
            facts = {key: getattr(found, key) for key in Version.__annotations__}
            rules.check(facts, self.today())

    def end(self, uid: str, *, on: date, why: str) -> None:
        """Give a plan up: it holds no longer, its versions stay to be read.

        Raises:
            UserError: the role may not, no reason is given, or the day cannot be.

        """
        self.store.sitter.demand(Right.DRILLS)
        with self.store.change("停用预案"):
            found = self.get(uid)
            if not why.strip():
                raise UserError("“停用原因”没有填。", do="请写好再保存。")
            if not found.revised_on <= on <= self.today():
                raise UserError("“停用日期”要在修订日期和今天之间。", do="请改日期再保存。")
            found.ended_on, found.ended_why = on, why.strip()

    def reinstate(self, uid: str) -> None:
        """Let a plan hold again that was given up."""
        self.store.sitter.demand(Right.DRILLS)
        with self.store.change("恢复使用预案"):
            found = self.get(uid)
            found.ended_on = found.ended_why = None

    def void(self, uid: str, reason: str) -> None:
        """Mark a version 作废; the one before holds again."""
        self.store.sitter.demand(Right.DRILLS)
        self.store.void(uid, reason, "作废预案")

    def set_review_years(self, years: int) -> None:
        """Set after how many years a plan is to be looked at again.

        Raises:
            UserError: it is no number of years one could wait.

        """
        self.store.sitter.demand(Right.DRILLS)
        rules.check_years(years)
        Settings(self.store).put({YEARS_SETTING: years}, "改预案评估年限")

    def review_years(self) -> int:
        """Return after how many years a plan is to be looked at again."""
        return int(Settings(self.store).get(YEARS_SETTING) or rules.REVIEW_YEARS)

    def get(self, uid: str) -> Contingency:
        """Return one version."""
        return self.store.get(Contingency, uid)

    def text(self, uid: str) -> bytes | None:
        """Return the text of a version as a PDF; None where only words say where it lies."""
        found = self.get(uid)
        return self._blobs.get(found.file) if found.file else None

    def versions(self, number: str) -> list[Contingency]:
        """Return the versions of one plan, the newest first."""
        return [one for one in self._records() if one.number == number]

    def lines(self) -> list[PlanLine]:
        """Return every version: those that hold first, by kind."""
        found, years, today = self._records(), self.review_years(), self.today()
        rehearsed = list(self._drills())
        newest: dict[str, str] = {}
        for one in found:
            newest.setdefault(one.number, one.uid)
        lines = [
            PlanLine(
                one,
                rules.standing_of(
                    is_newest=newest[one.number] == one.uid,
                    ended_on=one.ended_on,
                    revised_on=one.revised_on,
                    years=years,
                    today=today,
                ),
                rules.review_on(one.revised_on, years),
                rehearsed.count(one.uid),
            )
            for one in found
        ]
        order = {kind: number for number, kind in enumerate(rules.KINDS)}
        return sorted(lines, key=lambda x: (not x.is_current, order.get(x.record.kind, 99)))

    def current(self, kind: str = "") -> list[Contingency]:
        """Return the versions that hold, of one kind of drill with the whole-school plan last."""
        holding = [line.record for line in self.lines() if line.is_current]
        if not kind:
            return holding
        own = [one for one in holding if one.kind == kind]
        return own + [one for one in holding if one.kind == rules.WHOLE]

    def missing(self) -> list[str]:
        """Return the kinds every school should have a plan for and this one has none."""
        return rules.missing(one.kind for one in self.current())

    def done(self, first: date, last: date) -> list[Done]:
        """Return the versions that were made in these days, each under its kind."""
        return [
            Done(one.revised_on, one.kind, one.uid, f"{one.title}（{one.version}）")
            for one in reversed(self._records())
            if first <= one.revised_on <= last
        ]

    def _records(self) -> Sequence[Contingency]:
        with self.store.read() as session:
            order = (Contingency.revised_on.desc(), Contingency.id.desc())
            return session.scalars(select(Contingency).order_by(*order)).all()

    def _with_file(self, said: dict[str, Any], data: bytes | None) -> dict[str, Any]:
        """Keep the bytes of the text in the change that names them."""
        if data is None:
            return said
        if len(data) > MOST_BYTES:
            raise UserError(
                f"这个PDF有{len(data) / 2**20:.0f} MB，太大了：最多{MOST_BYTES // 2**20} MB。",
                safe="没有保存。",
                do="请把扫描件调成黑白、150点每英寸再存一次。",
            )
        return said | {"file": self._blobs.keep(data, kind=PDF)}

    def _list(self, where: Filter) -> list[Row]:
        return keep([row_of(line) for line in self.lines()], where, KEYS)


def row_of(line: PlanLine) -> Row:
    """Return one version as lists and papers need it."""
    found = line.record
    row: dict[str, Any] = {key: getattr(found, key, None) for key in KEYS}
    kept = "、".join(filter(None, (found.kept_at, "电脑里有PDF" if found.file else "")))
    return row | {
        "review_on": line.review_on if line.is_current else None,
        "standing": str(line.standing),
        "drills": line.drills,
        "kept_at": kept,
    }


def _tidy(said: Any) -> dict[str, Any]:
    return {
        key: (value.strip() or None) if isinstance(value, str) else value
        for key, value in said.items()
    }
