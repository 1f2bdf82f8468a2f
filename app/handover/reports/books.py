"""Where the numbers of reports come from: the other rooms, by their doors."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from app.drills import ContingencyRegister, DrillRegister
from app.duties import DutyRegister, GateRegister, PostRegister
from app.hazards import CheckRegister, HazardRegister, SurroundingRegister
from app.ledgers import LedgerRegister
from app.letters import LetterRegister
from app.meetings import EducationRegister, MeetingRegister
from app.people import StaffRegister
from app.students import CareRegister, LeaveRegister


class Asked(NamedTuple):
    """One turn a rule asks for: its key and name, its days, its last moment, how it stands.

    ``state`` is the rules' own word; ``counts`` is false where the rule is switched off.
    ``times`` is how often it was done.
    """

    key: str
    name: str
    first: date
    last: date
    due_at: datetime
    state: str
    counts: bool
    times: int = 0
    late: str = ""
    reason: str = ""


@dataclass(frozen=True)
class Books:
    """The rooms whose records a report counts.

    ``asked`` gives the turns of a rule between two days; ``profile`` what the school says of
    itself in the school year of a day; ``ahead`` what the rules ask for in the days to come.
    ``began`` is the first day the school says it keeps its books here.
    """

    hazards: HazardRegister
    checks: CheckRegister
    drills: DrillRegister
    contingencies: ContingencyRegister
    meetings: MeetingRegister
    education: EducationRegister
    letters: LetterRegister
    care: CareRegister
    leaves: LeaveRegister
    surroundings: SurroundingRegister
    staff: StaffRegister
    duties: DutyRegister
    posts: PostRegister
    gates: GateRegister
    ledgers: LedgerRegister
    asked: Callable[[str, date, date], Sequence[Asked]]
    profile: Callable[[date], Mapping[str, Any]]
    ahead: Callable[[date, date], Sequence[str]]
    began: Callable[[], date]
    today: Callable[[], date]
