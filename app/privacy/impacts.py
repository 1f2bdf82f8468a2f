"""Impact assessments (个人信息保护影响评估): what is looked at before sensitive data is processed.

个人信息保护法第55条 says when, 第56条 what is looked at, and that it is kept for at least three
years; nothing is ever deleted here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from app.core.errors import UserError
from app.core.forms import Form
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.core.values import show
from app.core.views import Row
from app.privacy.records import ImpactNote
from app.privacy.rules import FINE, kept_until

KEYS = (
    *("number", "assessed_on", "assessed_by", "leader", "what", "why_now", "sorts", "people"),
    *("purpose", "is_needed", "needed_words", "harm", "risk", "measures", "is_enough"),
    *("result", "to_do"),
)
VIEW_KEYS = (*KEYS, "year", "kept_until")


class ImpactBook:
    """The assessments there are, PG-2026-0001."""

    def __init__(
        self, store: Store, form: Form | None, today: Callable[[], date] = date.today
    ) -> None:
        self.store = store
        self.today = today
        self.form = form

    def enter(self, **said: Any) -> ImpactNote:
        """Keep an assessment.

        Raises:
            UserError: the role may not, or a blank is wrong.

        """
        self.store.sitter.demand(Right.PRIVACY)
        self._check(said)
        with self.store.change("登记影响评估") as session:
            number = self.store.number("PG", said["assessed_on"].year)
            note = ImpactNote(number=number, **said)
            session.add(note)
        return note

    def correct(self, uid: str, *, seen: int | None = None, **said: Any) -> None:
        """Put right an assessment, or write down what was done since.

        Raises:
            UserError: the role may not, a blank is wrong, or it was changed meanwhile.

        """
        self.store.sitter.demand(Right.PRIVACY)
        with self.store.change("更正影响评估") as session, session.no_autoflush:
            note = self.store.get(ImpactNote, uid)
            labels = {field.key: field.label for field in self.form.fields} if self.form else {}
            check_unchanged(self.store, note, seen, name="这一份评估", labels=labels)
            for key, value in said.items():
                setattr(note, key, value)
            self._check({key: getattr(note, key) for key in KEYS if key != "number"})

    def void(self, uid: str, reason: str) -> None:
        """Mark an assessment 作废 that was entered by mistake.

        Raises:
            UserError: the role may not, or it is 作废 already.

        """
        self.store.sitter.demand(Right.PRIVACY)
        self.store.void(uid, reason, "作废影响评估")

    def get(self, uid: str) -> ImpactNote:
        """Return one assessment.

        Raises:
            UserError: the role may not, or it is 作废.

        """
        self.store.sitter.demand(Right.SEE_LOOKS)
        return self.store.get(ImpactNote, uid)

    def all(self) -> list[ImpactNote]:
        """Return the assessments, the newest first.

        Raises:
            UserError: the role may not.

        """
        self.store.sitter.demand(Right.SEE_LOOKS)
        newest = (ImpactNote.assessed_on.desc(), ImpactNote.id.desc())
        with self.store.read() as session:
            return list(session.scalars(select(ImpactNote).order_by(*newest)))

    def rows(self) -> list[Row]:
        """Return the assessments as the paper has them."""
        return [row_of(note) for note in self.all()]

    def _check(self, said: dict[str, Any]) -> None:
        if self.form is not None:
            people = said.get("people")
            self.form.check(said | {"people": None if people is None else Decimal(people)})
        if said["assessed_on"] > self.today():
            raise UserError(
                f"“评估日期”{show(said['assessed_on'])}还没有到。", do="请改好日期再保存。"
            )
        is_bad = not (said["is_needed"] and said["is_enough"])
        if is_bad and said["result"] == FINE:
            raise UserError(
                "有一项答了“否”，结论不能是“可以处理”。",
                safe="没有保存。",
                do="请改成“改好再处理”或“不处理”，并写明还要改什么。",
            )
        if said["result"] != FINE and not (said.get("to_do") or "").strip():
            raise UserError("“还要改什么”没有填。", safe="没有保存。", do="请写好再保存。")


def row_of(note: ImpactNote) -> Row:
    """Return one assessment as the paper has it."""
    return {key: getattr(note, key) for key in KEYS} | {
        "sorts": "、".join(note.sorts),
        "is_needed": show(note.is_needed),
        "is_enough": show(note.is_enough),
        "year": note.assessed_on.year,
        "kept_until": kept_until(note.assessed_on),
    }
