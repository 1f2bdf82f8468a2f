"""The tables of campaigns: the campaign, its phases, its tasks."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record
from app.hazards.campaigns.rules import Span, last_day_to_report


class Campaign(Record):
    """One campaign (专项行动); ``basis`` is the document that orders it.

    How it stands follows from its days and is never stored. ``problems`` and ``proposals`` are
    the two parts of its report that only a person can write. ``ended_on`` is set where it ended
    before its last day; ``turns`` say when it was ended or taken up again, by whom and why.
    """

    __tablename__ = "campaign"

    name: Mapped[str]
    slogan: Mapped[str | None]
    basis: Mapped[str | None]
    basis_number: Mapped[str | None]
    issuer: Mapped[str | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    problems: Mapped[str | None]
    proposals: Mapped[str | None]
    ended_on: Mapped[date | None]
    turns: Mapped[list[Any] | None]


class CampaignPhase(Record):
    """One phase (阶段) of a campaign.

    ``shown_as`` is how the document says its days (12月下旬). What is to be handed in is due on
    ``report_on``, a day of its own; ``report_counts`` says whether that day itself is in time.
    ``looks_back`` marks the phase in which what is closed is looked at again (回头看).
    """

    __tablename__ = "campaign_phase"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    shown_as: Mapped[str | None]
    report: Mapped[str | None]
    report_on: Mapped[date | None]
    report_counts: Mapped[bool] = mapped_column(default=False)
    reported_on: Mapped[date | None]
    looks_back: Mapped[bool] = mapped_column(default=False)

    @property
    def span(self) -> Span:
        """Its days as the rules take them."""
        return Span(self.name, self.starts_on, self.ends_on, self.report_on, self.report_counts)

    @property
    def report_due_on(self) -> date | None:
        """The last day that is still in time to hand in."""
        return last_day_to_report(self.report_on, counts=self.report_counts)


class CampaignTask(Record):
    """One thing a campaign asks for (任务), with who answers for it."""

    __tablename__ = "campaign_task"

    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaign.id"))
    what: Mapped[str]
    department: Mapped[str | None]
    owner: Mapped[str | None]
    due_on: Mapped[date | None]
    done_on: Mapped[date | None]
