"""Who looked, printed, exported, scanned: the journal read for that, and never written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import or_, select

from app.core.roles import Right
from app.core.store import WITH_VOID, Action, Store
from app.core.views import Row
from app.letters import LetterReceipt
from app.privacy.rules import BEGINNINGS, Deed, deed_of
from app.students import Care, Leave, Student, StudentRegister

MOST = 20_000  # lines read at a time, the newest
GONE = "已清除的学生"


@dataclass(frozen=True)
class Look:
    """One line: when, who, what was done, and with whose data if it was one pupil's."""

    uid: str
    at: datetime
    who: str
    deed: Deed
    label: str
    pupil: str = ""
    class_name: str = ""

    @property
    def on(self) -> date:
        """The day it was done."""
        return self.at.date()

    def row(self) -> Row:
        """Return it as papers and lists have it."""
        return {
            "at": self.at,
            "on": self.on,
            "who": self.who,
            "deed": str(self.deed),
            "what": self.label,
            "name": self.pupil,
            "class_name": self.class_name,
        }


class LookBook:
    """The looks at data, to be read by 安全员 and 校长; there is no act that changes one."""

    def __init__(
        self, store: Store, students: StudentRegister, today: Callable[[], date] = date.today
    ) -> None:
        self.store = store
        self.today = today
        self._students = students

    def lines(self) -> list[Look]:
        """Return the looks, the newest first; a pupil is named here and nowhere else.

        Raises:
            UserError: the role may not.

        """
        self.store.sitter.demand(Right.SEE_LOOKS)
        self.store.settle()
        begins = or_(*(Action.label.startswith(start) for start in BEGINNINGS))
        wanted = select(Action.id, Action.at, Action.who, Action.label, Action.about)
        with self.store.read() as session:
            found = session.execute(
                wanted.where(begins).order_by(Action.id.desc()).limit(MOST)
            ).all()
            whose: dict[str, str] = {}
            for kind in (Care, Leave, LetterReceipt):
                owners = select(kind.uid, kind.student_uid).execution_options(**WITH_VOID)
                whose |= {uid: of for uid, of in session.execute(owners)}
            voided = select(Student.uid, Student.name).where(Student.void_reason.is_not(None))
            pupils = {
                uid: (GONE if name == uid else name, "")
                for uid, name in session.execute(voided.execution_options(**WITH_VOID))
            }
        pupils |= {p.uid: (p.name, p.class_name) for p in self._students.pupils(everybody=True)}
        return [
            Look(
                str(line.id),
                line.at,
                line.who,
                deed,
                line.label,
                *_whose(line.about, whose, pupils),
            )
            for line in found
            if (deed := deed_of(line.label)) is not None
        ]


def _whose(
    about: str | None, whose: Mapping[str, str], pupils: Mapping[str, tuple[str, str]]
) -> tuple[str, str]:
    """Return name and class of the pupil a line is about, empty where it is about none."""
    return pupils.get(whose.get(about or "", about or ""), ("", ""))
