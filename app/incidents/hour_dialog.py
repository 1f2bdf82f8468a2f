"""The hour of an incident on one sheet: both countdowns, the calls, the report as it grows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QPushButton, QWidget

from app.core.errors import UserError
from app.core.pinyin import search_text
from app.core.store import Blobs
from app.incidents.acts_dialog import ask_call, ask_end, ask_keep, ask_known, ask_report
from app.incidents.calls_pane import CallsPane
from app.incidents.desk import IncidentDesk
from app.incidents.standing import Hour, Phone
from app.ui import theme as t
from app.ui.asking import ask, tell
from app.ui.blanks import Offer, Sources, make_blank
from app.ui.errors import show_error
from app.ui.fields import FieldBox, grid_of
from app.ui.photo_blank import taken_in
from app.ui.printing import show_preview
from app.ui.void_dialog import ask_void
from app.ui.widgets import button, card, hbox, label, lay, retone, rule, scroll, vbox

SAVE_EVERY_MS = 5000
_TICK_MS = 1000
_FALSE = ("误报", "重复登记", "演练")
HELP = (
    "时限从知道的时刻算起：先电话，后书面；规定的分钟数在“今日 · 规则”里可以改。\n"
    "左边是要说的、要打的号码：打完一通按“记下”，写谁接的、怎么答复。打给上级的一通就是电话报告。\n"
    "右边边处置边填，每5秒自动存一次；停电、关掉都不丢，再按 Ctrl+Shift+E 接着写。\n"
    "“看书面报告”随时可看可打印；报出以后登记一下，超时的会记着。后来的情况用续报、终报。\n"
    "姓名只写在“涉及的”几栏里，密封保存。溺水会找学生的防溺水回执附在后面，没有的写在报告里，不耽误报出。\n"
    "上级依法要姓名的，按“事件包”，选给哪几栏，密封给镇里。\n"
    "办结以后清除个人信息；作证据要留的，写明理由。"
)


class HourDialog(QDialog):
    """One incident; what is typed is kept every five seconds and when the sheet closes."""

    def __init__(
        self,
        parent: QWidget,
        desk: IncidentDesk,
        uid: str,
        people: Callable[[], Sequence[str]],
        *,
        case: Callable[[QWidget, Hour], object] | None = None,
    ) -> None:
        """``case`` asks for the sealed file about the incident, where whoever sits here may."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("突发事件")
        self._desk, self._register, self._uid, self._people = desk, desk.register, uid, people
        self._case = case
        self._hour = self._register.hour(uid)
        self._boxes = self._make_boxes()
        self._pane = CallsPane(self._register, self._ask_call, self._drop_call)
        self._number, self._state = label("", "h1"), label("", "note", wrap=True)
        self._called, self._written = label("", "num"), label("", "num")
        self._saved = label("", "note")
        self._acts = hbox(gap=t.S)
        self._lay_out(parent)
        self._fill()
        self._timers = [self._every(_TICK_MS, self._tick), self._every(SAVE_EVERY_MS, self.keep)]
        for key, press in {
            "F1": self.show_help,
            "Ctrl+P": self.preview,
            "Ctrl+S": self.keep,
            "Ctrl+T": lambda: self._ask_call(None),
        }.items():
            QShortcut(QKeySequence(key), self).activated.connect(press)

    def keep(self) -> bool:
        """Keep what stands in the blanks; say whether it is kept."""
        if self._hour.incident.closed_on is not None:
            return True
        photos = list(taken_in(box.blank for box in self._boxes.values()))
        try:
            if self._register.draft(self._uid, self.values(), photos=photos):
                self._say_saved(f"{self._register.now():%H:%M:%S} 已存", "done")
        except UserError as error:
            self._say_saved(f"{error.what}{error.do}", "late")
            return False
        return True

    def values(self) -> dict[str, Any]:
        """Return what stands in the blanks now."""
        return {key: box.blank.value() for key, box in self._boxes.items()}

    def refresh(self) -> None:
        """Read the incident again; the blanks stay as they are typed."""
        self._hour = self._register.hour(self._uid)
        self._show()

    def preview(self) -> None:
        """Show the first report as it would go out now, or the last one as it went."""
        self._preview(self._hour.reports[-1] if self._hour.reports else None)

    def show_help(self) -> None:
        """Say how the hour is used."""
        tell(self, "突发事件怎么用", detail=HELP)

    def reject(self) -> None:
        """Close; what was typed is kept, and nothing is asked."""
        if self.keep():
            self._stop()
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep()
        self._stop()
        super().closeEvent(event)

    # --- what stands on it ----------------------------------------------------------------------

    def _make_boxes(self) -> dict[str, FieldBox]:
        pupils = [Offer(name, name, search_text(name)) for name in self._desk.receipts.pupils()]
        sources = Sources(
            lists={"person": self._people, "pupils": lambda: pupils},
            load_photo=Blobs(self._register.store).get,
            today=self._register.today,
        )
        return {f.key: FieldBox(f, make_blank(f, sources)) for f in self._register.fields().fields}

    def _lay_out(self, parent: QWidget) -> None:
        clocks = hbox(
            card(label("电话报告", "note"), self._called, gap=2, edge=(t.L, t.S, t.L, t.S)),
            card(label("书面报告", "note"), self._written, gap=2, edge=(t.L, t.S, t.L, t.S)),
            gap=t.M,
        )
        sheet_button = button("打印电话快报单", icon="print", press=self._preview_phone)
        names = vbox(self._number, self._state, gap=2)
        head = hbox((names, 1), clocks, sheet_button, gap=t.L, edge=(t.L, t.S, t.L, t.S))
        form = scroll(grid_of(list(self._boxes.values())))
        body = hbox((self._pane, 4), rule(vertical=True), (form, 5), gap=0)
        foot = hbox((self._saved, 1), self._acts, gap=t.M, edge=(t.L, t.S, t.L, t.S))
        paper = QWidget()
        paper.setObjectName("sheet")
        paper.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        paper.setLayout(vbox(head, rule(), (body, 1), rule(), foot, gap=0))
        self.setLayout(vbox(paper, gap=0))
        window = parent.window()
        self.resize(max(window.width() - t.XL, 640), max(window.height() - t.XL, 480))

    def _fill(self) -> None:
        for key, box in self._boxes.items():
            box.blank.put(self._hour.known.get(key))
            box.blank.edited.connect(self._say_points)
        self._show()
        first = next((b for b in self._boxes.values() if b.blank.value() is None), None)
        if first is not None:
            first.blank.setFocus()

    def _show(self) -> None:
        incident, is_open = self._hour.incident, self._hour.incident.closed_on is None
        self._number.setText(f"突发事件 {incident.number}")
        for box in self._boxes.values():
            box.setEnabled(is_open)
        self._pane.show_hour(self._hour, may_write=is_open)
        self._say_points()
        self._show_acts(is_open)
        self._tick()

    def _show_acts(self, is_open: bool) -> None:
        while (item := self._acts.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        lay(self._acts, *(self._open_acts() if is_open else self._closed_acts()))

    def _open_acts(self) -> list[QPushButton]:
        is_first = not self._hour.reports
        more = [
            ("更正知悉时间", lambda: self._then(ask_known(self, self._register, self._hour))),
            *self._printables(),
            ("误报，作废", self._void),
        ]
        return [
            button("登记书面已报" if is_first else "续报、终报", "primary", press=self._ask_report),
            button("看书面报告", press=self.preview),
            *self._case_button(),
            button("办结", press=self._ask_end),
            button("更多", menu=more),
            button("收起", press=self.reject),
        ]

    def _closed_acts(self) -> list[QPushButton]:
        made = [button("看书面报告", press=self.preview)]
        if not self._hour.incident.cleaned_on:
            made.insert(0, button("清除个人信息", "primary", press=self._clean_up))
            keep = lambda: self._then(ask_keep(self, self._register, self._hour))  # noqa: E731
            made.append(button("作证据留存", press=keep))
            made += self._case_button()
        made.append(button("重新处置", press=self._reopen))
        if printables := self._printables():
            made.append(button("更多", menu=printables))
        return [*made, button("收起", press=self.reject)]

    def _case_button(self) -> list[QPushButton]:
        return [button("事件包", press=self._ask_case)] if self._case is not None else []

    def _printables(self) -> list[Any]:
        return [
            (f"看{one.turn}：{one.kind} {one.sent_at:%m-%d %H:%M}", partial(self._preview, one))
            for one in self._hour.reports
        ]

    # --- what goes on ---------------------------------------------------------------------------

    def _tick(self) -> None:
        now = self._register.now()
        for shown, clock in (
            (self._called, self._hour.called),
            (self._written, self._hour.written),
        ):
            shown.setText(clock.said(now))
            retone(shown, tone=clock.tone(now))
        self._state.setText(self._standing())

    def _standing(self) -> str:
        incident = self._hour.incident
        said = [f"{incident.known_at:%m月%d日 %H:%M} 知道"]
        if incident.closed_on is not None:
            said.append("已办结")
        if incident.cleaned_on is not None:
            said.append("个人信息已清除")
        if incident.kept_because:
            said.append(f"留存：{incident.kept_because}")
        if self._hour.reports and incident.closed_on is None:
            until = self._hour.supplement_until()
            said.append(f"伤亡有变化的，{until.month}月{until.day}日前补报")
        basis = self._register.limits().basis
        limit = f"{incident.call_within_min}分钟电话、{incident.write_within_min}分钟书面"
        return "　".join([*said, f"{limit}（{basis}）"])

    def _say_points(self) -> None:
        words = Hour(self._hour.incident, self.values(), self._hour.calls, self._hour.reports)
        self._pane.say(words)

    def _say_saved(self, words: str, tone: str) -> None:
        self._saved.setText(words)
        retone(self._saved, tone=tone)

    def _ask_call(self, phone: Phone | None) -> None:
        self._then(ask_call(self, self._register, self._hour, phone, self._people))

    def _drop_call(self, uid: str, said: str) -> None:
        def drop(reason: str) -> None:
            self._register.calls.void(uid, reason)
            self.refresh()

        ask_void(self, f"作废这通电话：{said}", ("登记错了", "重复登记"), drop)

    def _ask_report(self) -> None:
        if self.keep():
            self.refresh()
            if not self._hour.reports and not self._is_ready():
                return
            self._then(ask_report(self, self._register, self._hour, self._people))

    def _is_ready(self) -> bool:
        """Say whether the first report has all it needs; point at what is missing."""
        for box in self._boxes.values():
            box.blame(box.blank.fault() or box.field.check(box.blank.value()))
        try:
            self._register.reports.check(self._hour)
        except UserError as error:
            show_error(self, error)
            return False
        return True

    def _ask_case(self) -> None:
        if self._case is not None and self.keep():
            self.refresh()
            try:
                self._case(self, self._hour)
            except UserError as error:
                show_error(self, error)

    def _ask_end(self) -> None:
        if self.keep():
            self.refresh()
            self._then(ask_end(self, self._register, self._hour))

    def _then(self, editor: Any) -> None:
        editor.saved.connect(self.refresh)

    def _void(self) -> None:
        def void(reason: str) -> None:
            self._register.void(self._uid, reason)
            self._stop()
            QDialog.reject(self)

        if self.keep():
            ask_void(self, f"作废 {self._hour.incident.number}", _FALSE, void)

    def _reopen(self) -> None:
        self._try(lambda: self._register.reopen(self._uid))

    def _clean_up(self) -> None:
        def clean() -> None:
            self._try(lambda: tell(self, self._register.aftermath.clean_up(self._uid)))
            self._fill_again()

        ask(
            self,
            "清除这件事里的姓名、家属情况和照片？",
            yes="清除",
            no="先不清除",
            detail="清除以后不能恢复，件数、经过和报告的时间都留着。作证据要用的，请选“作证据留存”。",
            then=clean,
        )

    def _fill_again(self) -> None:
        for key, box in self._boxes.items():
            box.blank.put(self._hour.known.get(key))

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except UserError as error:
            show_error(self, error)
        self.refresh()

    def _preview(self, report: Any) -> None:
        if self.keep():
            left = partial(self._desk.left, self._uid)
            make = partial(self._desk.report, self._uid, report)
            show_preview(self, "突发事件书面报告", lambda _job: make(), done=left)

    def _preview_phone(self) -> None:
        if self.keep():
            note = self._register.store.note
            make = partial(self._desk.phone_sheet, self._uid)
            done = lambda how: note(f"{how}：突发事件电话快报单", about=self._uid)  # noqa: E731
            show_preview(self, "突发事件电话快报单", lambda _job: make(), done=done)

    def _every(self, ms: int, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self, interval=ms)
        timer.timeout.connect(act)
        timer.start()
        return timer

    def _stop(self) -> None:
        for timer in self._timers:
            timer.stop()
