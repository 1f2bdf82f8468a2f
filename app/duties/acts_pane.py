"""What one does with a cell of the month: by hand at once, by slip once it was announced."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.roles import Right
from app.duties.cell_pane import CellActs
from app.duties.month import DutyMonth
from app.duties.planning import Cell
from app.duties.records import DutySwap
from app.duties.register import DutyRegister
from app.duties.swap_dialog import open_absent, open_put, open_rest, open_stand_in, open_swap
from app.ui.asking import offer, tell
from app.ui.errors import show_error
from app.ui.widgets import Entry

PrintSlip = Callable[[QWidget, str], object]


class DutyActs:
    """The acts on one page; ``prints_slip`` shows the sheet of a slip, by its uid."""

    def __init__(
        self, parent: QWidget, duties: DutyRegister, *, prints_slip: PrintSlip | None = None
    ) -> None:
        self._parent, self._duties, self._prints_slip = parent, duties, prints_slip
        self.may = duties.store.sitter.may(Right.DUTIES)

    def of(self, month: DutyMonth, cell: Cell, person: str) -> CellActs | None:
        """Return the acts on a cell, None for whoever may only look."""
        if not self.may:
            return None
        return CellActs(
            stand_in=partial(self.stand_in, month, cell, person),
            others=partial(self.choose, month, cell, person),
            lock=partial(self.lock, cell),
            empty=partial(self.empty, month, cell, person),
            slips=partial(self._slips, month, cell, person),
        )

    def stand_in(self, month: DutyMonth, cell: Cell, person: str, who: str) -> None:
        """Let somebody come in: with a slip where the roster hangs out already."""
        if person and self._is_announced(cell):
            open_stand_in(self._parent, self._duties, month, cell, person, self._slipped, who=who)
            return
        self._try(lambda: self._duties.put(cell, who, instead_of=person))

    def choose(self, month: DutyMonth, cell: Cell, person: str) -> None:
        """Choose among everybody, and hear what it breaks."""
        if cell.post_uid not in month.posts:
            return
        if person and self._is_announced(cell):
            open_stand_in(self._parent, self._duties, month, cell, person, self._slipped)
            return
        open_put(self._parent, self._duties, month, cell, person, lambda: None)

    def lock(self, cell: Cell, is_locked: bool) -> None:
        """Lock a cell or let it go; what a locked one breaks is said."""
        try:
            said = self._duties.lock(cell, is_locked=is_locked)
        except UserError as error:
            show_error(self._parent, error)
            return
        if said and is_locked:
            words = "".join(dict.fromkeys(one.why for one in said))
            tell(self._parent, "锁定了，可是这一格违反规则。", detail=words)

    def empty(self, month: DutyMonth, cell: Cell, person: str) -> None:
        """Let the chosen person go; the others of the cell stay."""
        if not person:
            return
        if self._is_announced(cell):
            offer(
                self._parent,
                f"这一天的值班表已经公布，要把{month.name(person)}去掉吗？",
                yes="留空",
                then=lambda: self._try(lambda: self._duties.take_off(cell, person)),
                detail="有人来替的，请用“换班单”里的“替班”，会留下编号和签字的单子。",
            )
            return
        self._try(lambda: self._duties.take_off(cell, person))

    def _slips(self, month: DutyMonth, cell: Cell, person: str) -> Sequence[Entry]:
        def opens(dialog: Callable[..., object]) -> Callable[[], object]:
            def show() -> None:
                try:
                    dialog(self._parent, self._duties, month, cell, person, self._slipped)
                except UserError as error:
                    show_error(self._parent, error)

            return show

        name = month.name(person)
        return [
            (f"替班：请人替{name}", opens(open_stand_in)),
            (f"换班：{name}和别人对换", opens(open_swap)),
            None,
            (f"缺岗：{name}没有来", opens(open_absent)),
            (f"补休：欠{name}补休", opens(open_rest)),
        ]

    def _slipped(self, slip: DutySwap) -> None:
        """Say the number of a slip, and offer to print it."""
        if self._prints_slip is None:
            tell(self._parent, f"{slip.number} 写好了。", detail="在“换班单”里可以再看。")
            return
        prints = self._prints_slip
        offer(
            self._parent,
            f"{slip.number} 写好了，要打印给双方签字吗？",
            yes="打印",
            then=lambda: prints(self._parent, slip.uid),
        )

    def _is_announced(self, cell: Cell) -> bool:
        return cell.on in self._duties.announcing.days(cell.on, cell.on)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            show_error(self._parent, error)
