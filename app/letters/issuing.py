"""Sending letters: a batch to many, to those who came later, and once more to the missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.paper import Layout
from app.core.roles import Right
from app.core.settings import Settings
from app.core.store import Store
from app.core.views import Filter
from app.letters import lines
from app.letters.choosing import Pick, named
from app.letters.codes import batch_code
from app.letters.editions import EditionDesk
from app.letters.families import Family, families
from app.letters.letterforms import LetterForm, find_letter
from app.letters.records import LetterBatch
from app.letters.sending import in_words, join_families, pupils_of, receipts_for, worded
from app.students import CareRegister, Pupil, StudentRegister, ThinningDesk, TurnRegister

_NOTHING_SENT = "没有发出任何信。"


@dataclass(frozen=True)
class To:
    """To whom a letter goes: the whole school, or what is said here of it.

    ``classes`` are uids. With ``family`` a home gets one letter; ``split`` are the children (uids)
    who get one of their own all the same.
    """

    where: Filter | None = None
    classes: Collection[str] | None = None
    pick: Pick = Pick()  # noqa: RUF009 - frozen
    family: bool = False
    split: Collection[str] = ()


def refuse_past(due_on: date | None, today: date) -> None:
    """Refuse a day of return that is over.

    Raises:
        UserError: it is.

    """
    if due_on is not None and due_on < today:
        raise UserError("收回日期比今天还早。", safe=_NOTHING_SENT, do="请改成今天以后的日子。")


class Issuing:
    """The part of the letters room that sends. ``care``, if given, knows who is cared for."""

    def __init__(
        self,
        store: Store,
        students: StudentRegister,
        letter_forms: Mapping[str, LetterForm],
        today: Callable[[], date],
    ) -> None:
        self._store = store
        self._settings = Settings(store)
        self._today = today
        self.students = students
        self.editions = EditionDesk(store, letter_forms)
        self.care: CareRegister | None = None

    @property
    def letter_forms(self) -> dict[str, LetterForm]:
        """The letters as they would be sent now, by id."""
        return self.editions.letters()

    def today(self) -> date:
        """Return the day on which a letter would be sent now."""
        return self._today()

    def compose(
        self,
        form: LetterForm,
        blocks: Collection[str] | None,
        filled: Mapping[str, str] | None,
    ) -> list[list[str]]:
        """Return the parts of a letter as it would be sent now, with what the school has settled.

        Raises:
            UserError: nothing was chosen, or there is no such block.

        """
        years = ThinningDesk(TurnRegister(self.students)).years()
        settled = {"keep_years": str(years.keep), "proof_years": str(years.proof)}
        return form.compose(blocks, filled={**(filled or {}), **settled})

    def pupils_to(self, to: To) -> list[Pupil]:
        """Return the pupils a letter would go to, by class and seat.

        Raises:
            UserError: the role may not, or a name is not to be found.

        """
        self._store.sitter.demand(Right.LETTERS)
        return pupils_of(self.students, self._scope(to))

    def families_to(self, to: To) -> list[Family]:
        """Return the homes among them that have several children.

        Raises:
            UserError: the role may not, or a name is not to be found.

        """
        return families(self.pupils_to(to))

    def issue(
        self,
        letter: str,
        to: To = To(),
        *,
        blocks: Collection[str] | None = None,
        filled: Mapping[str, str] | None = None,
        layout: Layout | None = None,
        small: bool | None = None,
        due_on: date | None = None,
    ) -> LetterBatch:
        """Send a letter to all pupils, or to those ``to`` names.

        ``blocks`` are the parts to be sent, the usual ones unless said; ``filled`` is what stands
        in the letter's own blanks; ``layout`` how it goes on paper and ``small`` whether
        in 五号, both as the letter says if None.

        Raises:
            UserError: the role may not, there is no such letter, nobody would get it, or it would
                have to come back before it is sent.

        """
        self._store.sitter.demand(Right.LETTERS)
        form, today = find_letter(self.letter_forms, letter), self._today()
        refuse_past(due_on, today)
        parts = self.compose(form, blocks, filled)
        scope = self._scope(to)
        pupils = pupils_of(self.students, scope)
        if not pupils:
            raise UserError(
                "没有找到要发信的学生。", safe=_NOTHING_SENT, do="请先导入名册，或换一个范围。"
            )
        with self._store.change(f"发信：{form.title}") as session:
            batch = LetterBatch(
                code=self._next_code(form.code, today.year),
                letter=form.id,
                title=form.title,
                version=form.version,
                text=worded(form, parts, layout, small=small, mark=self._school_code()),
                has_receipt=form.receipt,
                scope=scope | {"say": in_words(scope, pupils)},
                issued_on=today,
                due_on=due_on,
            )
            session.add(batch)
            session.flush()
            _await_receipts(session, batch, pupils, to)
        return batch

    def batch(self, name: str) -> LetterBatch:
        """Return a batch by its code, its uid, or its title if only one bears it.

        Raises:
            UserError: there is none, or several.

        """
        with self._store.read() as session:
            return lines.find_batch(session, name)

    def _school_code(self) -> str:
        return str(self._settings.get("school.code", ""))

    def _scope(self, to: To) -> dict[str, Any]:
        scope: dict[str, Any] = {"where": dict(to.where or {}), "classes": list(to.classes or ())}
        if lasting := to.pick.lasting:
            scope["pick"] = lasting
        if to.family:
            scope["family"] = True
            scope["split"] = sorted(to.split)
        if to.pick.is_once:
            scope["uids"] = [pupil.uid for pupil in self._once(scope, to.pick)]
        return scope

    def _once(self, scope: Mapping[str, Any], pick: Pick) -> list[Pupil]:
        pupils = pupils_of(self.students, scope)
        if pick.category:
            cared = self.care.pupils_with(pick.category) if self.care else set()
            pupils = [pupil for pupil in pupils if pupil.uid in cared]
        return named(pupils, pick.names) if pick.names.strip() else pupils

    def _next_code(self, stem: str, year: int) -> str:
        return batch_code(stem, year, self._store.count(f"家长信 {stem}", year))


def _await_receipts(session: Session, batch: LetterBatch, pupils: Sequence[Pupil], to: To) -> None:
    """Enter the receipt of each pupil, one a home where the letter goes to families."""
    receipts = receipts_for(batch, pupils, range(1, len(pupils) + 1))
    session.add_all(receipts)
    if to.family:
        session.flush()
        join_families(receipts, pupils, to.split)
