"""The send log: every data file that was made, and when both ends signed for it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Mapped

from app.core.store import Record
from app.handover.parts import Period, checksum
from app.handover.periods import lateness


class SentFile(Record):
    """One data file that was made; ``rows`` counts the rows of each table.

    ``sha256`` is of the file before it is sealed, so that both ends can tell it; ``revision``
    counts the files of the same days. It is ``handed_at`` once both have signed for it.
    """

    __tablename__ = "sent_file"

    seq: Mapped[int]
    made_at: Mapped[datetime]
    made_by: Mapped[str]
    name: Mapped[str]
    sha256: Mapped[str]
    rows: Mapped[dict[str, Any]]
    span: Mapped[str | None]
    first_on: Mapped[date | None]
    last_on: Mapped[date | None]
    revision: Mapped[int]
    attachments: Mapped[int]
    sealed_for: Mapped[str | None]
    due_at: Mapped[datetime | None]
    handed_at: Mapped[datetime | None]
    handed_by: Mapped[str | None]
    handed_to: Mapped[str | None]

    @property
    def period(self) -> Period | None:
        """The days it tells of; a file of an older edition does not say."""
        if self.first_on is None or self.last_on is None:
            return None
        return Period(self.first_on, self.last_on)

    @property
    def checksum(self) -> str:
        """What both ends compare to know that they hold the same file."""
        return checksum(self.sha256)

    def lateness(self) -> str:
        """Say whether it was handed over in time, nothing where no time was set."""
        return lateness(self.due_at, self.handed_at)
