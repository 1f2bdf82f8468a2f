"""The months of a ledger that is reported every month: which were, which are owed, 零报告."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.core.values import show
from app.ledgers.months import Month, State
from app.ledgers.register import LedgerRegister
from app.ui import theme as t
from app.ui.blanks import Sources
from app.ui.editor import FormEditor
from app.ui.flow import Flow
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button, hbox, label

_LOOKS: Mapping[State, str] = {
    State.REPORTED: "已报",
    State.ZERO: "零报告",
    State.LATE: "迟报",
    State.OWED: "欠",
    State.COMING: "",
}
_REASONS = ("登记错了", "报早了，又有新的")
_BLANKS = (
    Field("by", "报告人", "person", required=True),
    Field("words", "说明", width=60),
)


class MonthStrip(QWidget):
    """The months of this year in one line; each is reported or taken back by a press."""

    def __init__(self, register: LedgerRegister, form: Form, parent: QWidget) -> None:
        super().__init__(parent)
        self._register, self._form = register, form
        self._row = Flow(gap=t.XS)
        inside = QWidget()
        inside.setLayout(self._row)
        said = label(f"每月{form.month_by}日前报，没有也要零报告", "note")
        self.setLayout(hbox(said, (inside, 1), gap=t.M))

    def refresh(self) -> None:
        """Read the months again."""
        while (item := self._row.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        today = self._register.today()
        for month in self._register.months.of(self._form.id, today.year):
            is_now = int(month.key[5:]) == today.month
            if is_now or month.reported or month.lines or month.state is State.OWED:
                self._row.addWidget(self._month(month))

    def _month(self, month: Month) -> QWidget:
        words = _LOOKS[month.state] or (
            f"{month.lines}{self._form.unit}" if month.lines else "未报"
        )
        made = button(f"{int(month.key[5:])}月 {words}", menu=lambda: self._entries(month))
        made.setToolTip(self._told(month))
        made.setAccessibleName(f"{month.name}：{self._told(month)}")
        return made

    def _told(self, month: Month) -> str:
        found = month.reported
        if found is None:
            return f"还没有报，最迟{show(month.due_on)}；登记了{month.lines}{self._form.unit}"
        late = (
            f"，迟了{(found.reported_on - month.due_on).days}天"
            if month.state is State.LATE
            else ""
        )
        what = f"{found.lines}{self._form.unit}" if found.lines else "零报告"
        words = f"。{found.words}" if found.words else ""
        return f"{show(found.reported_on)}{found.reported_by}报的，{what}{late}{words}"

    def _entries(self, month: Month) -> list[Entry]:
        if month.reported is not None:
            return [
                (self._told(month), lambda: None),
                None,
                ("撤回这次上报…", partial(self._back, month)),
            ]
        ask = self.report
        if month.lines:
            return [(f"上报{month.name}：{month.lines}{self._form.unit}", partial(ask, month))]
        return [(f"{month.name}零报告", partial(ask, month))]

    def report(self, month: Month) -> FormEditor:
        """Ask who reports a month, and write it down."""
        is_zero = not month.lines
        title = f"{month.name}{'零报告' if is_zero else '上报'}"

        def save(said: Mapping[str, str]) -> None:
            self._register.months.report(
                self._form.id, month.key, is_zero=is_zero, by=said["by"], words=said["words"] or ""
            )

        names = self._register.staff
        sources = Sources(lists={"person": names}, today=self._register.today)
        editor = FormEditor(
            Form("ledger_month", title, _BLANKS), save, self.window(), sources=sources, word="确定"
        )
        editor.open()
        return editor

    def _back(self, month: Month) -> None:
        ask_void(
            self.window(),
            f"撤回 {month.name}的上报",
            _REASONS,
            partial(self._register.months.take_back, self._form.id, month.key),
            stays="撤回以后可以重新上报。",
        )
