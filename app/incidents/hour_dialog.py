"""The hour of an incident on one sheet: both countdowns, the calls, the report as it grows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QWidget

from app.core.errors import UserError
from app.core.pinyin import search_text
from app.core.store import Blobs
from app.incidents.acts_pane import ActsPane, Case, Ways
from app.incidents.calls_pane import CallsPane
from app.incidents.desk import IncidentDesk
from app.incidents.drafts import is_sealed
from app.incidents.naming import named
from app.incidents.sheet_dialog import SAVE_EVERY_MS
from app.incidents.standing import Hour
from app.ui import theme as t
from app.ui.blanks import Offer, Sources, make_blank
from app.ui.errors import show_error
from app.ui.fields import FieldBox, grid_of
from app.ui.helping import open_chapter
from app.ui.photo_blank import taken_in
from app.ui.widgets import button, card, hbox, label, retone, rule, scroll, vbox

_TICK_MS = 1000
HELP = (
    "时限从知道的时刻算起：先电话，后书面；规定的分钟数在“今日 · 规则”里可以改。\n"
    "左边是要说的、要打的号码：打完一通按“记下”，写谁接的、怎么答复。打给上级的一通就是电话报告。\n"
    "右边边处置边填，每5秒自动存一次；停电、关掉都不丢，再按 Ctrl+Shift+E 接着写。\n"
    "“看书面报告”随时可看可打印；报出以后登记一下，超时的会记着。后来的情况用续报、终报。\n"
    "姓名只写在“涉及的”几栏里，密封保存。溺水会找学生的防溺水回执附在后面，没有的写在报告里，不耽误报出。\n"
    "上级依法要姓名的，按“事件包”，选给哪几栏，密封给镇里。\n"
    "出事以后还要做的（看望、辅导、理赔、整改），在左边“善后”里写明谁做、哪天前，到期“今日”会提醒。\n"
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
        case: Case | None = None,
        ways: Ways | None = None,
    ) -> None:
        """``case`` asks for the sealed file about it, ``ways`` lead to the other incidents."""
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("突发事件")
        self._register, self._uid, self._people = desk.register, uid, people
        self.hour = self._register.hour(uid)
        self._pupils = list(desk.receipts.pupils())
        self._boxes = self._make_boxes()
        self._acts = ActsPane(self, desk, people, case=case, ways=ways)
        self._pane = CallsPane(self._register, self._acts)
        self._number, self._state = label("", "h1"), label("", "note", wrap=True)
        self._called, self._written = label("", "num"), label("", "num")
        self._saved = label("", "note")
        self._pointed: set[FieldBox] = set()  # blanks in which a name was found
        self._lay_out(parent)
        self._fill()
        parent.window().installEventFilter(self)
        QTimer.singleShot(0, self, self._acts.take_up)
        self._timers = [self._every(_TICK_MS, self._tick), self._every(SAVE_EVERY_MS, self.keep)]
        for key, press in {
            "F1": self.show_help,
            "Ctrl+P": self._acts.preview,
            "Ctrl+S": self.keep,
            "Ctrl+T": lambda: self._acts.ask_call(None),
        }.items():
            QShortcut(QKeySequence(key), self).activated.connect(press)

    def keep(self) -> bool:
        """Keep what stands in the blanks; say whether it is kept."""
        try:
            if self._keep_all():
                self._say_saved(f"{self._register.now():%H:%M:%S} 已存", "done")
        except UserError as error:
            self._say_saved(f"{error.what}{error.do}", "late")
            return False
        self._say_names()
        return True

    def values(self) -> dict[str, Any]:
        """Return what stands in the blanks now."""
        return {key: box.blank.value() for key, box in self._boxes.items()}

    def refresh(self) -> None:
        """Read the incident again; the blanks stay as they are typed."""
        self.hour = self._register.hour(self._uid)
        self._show()

    def read_again(self) -> None:
        """Read the incident again, the blanks too."""
        self.refresh()
        for key, box in self._boxes.items():
            box.blank.put(self.hour.known.get(key))

    def leave(self) -> None:
        """Close without keeping: there is nothing any more to write on."""
        self._stop()
        QDialog.reject(self)

    def show_help(self) -> None:
        """Say how the hour is used."""
        open_chapter(self, "突发事件", title="突发事件", text=HELP)

    def reject(self) -> None:
        """Close; what was typed is kept, and nothing is asked."""
        if self.keep():
            self._stop()
            super().reject()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what is typed when the window below is shut or the desk locks."""
        if event.type() == QEvent.Type.Close and self.isVisible():
            self.keep()
        return super().eventFilter(watched, event)

    def closeEvent(self, event: QCloseEvent) -> None:
        self.keep()
        self._stop()
        super().closeEvent(event)

    # --- what stands on it ----------------------------------------------------------------------

    def _make_boxes(self) -> dict[str, FieldBox]:
        pupils = [Offer(name, name, search_text(name)) for name in self._pupils]
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
        sheet_button = button("打印电话快报单", icon="print", press=self._acts.preview_phone)
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
            box.blank.put(self.hour.known.get(key))
            box.blank.edited.connect(self._say_points)
        self._show()
        first = next((b for b in self._boxes.values() if b.blank.value() is None), None)
        if first is not None:
            first.blank.setFocus()

    def _show(self) -> None:
        incident, is_open = self.hour.incident, self.hour.incident.closed_on is None
        self._number.setText(f"突发事件 {incident.number}")
        for box in self._boxes.values():
            box.setEnabled(is_open)
        self._pane.show_hour(self.hour, may_write=is_open)
        self._say_points()
        self._acts.show_acts()
        self._tick()

    # --- what goes on ---------------------------------------------------------------------------

    def _tick(self) -> None:
        now = self._register.now()
        for shown, clock in (
            (self._called, self.hour.called),
            (self._written, self.hour.written),
        ):
            shown.setText(clock.said(now))
            retone(shown, tone=clock.tone(now))
        self._state.setText(self._standing())

    def _standing(self) -> str:
        incident = self.hour.incident
        said = [f"{incident.known_at:%m月%d日 %H:%M} 知道"]
        if incident.closed_on is not None:
            said.append("已办结")
        if incident.cleaned_on is not None:
            said.append("个人信息已清除")
        if incident.kept_because:
            said.append(f"留存：{incident.kept_because}")
        if self.hour.reports and incident.closed_on is None:
            until = self.hour.supplement_until()
            said.append(f"伤亡有变化的，{until.month}月{until.day}日前补报")
        basis = self._register.limits().basis
        limit = f"{incident.call_within_min}分钟电话、{incident.write_within_min}分钟书面"
        return "　".join([*said, f"{limit}（{basis}）"])

    def _say_points(self) -> None:
        words = Hour(self.hour.incident, self.values(), self.hour.calls, self.hour.reports)
        self._pane.say(words)

    def _keep_all(self) -> bool:
        """Keep the blanks and the small sheet in front; say whether anything was new."""
        is_new = False
        if self.hour.incident.closed_on is None:
            photos = list(taken_in(box.blank for box in self._boxes.values()))
            is_new = self._register.draft(self._uid, self.values(), photos=photos)
        sheet = self._acts.sheet()
        return (sheet is not None and sheet.keep()) or is_new

    def _say_names(self) -> None:
        """Point at a pupil's name where none should stand; it stops nothing."""
        for box in self._boxes.values():
            value = box.blank.value()
            if is_sealed(box.field) or box.field.kind not in ("text", "long"):
                continue
            found = named(value, self._pupils) if isinstance(value, str) else []
            if found:
                box.blame(f"这里像是写了学生的姓名“{found[0]}”：姓名请只写在“涉及的学生”里")
                self._pointed.add(box)
            elif box in self._pointed:
                self._pointed.discard(box)
                box.blame(None)

    def _say_saved(self, words: str, tone: str) -> None:
        self._saved.setText(words)
        retone(self._saved, tone=tone)

    def is_ready(self) -> bool:
        """Say whether the first report has all it needs; point at what is missing."""
        for box in self._boxes.values():
            box.blame(box.blank.fault() or box.field.check(box.blank.value()))
        try:
            self._register.reports.check(self.hour)
        except UserError as error:
            show_error(self, error)
            return False
        return True

    def _every(self, ms: int, act: Callable[[], object]) -> QTimer:
        timer = QTimer(self, interval=ms)
        timer.timeout.connect(act)
        timer.start()
        return timer

    def _stop(self) -> None:
        for timer in self._timers:
            timer.stop()
