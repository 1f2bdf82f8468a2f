"""The left side of the hour: whom to call, what to say, who was called."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QWidget

from app.incidents.register import IncidentRegister
from app.incidents.rules import points
from app.incidents.standing import Hour, Phone
from app.ui import theme as t
from app.ui.widgets import Pill, button, clear, hbox, label, scroll, vbox

_NOBODY_ABOVE = (
    "“应急通讯录”里还没有教育、村镇的号码。平时补上，出事时这里就有；现在请按“记别的电话”。"
)


class CallsPane(QWidget):
    """Numbers with a button each, the points to say as they are known now, the calls made."""

    def __init__(
        self,
        register: IncidentRegister,
        call: Callable[[Phone | None], object],
        drop: Callable[[str, str], object],
    ) -> None:
        """``call`` writes a call down; ``drop`` takes one back, by its uid and its words."""
        super().__init__()
        self._register, self._call, self._drop = register, call, drop
        self._numbers, self._points, self._log = (vbox(gap=t.XS) for _ in range(3))
        other = button("记别的电话", "link", press=lambda: self._call(None))
        self._whom = QWidget()
        self._whom.setLayout(vbox(label("打给谁", "h2"), self._numbers, other, t.S, gap=t.S))
        inside = vbox(
            label("要说的", "h2"),
            self._points,
            t.S,
            self._whom,
            label("通话记录", "h2"),
            self._log,
            None,
            gap=t.S,
            edge=(t.L, t.M, t.M, t.M),
        )
        self.setLayout(vbox((scroll(inside), 1)))

    def show_hour(self, hour: Hour, *, may_write: bool) -> None:
        """Show numbers and calls of an incident."""
        self._whom.setVisible(may_write)
        clear(self._numbers)
        phones = self._register.phones()
        for phone in phones if may_write else ():
            self._numbers.addWidget(self._number(phone))
        if not any(phone.is_report for phone in phones):
            self._numbers.addWidget(label(_NOBODY_ABOVE, "note", "late", wrap=True))
        clear(self._log)
        for call in hour.calls:
            who = f"，{call.answered_by}接" if call.answered_by else ""
            said = f"{call.called_at:%H:%M} {call.unit}{who}"
            drop = button("作废", "link", press=partial(self._drop, call.uid, said))
            words = [label(said, wrap=True)]
            if call.answer:
                words.append(label(call.answer, "note", wrap=True))
            late = hour.called.late_min(call.called_at) if call.is_report else 0
            tone = "late" if late else "done"
            mark = (
                Pill(f"上报 超时{late}分钟" if late else "上报", "", tone) if call.is_report else 0
            )
            row = QWidget()
            row.setLayout(hbox((vbox(*words, gap=0), 1), mark, drop if may_write else 0, gap=t.S))
            self._log.addWidget(row)
        if not hour.calls:
            self._log.addWidget(label("还没有。打完一通，按号码后面的“记下”。", "note", wrap=True))

    def say(self, hour: Hour) -> None:
        """Show the points to say from what is known by now."""
        clear(self._points)
        for word, said in points(self._register.shown(hour)):
            line = label(f"{word}：{said}", wrap=True)
            self._points.addWidget(line)

    def _number(self, phone: Phone) -> QWidget:
        name = f"　{phone.name}" if phone.name else ""
        press = button("记下", press=partial(self._call, phone))
        press.setAccessibleName(f"记下打给{phone.unit}的电话")
        row = QWidget()
        row.setLayout(
            hbox(
                (label(f"{phone.unit}{name}", wrap=True), 1),
                label(phone.number, "h2"),
                Pill("上报", "", "soon") if phone.is_report else 0,
                press,
                gap=t.S,
            )
        )
        return row
