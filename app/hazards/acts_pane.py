"""What may be done about one hazard: the buttons below its details and the menu behind 更多."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.roles import Right
from app.hazards.card_dialog import open_card
from app.hazards.grades import may_skip
from app.hazards.notices.notice_dialog import open_receipt
from app.hazards.notices.reply_dialog import open_answer
from app.hazards.platform import unmark_copied
from app.hazards.platform_dialog import open_copied
from app.hazards.records import Hazard, HazardNotice
from app.hazards.register import HazardRegister
from app.hazards.sides_dialog import sides_of
from app.hazards.steps_dialog import ACTS, SETTLE, open_plan, open_skip, open_step
from app.hazards.supervising import ACT, REASONS, HazardDemand
from app.hazards.supervising.demands_dialog import open_demand, open_met
from app.hazards.supervising.rules import called, is_open
from app.hazards.words import MAY_SKIP, VOID_REASONS, Step
from app.ui.blanks import Sources
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button

_SHORT = 12


class Ways(NamedTuple):
    """What the page itself does for a hazard, and the lists its dialogs offer."""

    sources: Callable[[], Sources]
    correct: Callable[[str], object]
    notify: Callable[[], object]
    print_notices: Callable[[Sequence[str]], object]


class Acts:
    """The acts of the ledger page about one hazard, each with the dialog it opens."""

    def __init__(self, parent: QWidget, register: HazardRegister, ways: Ways) -> None:
        self._parent, self._register, self._ways = parent, register, ways

    def foot(
        self, hazard: Hazard, notices: Sequence[HazardNotice], *, is_over: bool
    ) -> list[QPushButton]:
        """Return the buttons: what is next first; ``is_over`` says that it lives on in another."""
        foot = []
        is_aside = hazard.is_shelved or (hazard.step is None and not is_over)
        if is_aside and self.may(Right.EDIT_HAZARDS):
            for number, (word, opens) in enumerate(sides_of(hazard)):
                kind = "plain" if number or hazard.step is None else "primary"
                foot.append(button(word, kind, press=self._opening(opens, hazard)))
        if self._may_sign(hazard):
            step = Step(str(hazard.step))
            unsettled = step is Step.TREAT and hazard.plan.missing()
            word = SETTLE if unsettled else ACTS[step]
            foot.append(button(word, "primary", press=self._opening(open_step, hazard)))
            if step in MAY_SKIP and may_skip(hazard.grade):
                foot.append(button(f"无需{step}", press=self._opening(open_skip, hazard)))
        if self.may(Right.EDIT_HAZARDS):
            foot.append(button("更多", menu=self._more(hazard, notices)))
        elif entries := self._of_demands(hazard):
            foot.append(button("更多", menu=entries))
        return foot

    def next(self, hazard: Hazard) -> None:
        """Do what is next for a hazard; a closed one is opened to be read and corrected."""
        if hazard.is_shelved and self.may(Right.EDIT_HAZARDS):
            self._opening(sides_of(hazard)[0][1], hazard)()
        elif self._may_sign(hazard):
            self._opening(open_step, hazard)()
        elif self.may(Right.EDIT_HAZARDS):
            self._ways.correct(hazard.uid)

    def may(self, right: Right) -> bool:
        """Say whether who sits here may do this."""
        return self._register.store.sitter.may(right)

    def _may_sign(self, hazard: Hazard) -> bool:
        closing = hazard.step in (Step.ACCEPT, Step.CLOSE)
        right = Right.SIGN if closing else Right.EDIT_HAZARDS
        return hazard.step is not None and not hazard.is_shelved and self.may(right)

    def _more(self, hazard: Hazard, notices: Sequence[HazardNotice]) -> list[Entry]:
        entries: list[Entry] = []
        if hazard.step is not None:
            if not hazard.is_shelved:
                entries += [(word, self._opening(go, hazard)) for word, go in sides_of(hazard)]
                entries.append(None)
                entries.append(("录入流转单", self._opening(open_card, hazard)))
            entries.append(("改措施和时限", self._opening(open_plan, hazard)))
            entries.append(("开整改通知书", self._ways.notify))
        entries += self._of_demands(hazard)
        for notice in notices:
            entries += [None, *self._of_notice(notice)]
        return [
            *entries,
            None,
            *self._of_platform(hazard),
            ("改正", partial(self._ways.correct, hazard.uid)),
            ("作废", partial(self._void, hazard)),
        ]

    def _of_platform(self, hazard: Hazard) -> list[Entry]:
        entries: list[Entry] = [("已录上级平台…", self._opening(open_copied, hazard))]
        if hazard.copied_on:
            entries.append(("取消已录", partial(unmark_copied, self._register, hazard.uid)))
        return entries

    def _of_demands(self, hazard: Hazard) -> list[Entry]:
        if not self.may(Right.SUPERVISE):
            return []
        entries: list[Entry] = []
        today, demands = self._register.today(), self._register.demands.of(hazard.uid)
        if hazard.step is not None:
            entries.append((f"{ACT}…", self._opening(open_demand, hazard)))
            entries += [
                (f"督办要求落实了：{_short(one.demand or '')}", self._opening(open_met, one))
                for one in demands
                if is_open(one, today)
            ]
        for one in demands:
            entries.append((f"作废督办：{_short(called(one))}", partial(self._void_demand, one)))
        return entries

    def _of_notice(self, notice: HazardNotice) -> list[Entry]:
        number = notice.number
        printing = partial(self._ways.print_notices, [notice.uid])
        entries: list[Entry] = [(f"打印 {number}", printing)]
        if notice.received_on is None:
            entries.append((f"签收 {number}", self._opening(open_receipt, notice)))
        if notice.replied_on is None:
            entries.append((f"登记回执 {number}", self._opening(open_answer, notice)))
        return entries

    def _opening(self, dialog: Callable[..., object], record: object) -> Callable[[], object]:
        """Return what opens a dialog about this record, with the lists as they are by then."""
        return lambda: dialog(self._parent, self._register, record, self._ways.sources())

    def _void(self, hazard: Hazard) -> None:
        void = partial(self._register.void, hazard.uid)
        ask_void(self._parent, f"作废 {hazard.number}", VOID_REASONS, void)

    def _void_demand(self, demand: HazardDemand) -> None:
        void = partial(self._register.demands.void, demand.uid)
        ask_void(self._parent, "作废 督办", REASONS, void, whom=called(demand))


def _short(words: str) -> str:
    return words if len(words) <= _SHORT else f"{words[:_SHORT]}…"
