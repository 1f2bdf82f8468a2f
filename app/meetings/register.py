"""The register of meetings: who met, what was judged and decided, and what became of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any, TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.errors import UserError
from app.core.evidence import Done
from app.core.latest import check_unchanged
from app.core.roles import Right
from app.core.store import Store
from app.core.views import View
from app.hazards import HazardRegister, is_major
from app.meetings import rules
from app.meetings.decisions import DecisionLine, decide, lines_of
from app.meetings.records import Meeting, MeetingDecision
from app.meetings.sight import demand_sight, may_see
from app.meetings.town import meeting_rows
from app.meetings.views import views

LABELS = {
    "kind": "会议类型", "held_at": "开会时间", "place": "地点", "chair": "主持人",
    "recorder": "记录人", "due": "应到人员", "absent": "缺席", "guests": "列席和外请",
    "topics": "议题", "words": "会议内容", "risks": "风险研判", "late_reason": "补录原因",
    "photos": "照片和签到表",
}  # fmt: skip
_TEXTS = ("place", "chair", "recorder", "guests", "topics", "words", "late_reason")
_FIRST_LOOK = timedelta(days=30)  # how far back the first meeting of a kind looks


class Minutes(TypedDict, total=False):
    """What may be said of a meeting when it is entered or put right."""

    kind: str
    held_at: datetime
    place: str
    chair: str
    recorder: str
    due: list[str]
    absent: list[dict[str, str]] | None
    guests: str | None
    topics: str
    words: str | None
    risks: list[dict[str, str]] | None
    photos: list[str] | None
    late_reason: str | None


class MeetingRegister:
    """The meetings of one school; their numbers run HY-2026-0001."""

    def __init__(
        self,
        store: Store,
        hazards: HazardRegister,
        now: Callable[[], datetime] = datetime.now,
        staff: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        """``staff`` names who works at the school."""
        self.store, self.hazards, self.now, self.staff = store, hazards, now, staff
        self.views: dict[str, View] = views(self) | {"town": partial(meeting_rows, store)}

    def today(self) -> date:
        """Return the day all of it counts from."""
        return self.now().date()

    def enter(
        self,
        *,
        decisions: Sequence[Mapping[str, Any]] = (),
        reviewed: Sequence[Mapping[str, Any]] = (),
        **said: Unpack[Minutes],
    ) -> Meeting:
        """Enter a meeting; the progress of the hazards up to that day is written down with it.

        ``reviewed`` are the earlier decisions that were asked about: ``uid``, and where one ended
        its ``result`` and ``words``; it ends on the day of the meeting unless ``ended_on`` says
        otherwise.

        Raises:
            UserError: the role may not, or something is missing or cannot be.

        """
        self._demand()
        known = _tidy(said)
        rules.check_meeting(known, self.now(), self.today())
        with self.store.change("登记会议") as session:
            told = [self._look_back(one, known["held_at"].date()) for one in reviewed]
            meeting = Meeting(
                number=self.store.number("HY", known["held_at"].year),
                entered_at=self.now().replace(microsecond=0),
                reviewed=told or None,
                progress=self.progress(known["kind"], known["held_at"]).counts(),
                **known,
            )
            session.add(meeting)
            session.flush()
            for one in decisions:
                session.add(decide(meeting, one))
        return meeting

    def correct(
        self,
        uid: str,
        *,
        seen: int | None = None,
        decisions: Sequence[Mapping[str, Any]] | None = None,
        **said: Unpack[Minutes],
    ) -> None:
        """Put right what was entered; decisions named anew are changed, added or taken out.

        Raises:
            UserError: the role may not, it was changed meanwhile, or it cannot be.

        """
        self._demand()
        with self.store.change("更正会议") as session, session.no_autoflush:
            meeting = self.get(uid)
            check_unchanged(self.store, meeting, seen, name=f"会议{meeting.number}", labels=LABELS)
            before = meeting.kind, meeting.held_at
            for key, value in _tidy(said).items():
                setattr(meeting, key, value)
            facts = {key: getattr(meeting, key) for key in Minutes.__annotations__}
            rules.check_meeting(facts, self.now(), meeting.entered_at.date())
            if (meeting.kind, meeting.held_at) != before:
                found = self.progress(meeting.kind, meeting.held_at)
                meeting.progress = found.counts()
            if decisions is not None:
                self._decide_anew(session, meeting, decisions)

    def end(
        self,
        uid: str,
        *,
        result: str,
        on: date | None,
        words: str | None = None,
        seen: int | None = None,
    ) -> None:
        """Write down how a decision ended.

        Raises:
            UserError: the role may not, or it cannot have ended so.

        """
        self._demand()
        with self.store.change(f"议定事项{result}"):
            decision = self.store.get(MeetingDecision, uid)
            check_unchanged(self.store, decision, seen, name="这一项", labels=_DECISION)
            meeting = self.get(decision.meeting_uid)
            rules.check_end(result, on, words, held_on=meeting.held_at.date(), today=self.today())
            decision.result, decision.ended_on = result, on
            decision.words = (words or "").strip() or None

    def reopen(self, uid: str) -> None:
        """Take a decision up again; the journal keeps how it had ended."""
        self._demand()
        with self.store.change("重新办理议定事项"):
            decision = self.store.get(MeetingDecision, uid)
            decision.result = decision.ended_on = decision.words = None

    def void(self, uid: str, reason: str) -> None:
        """Mark a meeting 作废; its number is not given out again, its decisions go with it."""
        self._demand()
        self.store.void(uid, reason, "作废会议")

    def get(self, uid: str) -> Meeting:
        """Return one meeting.

        Raises:
            UserError: the role may not see meetings, or it is 作废.

        """
        demand_sight(self.store.sitter)
        return self.store.get(Meeting, uid)

    def all(self) -> Sequence[Meeting]:
        """Return the meetings, the newest first.

        Raises:
            UserError: the role may not see meetings.

        """
        demand_sight(self.store.sitter)
        with self.store.read() as session:
            order = (Meeting.held_at.desc(), Meeting.id.desc())
            return session.scalars(select(Meeting).order_by(*order)).all()

    def decisions(self, uid: str | None = None) -> list[DecisionLine]:
        """Return the decisions of all meetings, or of one: the oldest meeting's first.

        Raises:
            UserError: the role may not see meetings.

        """
        demand_sight(self.store.sitter)
        return lines_of(self.store, self.today(), uid)

    def due(self) -> list[DecisionLine]:
        """Return the decisions that are still open, what is due first coming first.

        Whoever may not see meetings is shown none.
        """
        if not may_see(self.store.sitter):
            return []
        waiting = [line for line in self.decisions() if line.result is None]
        return sorted(waiting, key=lambda line: (line.due_on, line.number))

    def to_review(self, before: datetime | None = None) -> list[DecisionLine]:
        """Return what a meeting asks about: what is open, and what ended since the last meeting."""
        at = before or self.now()
        earlier = [meeting for meeting in self.all() if meeting.held_at < at]
        since = earlier[0].held_at.date() if earlier else date.min
        numbers = {meeting.number for meeting in earlier}
        return [
            line
            for line in self.decisions()
            if line.number in numbers
            and (line.result is None or (line.ended_on and line.ended_on >= since))
        ]

    def last(self, kind: str, before: datetime | None = None) -> Meeting | None:
        """Return the newest meeting of a kind held before a moment."""
        at = before or self.now()
        same = (one for one in self.all() if one.kind == kind and one.held_at < at)
        return next(same, None)

    def progress(self, kind: str, until: datetime) -> rules.Progress:
        """Return what became of the hazards since the last meeting of this kind."""
        last = self.last(kind, until)
        since = last.held_at.date() if last else until.date() - _FIRST_LOOK
        return self.progress_between(since, until.date())

    def progress_between(self, since: date, until: date) -> rules.Progress:
        """Return what became of the hazards between two days, the first not counted."""
        lines = self.hazards.lines()
        return rules.progress_of(lines, since=since, until=until, is_major=is_major)

    def done(self, first: date, last: date) -> list[Done]:
        """Return the meetings held in these days, the last included."""
        columns = (Meeting.held_at, Meeting.kind, Meeting.uid, Meeting.number)
        days = (datetime.combine(first, time.min), datetime.combine(last, time.max))
        wanted = select(*columns).where(Meeting.held_at.between(*days))
        with self.store.read() as session:
            found = session.execute(wanted.order_by(Meeting.held_at)).all()
        return [
            Done(held_at.date(), kind, uid, f"{kind} {number}", held_at)
            for held_at, kind, uid, number in found
        ]

    def decided_in(self) -> list[tuple[str, date, str]]:
        """Return the meetings another room may refer to: number and kind, day, what was decided.

        Whoever may not see meetings is offered none.
        """
        if not may_see(self.store.sitter):
            return []
        by_meeting: dict[str, list[str]] = {}
        for line in self.decisions():
            by_meeting.setdefault(line.meeting_uid, []).append(line.matter)
        return [
            (
                f"{one.number} {one.kind}",
                one.held_at.date(),
                "；".join(by_meeting.get(one.uid, [])) or one.topics,
            )
            for one in self.all()
        ]

    def _demand(self) -> None:
        """Go on only for who may enter meetings of the whole school; a 班主任 only sits in them."""
        self.store.sitter.demand(Right.MEETINGS)
        demand_sight(self.store.sitter)

    def _look_back(self, said: Mapping[str, Any], held_on: date) -> dict[str, Any]:
        """Write down what was reported of a decision; return it as the minutes keep it."""
        decision = self.store.get(MeetingDecision, said["uid"])
        if said.get("result") and decision.result is None:
            on = said.get("ended_on") or held_on
            self.end(decision.uid, result=said["result"], on=on, words=said.get("words"))
        elif decision.result is None and said.get("words"):
            decision.words = said["words"].strip()
        standing = rules.standing_of(decision.due_on, decision.result, held_on)
        return {
            "uid": decision.uid,
            "matter": decision.matter,
            "person": decision.person,
            "due_on": decision.due_on.isoformat(),
            "state": str(standing),
            "words": decision.words or "",
        }

    def _decide_anew(
        self, session: Session, meeting: Meeting, said: Sequence[Mapping[str, Any]]
    ) -> None:
        known = {line.uid for line in self.decisions(meeting.uid)}
        for one in said:
            rules.check_decision(one, meeting.held_at.date())
            if uid := one.get("uid"):
                decision = self.store.get(MeetingDecision, uid)
                decision.matter, decision.person = one["matter"], one["person"]
                decision.due_on = one["due_on"]
                known.discard(uid)
            else:
                session.add(decide(meeting, one))
        for uid in known:
            self.store.get(MeetingDecision, uid).void("更正会议时去掉")


_DECISION = {
    "matter": "事项", "person": "责任人", "due_on": "时限", "result": "完成情况",
    "ended_on": "完成日期", "words": "说明",
}  # fmt: skip


def _tidy(said: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was said with texts stripped; what is blank is nothing."""
    known = dict(said)
    for key in _TEXTS:
        if key in known:
            known[key] = (known[key] or "").strip() or None
    for key in ("absent", "risks", "photos"):
        if key in known:
            known[key] = known[key] or None
    if "held_at" in known and not isinstance(known["held_at"], datetime):
        raise UserError("“开会时间”没有填。", do="请填好再保存。")
    return known
