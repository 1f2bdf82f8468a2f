"""Leaks of personal data (泄露登记): what happened, what was stopped, who was told.

Guardians and those above are told (个人信息保护法第57条, 未成年人网络保护条例第35条).
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
from app.privacy.records import DataLeak

OPEN, CLOSED = "处理中", "已办结"
UNTOLD = "还没有告知监护人"
KEYS = (
    *("number", "found_on", "found_by", "what", "sorts", "people", "cause", "harm", "measures"),
    *("told_families_on", "told_office", "told_office_on", "advice", "closed_on", "lesson"),
)


class LeakBook:
    """The leaks there were, XL-2026-0001."""

    def __init__(
        self, store: Store, form: Form | None, today: Callable[[], date] = date.today
    ) -> None:
        self.store = store
        self.today = today
        self.form = form

    def enter(self, **said: Any) -> DataLeak:
        """Enter a leak as soon as it is found; what is not known yet is added later.

        Raises:
            UserError: the role may not, or a blank is wrong.

        """
        self.store.sitter.demand(Right.PRIVACY)
        self._check(said)
        with self.store.change("登记泄露") as session:
            number = self.store.number("XL", said["found_on"].year)
            leak = DataLeak(number=number, **said)
            session.add(leak)
        return leak

    def correct(self, uid: str, *, seen: int | None = None, **said: Any) -> None:
        """Go on with a leak: who was told, what was done, when it was closed.

        Raises:
            UserError: the role may not, a blank is wrong, or it was changed meanwhile.

        """
        self.store.sitter.demand(Right.PRIVACY)
        with self.store.change("更正泄露登记") as session, session.no_autoflush:
            leak = self.store.get(DataLeak, uid)
            check_unchanged(self.store, leak, seen, name="这一条泄露登记", labels=self._labels())
            for key, value in said.items():
                setattr(leak, key, value)
            self._check({key: getattr(leak, key) for key in KEYS if key != "number"})

    def void(self, uid: str, reason: str) -> None:
        """Mark a leak 作废 that was entered by mistake.

        Raises:
            UserError: the role may not, or it is 作废 already.

        """
        self.store.sitter.demand(Right.PRIVACY)
        self.store.void(uid, reason, "作废泄露登记")

    def get(self, uid: str) -> DataLeak:
        """Return one leak.

        Raises:
            UserError: the role may not, or it is 作废.

        """
        self.store.sitter.demand(Right.SEE_LOOKS)
        return self.store.get(DataLeak, uid)

    def all(self) -> list[DataLeak]:
        """Return the leaks, the newest first.

        Raises:
            UserError: the role may not.

        """
        self.store.sitter.demand(Right.SEE_LOOKS)
        newest = (DataLeak.found_on.desc(), DataLeak.id.desc())
        with self.store.read() as session:
            return list(session.scalars(select(DataLeak).order_by(*newest)))

    def untold(self) -> list[DataLeak]:
        """Return the open leaks of which no guardian was told yet, the oldest first.

        Raises:
            UserError: the role may not.

        """
        found = [leak for leak in self.all() if not (leak.closed_on or leak.told_families_on)]
        return found[::-1]

    def rows(self) -> list[Row]:
        """Return the leaks as the paper has them."""
        return [
            {key: getattr(leak, key) for key in KEYS}
            | {"sorts": "、".join(leak.sorts), "year": leak.found_on.year}
            for leak in self.all()
        ]

    def _labels(self) -> dict[str, str]:
        return {field.key: field.label for field in self.form.fields} if self.form else {}

    def _check(self, said: dict[str, Any]) -> None:
        if self.form is not None:
            people = said.get("people")
            self.form.check(said | {"people": None if people is None else Decimal(people)})
        found, today = said["found_on"], self.today()
        labels = self._labels()
        for key in ("found_on", "told_families_on", "told_office_on", "closed_on"):
            day = said.get(key)
            label = labels.get(key, key)
            if day is not None and day > today:
                raise UserError(f"“{label}”{show(day)}还没有到。", do="请改好日期再保存。")
            if day is not None and day < found:
                raise UserError(f"“{label}”早于发现日期。", do="请改好日期再保存。")
        if said.get("closed_on") and not (said.get("told_families_on") or said.get("lesson")):
            raise UserError(
                "还没有告知监护人，不能办结。",
                safe="没有保存。",
                do="请先填告知监护人的日期；没有造成危害、依法可以不告知的，在“教训和改进”里写明理由。",
            )
