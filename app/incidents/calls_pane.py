"""The left side of the hour: whom to call, what to say, who was called."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.values import show
from app.incidents.acts_pane import ActsPane
from app.incidents.records import IncidentTask
from app.incidents.register import IncidentRegister
from app.incidents.rules import points
from app.incidents.standing import Hour, Phone
from app.ui import theme as t
from app.ui.widgets import Pill, button, clear, hbox, label, scroll, vbox

_NOBODY_ABOVE = (
    "“应急通讯录”里还没有教育、村镇的号码。平时补上，出事时这里就有；现在请按“记别的电话”。"
)
_NO_TASKS = "还没有。看望家属、心理辅导、保险理赔、整改，写明谁做、哪天前。"


class CallsPane(QWidget):
    """Numbers with a button each, the points to say as they are known now, the calls made."""

    def __init__(
        self,
        register: IncidentRegister,
        acts: ActsPane,
    ) -> None:
        super().__init__()
        self._register, self._acts = register, acts
        self._numbers, self._points, self._log = (vbox(gap=t.XS) for _ in range(3))
        self._tasks = vbox(gap=t.XS)
        other = button("记别的电话", "link", press=lambda: acts.ask_call(None))
        self._whom = QWidget()
        self._whom.setLayout(vbox(label("打给谁", "h2"), self._numbers, other, t.S, gap=t.S))
        inside = vbox(
            label("要说的", "h2"),
            self._points,
            t.S,
            self._whom,
            label("通话记录", "h2"),
            self._log,
            t.S,
            label("善后", "h2"),
            self._tasks,
            button("加一件善后的事", "link", press=acts.ask_task),
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
        self._show_log(hour, may_write=may_write)
        clear(self._tasks)
        for task in hour.tasks:
            self._tasks.addWidget(self._task(task))
        if not hour.tasks:
            self._tasks.addWidget(label(_NO_TASKS, "note", wrap=True))

    def say(self, hour: Hour) -> None:
        """Show the points to say from what is known by now."""
        clear(self._points)
        for word, said in points(self._register.shown(hour)):
            line = label(f"{word}：{said}", wrap=True)
            self._points.addWidget(line)

    def _show_log(self, hour: Hour, *, may_write: bool) -> None:
        clear(self._log)
        for call in hour.calls:
            who = f"，{call.answered_by}接" if call.answered_by else ""
            said = f"{call.called_at:%H:%M} {call.unit}{who}"
            drop = button("作废", "link", press=partial(self._acts.drop_call, call.uid, said))
            words = [label(said, wrap=True)]
            if call.answer:
                words.append(label(call.answer, "note", wrap=True))
            late = hour.called.late_min(call.called_at) if call.is_report else 0
            mark = f"上报 超时{late}分钟" if late else "上报"
            pill = Pill(mark, "", "late" if late else "done") if call.is_report else 0
            row = QWidget()
            row.setLayout(hbox((vbox(*words, gap=0), 1), pill, drop if may_write else 0, gap=t.S))
            self._log.addWidget(row)
        if not hour.calls:
            self._log.addWidget(label("还没有。打完一通，按号码后面的“记下”。", "note", wrap=True))

    def _task(self, task: IncidentTask) -> QWidget:
        """Return a line of what is to be done after it, or was."""
        today = self._register.today()
        words = [label(task.what, wrap=True)]
        if task.done_on is not None:
            outcome = f"，{task.outcome}" if task.outcome else ""
            said = f"{task.owner}，{show(task.done_on)}做好了{outcome}"
            buttons: list[QWidget] = [Pill("做好了", "", "done")]
        else:
            said = f"{task.owner}，最迟{show(task.due_on)}"
            late = (today - task.due_on).days
            done = button("做好了", press=partial(self._acts.ask_done, task))
            drop = button("作废", "link", press=partial(self._acts.drop_task, task))
            buttons = [*([Pill(f"逾期{late}天", "", "late")] if late > 0 else []), done, drop]
        words.append(label(said, "note", wrap=True))
        row = QWidget()
        row.setLayout(hbox((vbox(*words, gap=0), 1), *buttons, gap=t.S))
        return row

    def _number(self, phone: Phone) -> QWidget:
        name = f"　{phone.name}" if phone.name else ""
        press = button("记下", press=partial(self._acts.ask_call, phone))
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
