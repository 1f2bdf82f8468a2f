"""The stopwatch on the screen: one key a moment, one key a class, and nothing lost by leaving."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from app.core.errors import UserError
from app.drills.doing.register import DoingRegister
from app.drills.doing.rules import Count, Node, clock, said
from app.drills.doing.stopwatch import Run, keys_of
from app.ui import fonts
from app.ui import theme as t
from app.ui.asking import ask, box_of
from app.ui.errors import show_error
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, scroll, vbox

_WIDTH_PX, _HEIGHT_PX = 960, 660
_TICK_MS = 200
_TIMES = 3.2  # how much larger the time is written than the rest
_HINT = "空格：下一个节点　　班级报告按它的键　　退格：收回上一次　　关上窗口，秒表接着走"


class StopwatchDialog(Sheet):
    """The drill as it runs; ``finish`` is given the run once all are counted."""

    def __init__(
        self, parent: QWidget, doing: DoingRegister, drill_uid: str, finish: Callable[[Run], object]
    ) -> None:
        self._doing, self._uid, self._finish = doing, drill_uid, finish
        self._drill = doing.drills.get(drill_uid)
        found = doing.run()
        self._run = found if found and found.drill_uid == drill_uid else None
        self._card, self._seconds = doing.card(drill_uid), doing.target(drill_uid)
        self._keys = keys_of([one.unit for one in self._card])
        self._time = label("0:00", "num")
        self._time.setAccessibleName("用时")
        self._dress_time(is_late=False)
        self._target = label("", "note")
        self._heads = label("", "note")
        self._start = _big("发信号，开始计时　空格", "primary", self._begin)
        self._nodes = {node: _big("", "plain", partial(self._mark, node)) for node in _MARKED}
        self._classes = {
            one.unit: _big("", "plain", partial(self._report, one.unit)) for one in self._card
        }
        self._undo = button("收回上一次", press=self._take_back)
        self._done = button("录入清点", "primary", press=self._end)
        self._give_up = button("不要这次计时", press=self._drop)
        nodes = QGridLayout()
        for place, made in enumerate(self._nodes.values()):
            nodes.addWidget(made, 0, place)
        body = vbox(
            hbox(self._time, (self._target, 1), self._heads, gap=t.L),
            self._start,
            nodes,
            label(_HINT, "note", wrap=True),
            (scroll(self._grid()), 1),
        )
        foot = (self._give_up, None, self._done, self._undo, button("关上", press=self.reject))
        title = f"秒表：{self._drill.title} {self._drill.number}"
        super().__init__(parent, title, body, foot, width=_WIDTH_PX, height=_HEIGHT_PX)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._tick)
        self._timer.start(_TICK_MS)
        self._show()
        (self._start if self._run is None else self).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a key for the moment or class it stands for; keys held down count once."""
        if event.isAutoRepeat():
            return
        key = event.text().upper()
        unit = next((unit for unit, its in self._keys.items() if its == key), None)
        if event.key() == Qt.Key.Key_Space:
            self._next()
        elif event.key() == Qt.Key.Key_Backspace:
            self._take_back()
        elif unit is not None and self._run is not None:
            self._report(unit)
        else:
            super().keyPressEvent(event)

    def look_after(self) -> None:
        """Ask what to do with a stopwatch that was most likely left running."""
        run = self._run
        if run is None or not (doubt := run.doubt(self._doing.now())):
            return
        last = run.presses[-1].seconds if run.presses else 0
        box = box_of(self, doubt, f"最后一次按键在{said(last)}。")
        keep = box.addButton("接着计时", box.ButtonRole.AcceptRole)
        stop = box.addButton("停在最后一次按键", box.ButtonRole.AcceptRole)
        drop = box.addButton("不要这次计时", box.ButtonRole.DestructiveRole)
        stop.setEnabled(bool(run.presses))
        box.setDefaultButton(stop if run.presses else drop)
        box.setEscapeButton(keep)
        stop.clicked.connect(self._stop_at_last)
        drop.clicked.connect(self._forget)
        box.open()

    def _begin(self) -> None:
        try:
            self._run = self._doing.start(self._uid)
        except UserError as error:
            show_error(self, error)
            return
        self.setFocus()
        self._show()

    def _next(self) -> None:
        if self._run is None:
            self._begin()
        elif (node := self._run.next_node) is not None:
            self._mark(node)

    def _mark(self, node: Node) -> None:
        self._keep(lambda run, now: run.mark(node, now))

    def _report(self, unit: str) -> None:
        self._keep(lambda run, now: run.report(unit, now))
        if self._run and len(self._run.reports) == len(self._card) and not self._run.is_over:
            self._keep(lambda run, now: run.mark(Node.COUNTED, now))

    def _take_back(self) -> None:
        self._keep(lambda run, now: run.undo())

    def _keep(self, press: Callable[[Run, datetime], Run]) -> None:
        if self._run is not None:
            self._run = self._doing.keep(press(self._run, self._doing.now()))
            self.setFocus()
            self._show()

    def _stop_at_last(self) -> None:
        run = self._run
        if run is not None:
            self._run = self._doing.keep(run.stopped())
            self._show()

    def _drop(self) -> None:
        ask(self, "不要这次计时吗？按过的时间都会丢掉。", yes="不要了", then=self._forget)

    def _forget(self) -> None:
        self._doing.stop()
        self._run = None
        self._show()

    def _end(self) -> None:
        run = self._run
        if run is None:
            return
        if not run.is_over:
            run = self._doing.keep(run.mark(Node.COUNTED, self._doing.now()))
        self.accept()
        self._finish(run)

    def _tick(self) -> None:
        if self._run is None:
            return
        elapsed = self._run.elapsed(self._doing.now())
        self._time.setText(clock(elapsed))
        is_over = elapsed - self._run.nodes.get(Node.LEAVE, 0) > self._seconds
        self._dress_time(is_late=is_over and Node.OUT not in self._run.nodes)

    def _dress_time(self, *, is_late: bool) -> None:
        worn = f"font-size: {_TIMES * t.points():g}pt; color: {t.LATE if is_late else t.INK};"
        if worn != self._time.styleSheet():
            self._time.setStyleSheet(worn)

    def _show(self) -> None:
        run = self._run
        self._target.setText(f"目标 {said(self._seconds)}：从开始疏散到最后一人出楼")
        self._start.setVisible(run is None)
        for node, made in self._nodes.items():
            at = run.nodes.get(node) if run else None
            made.setVisible(run is not None)
            _dress(made, str(node), "空格" if run and run.next_node is node else "", at)
        for one in self._card:
            at = run.reports.get(one.unit) if run else None
            words = f"{one.unit}　{one.due or ''}人"
            _dress(self._classes[one.unit], words, self._keys.get(one.unit, ""), at)
            self._classes[one.unit].setEnabled(run is not None and not run.is_over)
        for made in (self._undo, self._done, self._give_up):
            made.setVisible(run is not None)
        self._undo.setEnabled(bool(run and run.presses))
        self._heads.setText(_reported(self._card, run))
        self._time.setText(clock(run.elapsed(self._doing.now()) if run else 0))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(t.S)
        across = 4 if t.is_large() else 5
        for place, made in enumerate(self._classes.values()):
            grid.addWidget(made, place // across, place % across)
        for column in range(across):
            grid.setColumnStretch(column, 1)
        grid.setRowStretch(len(self._classes), 1)
        return grid


def open_stopwatch(
    parent: QWidget, doing: DoingRegister, drill_uid: str, finish: Callable[[Run], object]
) -> StopwatchDialog:
    """Open the stopwatch of a drill: to give the signal, or to go on where it stands."""
    dialog = StopwatchDialog(parent, doing, drill_uid, finish)
    dialog.open()
    dialog.look_after()
    return dialog


_MARKED = (Node.COVER, Node.LEAVE, Node.OUT, Node.COUNTED)


def _big(words: str, kind: str, press: Callable[[], object]) -> QPushButton:
    made = button(words, kind, press=press)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    made.setMinimumHeight(t.line() * 2 + t.L)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus if kind == "plain" else Qt.FocusPolicy.StrongFocus)
    fonts.meet((words,))
    return made


def _dress(made: QPushButton, words: str, key: str, at: int | None) -> None:
    below = f"✓ {clock(at)}" if at is not None else f"〔{key}〕" if key else ""
    made.setText(f"{words}\n{below}")
    made.setAccessibleName(words.split("　")[0])
    worn = f"background: {t.DONE_BG}; color: {t.DONE};" if at is not None else ""
    if worn != made.styleSheet():
        made.setStyleSheet(worn)


def _reported(card: list[Count], run: Run | None) -> str:
    if run is None:
        return f"{len(card)} 个班"
    return f"已报告 {len(run.reports)}/{len(card)} 个班"
