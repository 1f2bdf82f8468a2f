"""The foot of the hour: what can be done with an incident, and the sheets that ask for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QPushButton, QWidget
from shiboken6 import isValid

from app.core.errors import UserError
from app.incidents import acts_dialog as asks
from app.incidents.clean_dialog import ask_clean
from app.incidents.desk import IncidentDesk
from app.incidents.records import IncidentReport, IncidentTask
from app.incidents.sheet_dialog import ActSheet
from app.incidents.standing import Hour, Phone
from app.ui import theme as t
from app.ui.errors import show_error
from app.ui.printing import show_preview
from app.ui.void_dialog import ask_void
from app.ui.widgets import button, clear, hbox, lay

if TYPE_CHECKING:
    from app.incidents.hour_dialog import HourDialog

_FALSE = ("误报", "重复登记", "演练")
_MISTAKES = ("登记错了", "重复登记")
Case = Callable[[QWidget, Hour], object]
Ways = Callable[[str], Sequence[tuple[str, Callable[[], object]]]]


class ActsPane(QWidget):
    """The buttons of an incident, open or over; ``sheet`` is the small sheet in front, if any.

    ``case`` asks for the sealed file about it, ``ways`` lead to the other incidents.
    """

    def __init__(
        self,
        hour: HourDialog,
        desk: IncidentDesk,
        people: Callable[[], Sequence[str]],
        *,
        case: Case | None = None,
        ways: Ways | None = None,
    ) -> None:
        super().__init__()
        self._dialog, self._desk, self._register = hour, desk, desk.register
        self._people, self._case, self._ways = people, case, ways
        self._sheet: ActSheet | None = None
        self._row = hbox(gap=t.M)
        self.setLayout(self._row)

    @property
    def hour(self) -> Hour:
        """The incident as it was read last."""
        return self._dialog.hour

    def sheet(self) -> ActSheet | None:
        """Return the small sheet that is open, None if there is none."""
        return self._sheet if self._sheet is not None and isValid(self._sheet) else None

    def show_acts(self) -> None:
        """Put the buttons there that fit how the incident stands."""
        clear(self._row)
        is_open = self.hour.incident.closed_on is None
        lay(self._row, *(self._open_acts() if is_open else self._closed_acts()))

    def take_up(self) -> None:
        """Open the sheet again that was half typed when the power went."""
        openers: dict[str, Callable[[str], object]] = {"incident_task": lambda _: self.ask_task()}
        if self.hour.incident.closed_on is None:
            openers |= {
                "incident_call": lambda unit: self.ask_call(self._phone(unit)),
                "incident_sent": lambda _: self._then(
                    asks.ask_report(self._dialog, self._register, self.hour, self._people)
                ),
                "incident_end": lambda _: self._ask_end(),
            }
        for called in self._register.sheets.open_ones(self.hour.incident.uid):
            form, _, about = called.partition(":")
            if form in openers:
                openers[form](about)
                return

    # --- the sheets -----------------------------------------------------------------------------

    def ask_call(self, phone: Phone | None) -> None:
        """Ask what was said in a call."""
        self._then(asks.ask_call(self._dialog, self._register, self.hour, phone, self._people))

    def drop_call(self, uid: str, said: str) -> None:
        """Take a call back."""
        self._ask_void(f"作废这通电话：{said}", _MISTAKES, partial(self._register.calls.void, uid))

    def ask_task(self) -> None:
        """Ask what is still to be done."""
        self._then(asks.ask_task(self._dialog, self._register, self.hour, self._people))

    def ask_done(self, task: IncidentTask) -> None:
        """Ask what came of something that was to be done."""
        self._then(asks.ask_done(self._dialog, self._register, self.hour, task))

    def drop_task(self, task: IncidentTask) -> None:
        """Take something back that was to be done."""
        void = partial(self._register.tasks.void, task.uid)
        self._ask_void(f"作废善后的事：{task.what}", _MISTAKES, void)

    def preview(self) -> None:
        """Show the first report as it would go out now, or the last one as it went."""
        self._preview(self.hour.reports[-1] if self.hour.reports else None)

    def preview_phone(self) -> None:
        """Show the sheet one holds while telephoning."""
        if self._dialog.keep():
            uid, note = self.hour.incident.uid, self._register.store.note
            make = partial(self._desk.phone_sheet, uid)
            done = lambda how: note(f"{how}：突发事件电话快报单", about=uid)  # noqa: E731
            show_preview(self._dialog, "突发事件电话快报单", lambda _job: make(), done=done)

    # --- what stands on it ----------------------------------------------------------------------

    def _open_acts(self) -> list[QPushButton]:
        is_first = not self.hour.reports
        more: list[Any] = [
            ("更正知悉时间", lambda: self._ask(asks.ask_known)),
            *self._printables(),
            ("误报，作废", self._void),
            *self._ways_on(),
        ]
        return [
            button("登记书面已报" if is_first else "续报、终报", "primary", press=self._ask_report),
            button("看书面报告", press=self.preview),
            *self._case_button(),
            button("办结", press=self._ask_end),
            button("更多", menu=more),
            button("收起", press=self._dialog.reject),
        ]

    def _closed_acts(self) -> list[QPushButton]:
        made = [button("看书面报告", press=self.preview)]
        if not self.hour.incident.cleaned_on:
            made.insert(0, button("清除个人信息", "primary", press=self._clean_up))
            made.append(button("作证据留存", press=lambda: self._ask(asks.ask_keep)))
            made += self._case_button()
        made.append(button("重新处置", press=self._reopen))
        if printables := self._printables():
            made.append(button("更多", menu=printables))
        return [*made, button("收起", press=self._dialog.reject)]

    def _case_button(self) -> list[QPushButton]:
        return [button("事件包", press=self._ask_case)] if self._case is not None else []

    def _ways_on(self) -> list[Any]:
        """Return the ways to other incidents; each closes this one first."""

        def go(act: Callable[[], object]) -> None:
            if self._dialog.keep():
                self._dialog.leave()
                act()

        ways = self._ways(self.hour.incident.uid) if self._ways is not None else ()
        return [(word, partial(go, act)) for word, act in ways]

    def _printables(self) -> list[Any]:
        return [
            (f"看{one.turn}：{one.kind} {one.sent_at:%m-%d %H:%M}", partial(self._preview, one))
            for one in self.hour.reports
        ]

    # --- what goes on ---------------------------------------------------------------------------

    def _phone(self, unit: str) -> Phone | None:
        return next((one for one in self._register.phones() if one.unit == unit), None)

    def _then(self, sheet: ActSheet) -> None:
        self._sheet = sheet
        sheet.saved.connect(self._dialog.refresh)

    def _ask(self, ask: Callable[..., ActSheet]) -> None:
        self._then(ask(self._dialog, self._register, self.hour))

    def _ask_report(self) -> None:
        if not self._dialog.keep():
            return
        self._dialog.refresh()
        if not self.hour.reports and not self._dialog.is_ready():
            return
        self._then(asks.ask_report(self._dialog, self._register, self.hour, self._people))

    def _ask_end(self) -> None:
        if self._dialog.keep():
            self._dialog.refresh()
            self._ask(asks.ask_end)

    def _ask_case(self) -> None:
        if self._case is not None and self._dialog.keep():
            self._dialog.refresh()
            try:
                self._case(self._dialog, self.hour)
            except UserError as error:
                show_error(self._dialog, error)

    def _ask_void(self, title: str, reasons: Sequence[str], void: Callable[[str], object]) -> None:
        def drop(reason: str) -> None:
            void(reason)
            self._dialog.refresh()

        ask_void(self._dialog, title, reasons, drop)

    def _void(self) -> None:
        def void(reason: str) -> None:
            self._register.void(self.hour.incident.uid, reason)
            self._dialog.leave()

        if self._dialog.keep():
            ask_void(self._dialog, f"作废 {self.hour.incident.number}", _FALSE, void)

    def _reopen(self) -> None:
        try:
            self._register.reopen(self.hour.incident.uid)
        except UserError as error:
            show_error(self._dialog, error)
        self._dialog.refresh()

    def _clean_up(self) -> None:
        try:
            editor = ask_clean(self._dialog, self._register, self.hour)
        except UserError as error:
            show_error(self._dialog, error)
        else:
            editor.saved.connect(self._dialog.read_again)

    def _preview(self, report: IncidentReport | None) -> None:
        if self._dialog.keep():
            uid = self.hour.incident.uid
            make = partial(self._desk.report, uid, report)
            left = partial(self._desk.left, uid)
            show_preview(self._dialog, "突发事件书面报告", lambda _job: make(), done=left)
