"""The school's rules: the base, what the school changed of it and why, and which concern it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import select

from app.agenda.facts import FURTHER_FACTS, SCHOOL_FACTS, USUAL
from app.agenda.params import PARAMS, only_known, params_of
from app.agenda.records import RuleChange
from app.agenda.rulefiles import RuleBase
from app.agenda.rulefolder import RuleFolder
from app.agenda.rules import Rule
from app.agenda.waivers import WaiverBook, check_reason
from app.core.errors import UserError
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Store

BEGAN, FOUNDED = "agenda.began_on", "store.created"
HEADS = {"护学岗": "GATE-4", "巡逻": "GROUP-4", "值班": "GROUP-4"}  # by family of posts
BY_HAND = frozenset({"report", "ledger"})  # evidence that is written down here, by hand
# What the rules of a school are worked out from: their changes, its facts, days a room keeps.
_SOURCES = frozenset({"rule_change", "setting", "theme_day"})
_UNCHANGED = "规则没有改动。"
_OF_LEDGERS = "ledger:"  # how the news of plain ledgers begins
_SCHOOL = "school."  # how the keys of the school's facts begin


class Line(NamedTuple):
    """One rule as it holds for this school.

    ``fits`` says whether it concerns the school, ``is_on`` whether it counts; ``rule`` carries
    what the school changed, ``shipped`` is as the base has it. ``since`` is the first day of the
    ledger that switched it on; nothing is owed before.
    """

    rule: Rule
    shipped: Rule
    fits: bool
    is_on: bool
    change: RuleChange | None
    since: date | None = None

    @property
    def counts(self) -> bool:
        """Whether something may be owed by it."""
        return self.fits and self.is_on and self.rule.is_owed


class RuleBook:
    """The rules of one school. ``own`` is its folder of rule files, which win by id.

    ``ledgers`` are the kinds of evidence somebody keeps; a rule without any ships switched off.
    ``since`` tells from when the school itself keeps the ledger of a rule: that switches it on.
    """

    def __init__(
        self,
        store: Store,
        *,
        shipped: Path,
        own: Path,
        ledgers: Collection[str],
        today: Callable[[], date],
        kept: Mapping[str, Callable[[], Mapping[str, Any]]] | None = None,
        since: Callable[[Rule], date | None] = lambda rule: None,
    ) -> None:
        """Read the base; ``kept`` are parameters a room keeps itself, by its evidence."""
        self.store, self.today = store, today
        self.waivers = WaiverBook(store, find=self.line)
        self.files = RuleFolder(store, shipped=shipped, own=own, changed=self._read_base)
        self._ledgers, self._since = ledgers, since
        self._known: frozenset[str] = frozenset()
        self._kept = kept or {}
        self._settings = Settings(store)
        self.base: RuleBase = self.files.load()
        self._lines: list[Line] | None = None
        store.on_change(self._forget)

    # What holds

    def least_heads(self, family: str) -> tuple[int, str] | None:
        """Return how many a rule asks of a family of duty posts, and what the rule is called."""
        wanted = HEADS.get(family)
        on = (line.rule for line in self.lines() if line.is_on and line.rule.id == wanted)
        return next(((rule.number, rule.title) for rule in on), None)

    def lines(self) -> list[Line]:
        """Return every rule of the base as it holds for this school, in the base's order.

        They are worked out once and kept until a change touches what they come from.
        """
        known = frozenset(self._ledgers) | BY_HAND
        if self._lines is None or known != self._known:
            self._known = known
            self._lines = self._work_out()
        return self._lines

    def _work_out(self) -> list[Line]:
        said = self._settings.among(_SCHOOL)
        kind, facts = said.get(f"{_SCHOOL}kind", ""), _true(said)
        changes = self._changes()
        kept = {key: said() for key, said in self._kept.items()}
        return [
            self._line(rule, changes.get(rule.id), kept, fits=rule.fits(kind, facts))
            for rule in self.base.rules.values()
        ]

    def line(self, rule: str) -> Line:
        """Return one rule.

        Raises:
            UserError: there is none of that id.

        """
        found = next((line for line in self.lines() if line.rule.id == rule), None)
        if found is None:
            raise UserError(f"规则库里没有“{rule}”这一条。", do="请在“今日 · 规则”里看有哪些。")
        return found

    def counting(self) -> list[Line]:
        """Return the rules by which something may be owed; what a stricter one covers is not."""
        lines = [line for line in self.lines() if line.counts]
        there = {line.rule.id for line in lines}
        return [line for line in lines if line.rule.covered_by not in there]

    def facts(self) -> frozenset[str]:
        """Return the facts that are true of this school."""
        return _true(self._settings.among(_SCHOOL))

    def began_on(self) -> date:
        """Return the first day anything is owed: the school's word, else when it was founded."""
        said = self._settings.get(BEGAN)
        if said:
            return date.fromisoformat(said)
        founded = self._settings.get(FOUNDED)
        return datetime.fromisoformat(founded).date() if founded else self.today()

    def kept_by_room(self, rule: Rule) -> Mapping[str, Any]:
        """Return the parameters of a rule that the room of its evidence keeps itself."""
        said = self._kept.get(rule.id) or self._kept.get(rule.evidence)
        return said() if said else {}

    def history(self, rule: str) -> list[RuleChange]:
        """Return what the school changed of a rule, the newest first."""
        with self.store.read() as session:
            wanted = select(RuleChange).where(RuleChange.rule == rule)
            return list(session.scalars(wanted.order_by(RuleChange.id.desc())))

    # What the school says

    def switch(self, rule: str, *, is_on: bool, reason: str) -> None:
        """Switch a rule on or off, and keep why.

        Raises:
            UserError: the role may not, there is no such rule, or no reason is given.

        """
        line = self._to_change(rule, reason)
        kept = line.change
        self._keep(rule, is_on, kept.params if kept else {}, kept.basis if kept else None, reason)

    def change(
        self, rule: str, *, params: Mapping[str, Any], basis: str | None, reason: str
    ) -> None:
        """Give a rule other parameters or another text of its basis, and keep why.

        Only what differs from the base is kept, so that a newer base still has its say.

        Raises:
            UserError: the role may not, a value cannot be, or no reason is given.

        """
        line = self._to_change(rule, reason)
        _check(line.shipped, params)
        differs = {key: v for key, v in params.items() if getattr(line.shipped, key) != v}
        text = (basis or "").strip()
        own = text if text and text != line.shipped.basis else None
        self._keep(rule, line.change.is_on if line.change else None, differs, own, reason)

    def as_shipped(self, rule: str, *, reason: str) -> None:
        """Take a rule as the base has it again.

        Raises:
            UserError: the role may not, or no reason is given.

        """
        self._to_change(rule, reason)
        self._keep(rule, None, {}, None, reason)

    def say(self, facts: Mapping[str, bool], *, began_on: date) -> None:
        """Keep the facts asked on the page of rules, and from which day anything is owed.

        Raises:
            UserError: the role may not, or the day lies ahead.

        """
        self.store.sitter.demand(Right.CALENDAR)
        if began_on > self.today():
            raise UserError("“从哪天开始算”不能晚于今天。", safe=_UNCHANGED, do="请改好日期。")
        said: dict[str, Any] = {f"school.{key}": bool(is_so) for key, is_so in facts.items()}
        self._settings.put(said | {BEGAN: began_on.isoformat()}, "修改规则用的学校情况")

    # Its own

    def _forget(self, touched: frozenset[str]) -> None:
        if touched & _SOURCES or any(one.startswith(_OF_LEDGERS) for one in touched):
            self._lines = None

    def _read_base(self) -> None:
        self.base, self._lines = self.files.load(), None

    def _line(
        self,
        rule: Rule,
        change: RuleChange | None,
        kept: Mapping[str, Mapping[str, Any]],
        *,
        fits: bool,
    ) -> Line:
        is_kept = not rule.is_owed or rule.evidence in self._known
        said_on = change.is_on if change else None
        asks = fits and is_kept and not rule.is_on and said_on is None
        since = self._since(rule) if asks else None
        is_on = is_kept and (rule.is_on or since is not None) if said_on is None else said_on
        mine = rule
        if change is not None:
            mine = replace(rule, **only_known(rule, change.params))
            mine = replace(mine, basis=change.basis) if change.basis else mine
        if said := kept.get(rule.id) or kept.get(rule.evidence):
            mine = replace(mine, **said)
        return Line(mine, rule, fits, is_on, change, since)

    def _changes(self) -> dict[str, RuleChange]:
        with self.store.read() as session:
            found = session.scalars(select(RuleChange).order_by(RuleChange.id))
            return {one.rule: one for one in found}

    def _to_change(self, rule: str, reason: str) -> Line:
        self.store.sitter.demand(Right.CALENDAR)
        check_reason(reason)
        return self.line(rule)

    def _keep(
        self,
        rule: str,
        is_on: bool | None,
        params: Mapping[str, Any],
        basis: str | None,
        reason: str,
    ) -> None:
        with self.store.change("修改规则") as session:
            session.add(
                RuleChange(
                    rule=rule,
                    is_on=is_on,
                    params=dict(params),
                    basis=basis,
                    reason=reason.strip(),
                    changed_on=self.today(),
                    changed_by=self.store.sitter.name,
                )
            )


def _true(said: Mapping[str, Any]) -> frozenset[str]:
    """Return which facts are true, as the school said or as is usual."""
    usual = dict.fromkeys(SCHOOL_FACTS, False) | {key: key in USUAL for key in FURTHER_FACTS}
    return frozenset(key for key, is_so in usual.items() if said.get(_SCHOOL + key, is_so))


def _check(rule: Rule, params: Mapping[str, Any]) -> None:
    known = params_of(rule)
    wrong = [
        f"“{PARAMS[key].label}”只能填：{PARAMS[key].allowed}"
        for key, value in params.items()
        if key in known and not known[key].takes(value)
    ]
    wrong += [f"这一条没有“{key}”可改" for key in params if key not in known]
    if wrong:
        raise UserError(f"{'；'.join(wrong)}。", safe=_UNCHANGED, do="请改好再保存。")
