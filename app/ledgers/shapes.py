"""The shapes of the ledgers: what a school changed, began or took in, every version of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, Session

from app.core.errors import UserError
from app.core.forms import Field, Form, read_form
from app.core.plainforms import why_not_beside
from app.core.roles import Right
from app.core.store import WITH_VOID, Record, Store
from app.ledgers.fitting import Tick, is_counted_otherwise, refit
from app.ledgers.formtext import text_of
from app.ledgers.records import LedgerLine

HERE, BROUGHT = "本校", "带来的"


class LedgerShape(Record):
    """One version of a ledger's form; the newest of a ledger is the one in use.

    ``text`` is the form file; ``source`` says whether it was made here or brought; ``words`` what
    was changed.
    """

    __tablename__ = "ledger_shape"

    ledger: Mapped[str]
    version: Mapped[int]
    made_on: Mapped[date]
    source: Mapped[str]
    words: Mapped[str]
    text: Mapped[str]


class ShapeBook:
    """The shapes of one school's ledgers; ``base`` are the forms that come as files."""

    def __init__(
        self, store: Store, base: Mapping[str, Form], now: Callable[[], datetime] = datetime.now
    ) -> None:
        self.store, self.base, self._now = store, dict(base), now
        self.faults: list[UserError] = []
        self.shipped: frozenset[str] = frozenset(self.base)  # ids of what the program brings

    def forms(self) -> dict[str, Form]:
        """Return every form as it is now; ``faults`` tells afterwards what could not be read.

        A ledger that has lines keeps its last shape, even if that one was taken back.
        """
        found, self.faults = dict(self.base), []
        for shape in self._newest():
            try:
                form = read_form(shape.text, f"{shape.ledger}.toml")
            except UserError as fault:
                self.faults.append(fault)
            else:
                found[form.id] = form
        return found

    def versions(self, id: str) -> list[LedgerShape]:
        """Return the versions of a ledger's form that stand, the newest first."""
        wanted = select(LedgerShape).where(LedgerShape.ledger == id)
        with self.store.read() as session:
            return list(session.scalars(wanted.order_by(LedgerShape.version.desc())))

    def keep(
        self, form: Form, words: str, *, source: str = HERE, tick: Tick = lambda done, total: None
    ) -> Form:
        """Use this form from now on; lines entered before keep what they say.

        Returns the form as it is read again from what was kept. ``tick`` hears of the lines gone
        through.

        Raises:
            UserError: the role may not, the form cannot be, or what lines say would not fit.

        """
        self.store.sitter.demand(Right.LEDGERS)
        before = self.forms()
        made = _read_again(form, before)
        old = before.get(form.id)
        self._demand_privacy(made)
        with self.store.change(f"{'更改' if old else '新建'}台账：{made.title}") as session:
            if old is not None and is_counted_otherwise(old, made):
                refit(self._lines(session, form.id), old, made, self._now().date(), tick)
            session.add(
                LedgerShape(
                    ledger=made.id,
                    version=self._next(session, made.id),
                    made_on=self._now().date(),
                    source=source,
                    words=words,
                    text=text_of(made),
                )
            )
        return made

    def take_in(self, form: Form) -> Form:
        """Keep a form that was brought; blanks that only the one before had are put away.

        Raises:
            UserError: the role may not, it would take the place of one the program brings, or what
                lines say would not fit.

        """
        self.store.sitter.demand(Right.LEDGERS)
        if why := why_not_brought(form, self.forms(), self.shipped):
            raise UserError(f"台账“{form.title}”放不进来：{why}。", safe="现有的台账都没有变。")
        if (before := self.forms().get(form.id)) is not None:
            return self.keep(carried_over(form, before), "换上带来的新样子", source=BROUGHT)
        return self.keep(form, "放进新台账", source=BROUGHT)

    def older(self, shape: LedgerShape) -> Form:
        """Return an older version to be used again; blanks made since are put away, not lost.

        Raises:
            UserError: it can no longer be read.

        """
        form = read_form(shape.text, f"{shape.ledger}.toml")
        return carried_over(form, self.forms()[form.id])

    def shipped_shape(self, id: str) -> Form:
        """Return a ledger as the program brings it; blanks the school made are put away."""
        return carried_over(self.base[id], self.forms()[id])

    def drop(self, id: str) -> None:
        """Do away with a ledger that came in by itself and has no line yet.

        Raises:
            UserError: the role may not, it is the program's own, or it has lines.

        """
        self.store.sitter.demand(Right.LEDGERS)
        versions = self.versions(id)
        if id in self.base or not versions:
            raise UserError("软件自带的台账去不掉，用不着的不用管它。")
        with self.store.change("去掉一本台账"):
            if id in self._with_lines():
                raise UserError(
                    "这本台账已经有登记，不能去掉。",
                    safe="登记的内容都在。",
                    do="不再用的，不往里登记就行；登记错的可以一条一条作废。",
                )
            for shape in versions:
                self.store.void(shape.uid, "不用了")

    def _demand_privacy(self, form: Form) -> None:
        """Let nobody open what the program's own form keeps private."""
        own = self.base.get(form.id)
        for field in own.fields if own is not None else ():
            if form.field(field.key).sensitive < field.sensitive:
                raise UserError(
                    f"“{form.field(field.key).label}”不能放宽给更多人看：软件自带的台账里它更保密。",
                    safe="台账没有改动。",
                    do="请把“谁能看”改回去；可以改得更保密。",
                )

    def _newest(self) -> list[LedgerShape]:
        """Return the shape in use of each ledger, in the order they were kept."""
        wanted = select(LedgerShape).order_by(LedgerShape.version, LedgerShape.id)
        with self.store.read() as session:
            every = session.scalars(wanted.execution_options(**WITH_VOID)).all()
        lined = self._with_lines() if any(one.void_reason for one in every) else frozenset()
        taken_back = [one for one in every if one.void_reason and one.ledger in lined]
        found = {one.ledger: one for one in taken_back if one.ledger not in self.base}
        found |= {one.ledger: one for one in every if one.void_reason is None}
        return list(found.values())

    def _with_lines(self) -> frozenset[str]:
        wanted = select(LedgerLine.ledger).distinct().execution_options(**WITH_VOID)
        with self.store.read() as session:
            return frozenset(session.scalars(wanted))

    def _lines(self, session: Session, id: str) -> list[LedgerLine]:
        wanted = select(LedgerLine).where(LedgerLine.ledger == id)
        return list(session.scalars(wanted.execution_options(**WITH_VOID)))

    def _next(self, session: Session, id: str) -> int:
        wanted = select(func.max(LedgerShape.version)).where(LedgerShape.ledger == id)
        return (session.scalar(wanted.execution_options(**WITH_VOID)) or 0) + 1


def why_not_brought(form: Form, known: Mapping[str, Form], shipped: Collection[str]) -> str:
    """Say why a form from elsewhere cannot be used here; empty if it can."""
    if not form.plain:
        return "里面没有写plain = true，不是一本台账"
    if form.id in shipped and form.id in known:
        own = known[form.id]
        kind = "台账" if own.plain else "表格"
        return f"“{form.id}”是软件自带的{kind}“{own.title}”的id，别处来的不能顶替它，请换一个id"
    return why_not_beside(form, known)


def carried_over(form: Form, before: Form) -> Form:
    """Return a form with the blanks that only the one ``before`` has, put away."""
    known = {blank.key for blank in form.every}
    gone: Iterable[str] = (blank.key for blank in before.every if blank.key not in known)
    return replace(form, hidden=(*form.hidden, *(_alone(before, key) for key in gone)))


def _alone(form: Form, key: str) -> Field:
    """Return a blank without what ties it to others, which the new form may not have."""
    return replace(
        form.field(key),
        not_before="",
        settled_by="",
        follows="",
        by="",
        months_by=(),
        hours=0,
        days=0,
        months=0,
        differs_from="",
        not_after="",
        at_most="",
        sum_of=(),
        together=(),
        needed_if=(),
        in_season=False,
        asked=True,
    )


def _read_again(form: Form, others: Mapping[str, Form]) -> Form:
    made = read_form(text_of(form), f"{form.title}.toml")
    if why := why_not_beside(made, others):
        raise UserError(f"这本台账放不进去：{why}。", safe="现有的台账都没有变。")
    return made
