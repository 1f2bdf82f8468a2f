"""What the menu 学籍和班级 of the roster does, mostly with the pupils who are chosen there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.students.lines import Pupil
from app.students.roll.promote_dialog import open_promote
from app.students.roll.promoting import PromotionDesk
from app.students.roll.register import TurnRegister
from app.students.roll.rooms_dialog import RoomsDialog
from app.students.roll.rules import Turn
from app.students.roll.seats_dialog import SeatsDialog
from app.students.roll.turns_dialog import open_leave, open_move, open_return
from app.students.rules import Status
from app.ui.asking import tell
from app.ui.errors import show_error
from app.ui.widgets import Entry


class RollActs:
    """The entries of the menu; ``chosen`` gives the selected pupils, the current one first."""

    def __init__(
        self,
        page: QWidget,
        roll: TurnRegister,
        chosen: Callable[[], Sequence[Pupil]],
        arrive: Callable[[TurnRegister], object],
    ) -> None:
        """``arrive`` asks for a pupil who comes from another school."""
        self._page, self._roll, self._chosen = page, roll, chosen
        self._arrive = partial(arrive, roll)

    def turns(self) -> list[Entry]:
        """Return what may happen to pupils."""
        return [
            ("转入…", self._arrive),
            ("调班、留级…", self._move),
            ("转出…", partial(self._let_go, Turn.MOVED_OUT)),
            ("休学…", partial(self._let_go, Turn.RESTS)),
            ("复学、转回…", self._take_back),
        ]

    def years(self) -> list[Entry]:
        """Return what is done with years and classes."""
        return [
            ("一键升级…", self.promote),
            None,
            ("座号重排…", self._give_seats),
            ("班级…", lambda: RoomsDialog(self._page, self._roll).open()),
        ]

    def promote(self, then: Callable[[], object] | None = None) -> None:
        """Move the whole school on to the next school year."""
        students = self._roll.students
        try:
            open_promote(self._page, PromotionDesk(students), students.today(), then)
        except UserError as error:
            show_error(self._page, error)

    def move(self, pupils: Sequence[Pupil]) -> None:
        """Put these pupils into another class."""
        open_move(self._page, self._roll, pupils)

    def _move(self) -> None:
        if pupils := self._meant(is_here=True):
            self.move(pupils)

    def _let_go(self, turn: Turn) -> None:
        if pupils := self._meant(is_here=True):
            open_leave(self._page, self._roll, pupils, turn)

    def _take_back(self) -> None:
        if pupils := self._meant(is_here=False):
            open_return(self._page, self._roll, pupils)

    def _give_seats(self) -> None:
        chosen = self._chosen()
        if not self._roll.students.count():
            tell(self._page, "名册里还没有学生，没有座号可排。")
            return
        SeatsDialog(self._page, self._roll, chosen[0].class_uid if chosen else "").open()

    def _meant(self, *, is_here: bool) -> list[Pupil]:
        """Return the selected pupils who are here, or who are not; say so if there are none."""
        found = [p for p in self._chosen() if (p.status == Status.HERE) == is_here]
        if not found:
            where = "" if is_here else "休学和离校的学生在“不在校”里。"
            how = "按住 Ctrl 或 Shift 可以选好几名。"
            tell(self._page, "请先在名册里选好学生。", detail=where + how)
        return found
