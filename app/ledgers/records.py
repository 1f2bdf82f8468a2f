"""The lines of all plain ledgers, and the months reported of them: two tables for every file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record


class LedgerLine(Record):
    """One line (一条) of a plain ledger, numbered as its form says.

    ``said`` is what was filled in, by the keys of the form, as JSON keeps it. ``line_on`` is the
    day it stands under; ``closed_on`` the day it ended; ``next_on`` the earliest day of it that
    somebody must be reminded of. The three follow from what was said and the form.
    """

    __tablename__ = "ledger_line"

    ledger: Mapped[str]
    number: Mapped[str] = mapped_column(unique=True)
    line_on: Mapped[date]
    closed_on: Mapped[date | None]
    next_on: Mapped[date | None]
    said: Mapped[dict[str, Any]]

    @classmethod
    def topic(cls, image: Mapping[str, Any]) -> str:
        """Name the ledger, since its page alone has to read again."""
        return topic_of(image["ledger"])


class LedgerMonth(Record):
    """One month (2026-11) of a ledger as it was reported; without a line it is a 零报告."""

    __tablename__ = "ledger_month"

    ledger: Mapped[str]
    month: Mapped[str]
    reported_on: Mapped[date]
    reported_by: Mapped[str]
    lines: Mapped[int]
    words: Mapped[str | None]

    @classmethod
    def topic(cls, image: Mapping[str, Any]) -> str:
        """Name the ledger, since its page alone has to read again."""
        return topic_of(image["ledger"])


def topic_of(ledger: str) -> str:
    """Return what a change to a ledger is news of."""
    return f"ledger:{ledger}"
