"""The tables of the hazard room: a hazard, its signed steps, and the notices that went out."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record
from app.hazards.standing import Plan, Standing
from app.hazards.words import Status, Step


class Hazard(Record):
    """One hazard (隐患). Its status is worked out each day, never stored.

    ``step`` is the step that waits, None once it is closed; ``round`` counts the times the work
    was begun. ``photos`` are hashes of blobs, ``risk`` is the number of
    its risk point. A hazard from the school's old ledger (旧账) keeps
    every cell of its line in ``own_words``, by header; ``old_key`` knows the line again.

    While it is 挂账, ``keeper`` watches it and ``look_on`` is when it is looked at next.
    ``returned`` says who handed it back and why (退回), until somebody goes on with it.
    ``sprung_from`` is the closed hazard that came back as this one (反弹).

    ``cost`` is in yuan; ``applied_as`` and ``applied_on`` name the paper that asked those above
    for money. ``copied_on`` is the day it was typed into the ``platform`` of those above (已录).
    """

    __tablename__ = "hazard"

    number: Mapped[str] = mapped_column(unique=True)
    found_on: Mapped[date]
    source: Mapped[str | None]
    found_by: Mapped[str | None]
    category: Mapped[str]
    area: Mapped[str | None]
    place: Mapped[str]
    what: Mapped[str]
    grade: Mapped[str]
    way: Mapped[str | None]
    measures: Mapped[str | None]
    owner: Mapped[str | None]
    due_on: Mapped[date | None]
    due_is_default: Mapped[bool] = mapped_column(default=False)
    photos: Mapped[list[Any] | None]
    remark: Mapped[str | None]
    risk: Mapped[str | None]
    step: Mapped[str | None]
    round: Mapped[int] = mapped_column(default=1)
    fixed_on: Mapped[date | None]
    result: Mapped[str | None]
    accepted_by: Mapped[str | None]
    closed_on: Mapped[date | None]
    old_key: Mapped[str | None]
    own_words: Mapped[dict[str, Any] | None]
    look_on: Mapped[date | None]
    keeper: Mapped[str | None]
    returned: Mapped[str | None]
    sprung_from: Mapped[int | None] = mapped_column(ForeignKey("hazard.id"))
    campaign_uid: Mapped[str | None]
    consequence: Mapped[str | None]
    cause: Mapped[str | None]
    liability: Mapped[str | None]
    department: Mapped[str | None]
    cost: Mapped[Decimal | None]
    funds: Mapped[str | None]
    needs_above: Mapped[bool | None]
    applied_as: Mapped[str | None]
    applied_on: Mapped[date | None]
    seasons: Mapped[list[Any] | None]
    hours: Mapped[list[Any] | None]
    emergency: Mapped[str | None]
    copied_on: Mapped[date | None]
    platform: Mapped[str | None]
    platform_number: Mapped[str | None]
    grading: Mapped[dict[str, Any] | None]
    clause: Mapped[str | None]

    @property
    def plan(self) -> Plan:
        """What is to be done, by whom and by when, as far as it is settled."""
        return Plan(measures=self.measures, owner=self.owner, due_on=self.due_on)

    @property
    def is_old(self) -> bool:
        """Say whether it came from the ledger the school kept before (旧账)."""
        return self.old_key is not None

    @property
    def is_shelved(self) -> bool:
        """Say whether it is 挂账: put on record since it cannot be put right for now."""
        return self.look_on is not None

    @property
    def aside(self) -> Status | None:
        """How it stands beside the steps: 挂账 or 退回, else None."""
        if self.is_shelved:
            return Status.SHELVED
        return Status.RETURNED if self.returned else None

    def standing(self, last_on: date | None) -> Standing:
        """Return where it stands; ``last_on`` is the day of its newest signature."""
        step = Step(self.step) if self.step else None
        return Standing(step, self.grade, self.plan, self.found_on, last_on, self.is_shelved)


class HazardStep(Record):
    """One signed step, or act beside the steps. Only added; work done again is a new ``round``.

    ``signed_on`` is the day the signer gives, ``entered_at`` the moment it came in here.
    ``facts`` holds what belongs to one step alone, such as to whom it was reported.
    """

    __tablename__ = "hazard_step"

    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazard.id"))
    step: Mapped[str]
    round: Mapped[int]
    signed_by: Mapped[str]
    signed_on: Mapped[date]
    entered_at: Mapped[datetime]
    words: Mapped[str]
    is_skipped: Mapped[bool]
    verdict: Mapped[str | None]
    facts: Mapped[dict[str, Any] | None]
    attachments: Mapped[list[Any] | None]


class HazardNotice(Record):
    """One notice to put things right (整改通知书) with its reply slip (回执)."""

    __tablename__ = "hazard_notice"

    number: Mapped[str] = mapped_column(unique=True)
    department: Mapped[str | None]
    person: Mapped[str]
    checked_on: Mapped[date | None]
    checked_by: Mapped[str | None]
    requirement: Mapped[str]
    due_on: Mapped[date]
    signer: Mapped[str]
    issued_on: Mapped[date]
    received_by: Mapped[str | None]
    received_on: Mapped[date | None]
    reply: Mapped[str | None]
    finished_on: Mapped[date | None]
    replied_on: Mapped[date | None]


class HazardNoticeLine(Record):
    """One hazard that a notice names, and what the reply slip said of it."""

    __tablename__ = "hazard_notice_line"

    notice_id: Mapped[int] = mapped_column(ForeignKey("hazard_notice.id"))
    hazard_id: Mapped[int] = mapped_column(ForeignKey("hazard.id"))
    reply: Mapped[str | None]
    finished_on: Mapped[date | None]
