"""What one does with a planned drill, the same beside the calendar and beside the ledger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Protocol

from PySide6.QtWidgets import QLayout, QPushButton, QWidget

from app.core.errors import UserError
from app.core.forms import Form
from app.core.roles import Right
from app.drills.details_pane import drill_details
from app.drills.edit_dialog import open_correct, open_move, open_new, sources_of
from app.drills.held_dialog import record_held
from app.drills.records import Drill
from app.drills.register import DrillRegister
from app.drills.words import VOID_REASONS
from app.ui.blanks import Sources
from app.ui.details import Details
from app.ui.errors import show_error
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button

_AHEAD = timedelta(days=120)


class FurtherActs(Protocol):
    """What the doing of drills adds: buttons for the foot, and parts for the pane."""

    def foot(self, drill: Drill) -> list[QPushButton]:
        """Return the buttons of one drill, the next thing to do first."""

    def parts(self, drill: Drill) -> list[tuple[str, QWidget | QLayout]]:
        """Return what is known beyond the planning."""


Further = Callable[[QWidget], FurtherActs]


class PlanningActs:
    """The acts of planning; ``parent`` is the page they are offered on."""

    def __init__(
        self,
        parent: QWidget,
        register: DrillRegister,
        form: Form,
        *,
        people: Callable[[], Sequence[str]],
        further: Further | None = None,
    ) -> None:
        self._parent, self._register, self._form = parent, register, form
        self._people = people
        self._further = further(parent) if further else None
        self.may = register.store.sitter.may(Right.DRILLS)

    def pane(self, drill: Drill) -> Details:
        """Return one drill with all that can be done with it."""
        notes = [(words, "soon") for words in self._register.doubts(drill)]
        more = self._further.parts if self._further else None
        return drill_details(self._register, drill, self._foot(drill), notes=notes, more=more)

    def enter(self, on: date | None, then: Callable[[str], object]) -> None:
        """Plan a drill; without a day the next free school day is offered."""
        day = on or self.next_free()
        open_new(self._parent, self._register, self._form, self._sources(), on=day, then=then)

    def held(self, then: Callable[[str], object], *, on: date | None = None) -> None:
        """Enter a drill that was held without having been planned."""
        record_held(self._parent, self._register, self._form, self._people(), then, on=on)

    def correct(self, drill: Drill) -> None:
        """Put right what was planned."""
        if self.may:
            open_correct(self._parent, self._register, self._form, self._sources(), drill)

    def move(self, drill: Drill, to: date | None = None) -> None:
        """Move a drill, saying why."""
        if self.may:
            open_move(self._parent, self._register, self._sources(), drill, to=to)

    def next_free(self, since: date | None = None) -> date | None:
        """Return the next school day without a drill, ``since`` a day if that lies ahead."""
        calendar = self._register.calendar
        if calendar is None:
            return None
        first = self._register.today() + timedelta(days=1)
        first = max(first, since) if since else first
        busy = {drill.planned_on for drill in self._register.all()}
        days = calendar.days(first, first + _AHEAD)
        free = [day for day in days if day.kind in ("上课", "补课") and day.on not in busy]
        sure = [day for day in free if not day.provisional]
        return next((day.on for day in [*sure, *free]), None)

    def _foot(self, drill: Drill) -> list[QPushButton]:
        foot = self._further.foot(drill) if self._further else []
        if not self.may:
            return foot
        if drill.done_on is None:
            foot.append(button("改期", press=partial(self.move, drill)))
        return [*foot, button("更多", menu=self._more(drill))]

    def _more(self, drill: Drill) -> list[Entry]:
        entries: list[Entry] = [("改安排", partial(self.correct, drill))]
        if drill.done_on is None:
            lock = partial(self._lock, drill)
            word = "解锁，重新排时可以移动" if drill.locked else "锁定，重新排时不动它"
            entries.append((word, lock))
        void = partial(self._register.void, drill.uid)
        title = f"作废 {drill.number}"
        ask = partial(ask_void, self._parent, title, VOID_REASONS, void)
        return [*entries, None, ("作废", ask)]

    def _lock(self, drill: Drill) -> None:
        try:
            self._register.lock(drill.uid, is_locked=not drill.locked)
        except UserError as error:
            show_error(self._parent, error)

    def _sources(self) -> Sources:
        return sources_of(self._register, self._people())
