"""Meetings and education: what was judged and decided, what was taught, and to whom."""

from app.meetings.education.register import EducationRegister
from app.meetings.records import Education, EducationTick, Meeting, MeetingDecision
from app.meetings.register import MeetingRegister
from app.meetings.sight import may_see as may_see_minutes
from app.meetings.ticks.register import TickRegister

__all__ = [
    "Education",
    "EducationRegister",
    "EducationTick",
    "Meeting",
    "MeetingDecision",
    "MeetingRegister",
    "TickRegister",
    "may_see_minutes",
]
