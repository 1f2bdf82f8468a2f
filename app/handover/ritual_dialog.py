"""Making a data file: which days, what goes along, onto which stick; beside it what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from app.core.forms import Field
from app.handover.parts import Period
from app.handover.periods import Span
from app.handover.records import SentFile
from app.handover.register import Gap, HandoverRegister, Order
from app.handover.stick import sticks
from app.handover.townkey_dialog import ask_for_town_key
from app.ui import theme as t
from app.ui.blanks import Sources, make_blank
from app.ui.choice_blanks import Offer, RadioBlank
from app.ui.combo_blanks import QuietCombo
from app.ui.files import choose_place
from app.ui.jobs import run_job
from app.ui.marks import Shape
from app.ui.sheet import Sheet
from app.ui.text_blanks import DayBlank
from app.ui.widgets import button, card, clear, hbox, label, lay, scroll, vbox

_KINDS = "数据文件 (*.zip *.age)"
_ELSEWHERE = "别的位置…"
_WIDE_PX, _TALL_PX, _BESIDE_PX = 1100, 600, 400


class RitualDialog(Sheet):
    """Ask for everything at once; ``done`` gets the file's line of the log and where it lies.

    ``go`` opens a room where something is put right.
    """

    def __init__(
        self,
        parent: QWidget,
        register: HandoverRegister,
        *,
        go: Callable[[str], object],
        done: Callable[[SentFile, Path], object],
    ) -> None:
        self._register, self._go, self._done = register, go, done
        self._span = RadioBlank([Offer(str(span), span) for span in Span])
        self._first, self._last = DayBlank(register.today), DayBlank(register.today)
        asked = Field("due", "几时以前要交", "moment")
        self._due = make_blank(asked, Sources(today=register.today))
        self._photos = QCheckBox("带上隐患照片")
        self._photos.setToolTip("只有画面，没有拍摄地点、时间和手机型号。")
        self._seal = QCheckBox()
        self._take = button("收镇级公钥", "link", press=self._take_key)
        self._sealing = label("", "note", wrap=True)
        self._where = QuietCombo()
        named = {"从哪天起": self._first, "到哪天止": self._last, "几时以前要交": self._due}
        for name, blank in (named | {"放在哪里": self._where}).items():
            blank.setAccessibleName(name)
        self._missing = QVBoxLayout()
        self._message = label("", tone="late", wrap=True)
        self._message.hide()
        write = button("写入，读回来比较", "primary", press=self._write)
        write.setDefault(True)
        cancel = button("取消", press=self.reject)
        foot = ((self._message, 1), None, write, cancel)
        super().__init__(
            parent, "生成数据文件", self._body_of(), foot, width=_WIDE_PX, height=_TALL_PX
        )
        self._show_key()
        self.look_for_sticks()
        self._span.put(self._usual())
        self._choose()
        self._span.edited.connect(self._choose)
        for blank in (self._first, self._last):
            blank.textEdited.connect(lambda _: self._span.put(Span.OWN))
            blank.edited.connect(self._look)

    def look_for_sticks(self) -> None:
        """Offer the sticks that are in now, and any other place."""
        self._where.clear()
        for root, free in sticks():
            self._where.addItem(f"U盘 {root}（剩{free / 1e9:.1f}GB）", root)
        self._where.addItem(_ELSEWHERE, None)

    def _body_of(self) -> QVBoxLayout:
        again = button("再看看", "link", press=self.look_for_sticks)
        form = vbox(
            label("报哪一段日子"),
            self._span,
            hbox((self._first, 1), label("至"), (self._last, 1)),
            t.S,
            label("几时以前要交（可以不填）"),
            self._due,
            t.S,
            label("里面放什么"),
            self._photos,
            self._seal,
            hbox((self._sealing, 1), self._take),
            t.S,
            hbox(label("放在哪里"), None, again),
            self._where,
            None,
            gap=t.XS,
        )
        lay(self._missing, gap=t.XS)
        beside = card(label("写之前看一看", "h2"), scroll(self._missing), gap=t.S)
        beside.setFixedWidth(_BESIDE_PX)
        return vbox((hbox((scroll(form), 1), beside, gap=t.XL), 1))

    def _usual(self) -> Span:
        """Return the span of the file before, the school year where there is none."""
        last = next(iter(self._register.sent()), None)
        known = {str(span): span for span in Span if span is not Span.OWN}
        return known.get((last.span or "") if last else "", Span.YEAR)

    def _choose(self) -> None:
        span = self._span.value()
        if span in (None, Span.OWN):
            return
        period = self._register.period(span)
        for blank, day in ((self._first, period.first), (self._last, period.last)):
            blank.blockSignals(True)
            blank.put(day)
            blank.blockSignals(False)
        self._due.put(self._register.due(span, period))
        self._look()

    def _look(self) -> None:
        """Show what these days lack."""
        clear(self._missing)
        period = self._period()
        if period is None:
            lay(self._missing, label("请先填好起止日期。", "note"), None)
            return
        found = self._register.gaps(period)
        lines = [self._line(gap) for gap in found]
        if not lines:
            lines = [hbox(Shape("done", "done"), (label("没有缺的，可以写了。"), 1))]
        note = label("缺的也可以先报，镇里看到的就是现在的样子。", "note", wrap=True)
        lay(self._missing, *lines, *([note] if found else []), None, gap=t.S)

    def _line(self, gap: Gap) -> object:
        shape = "late" if gap.is_late else "soon"
        see = button("去看看", "link", press=lambda: self._leave_for(gap.room))
        return hbox(Shape(shape, shape), (label(gap.text, wrap=True), 1), see)

    def _leave_for(self, room: str) -> None:
        self.reject()
        self._go(room)

    def _period(self) -> Period | None:
        first, last = self._first.value(), self._last.value()
        if not (isinstance(first, date) and isinstance(last, date)) or first > last:
            return None
        return Period(first, last)

    def _show_key(self) -> None:
        town = self._register.town_keys.town()
        self._take.setText("换一把" if town else "收镇级公钥")
        self._seal.setEnabled(town is not None)
        self._seal.setText(f"密封，只有{town.name}能打开" if town else "密封，只有镇里能打开")
        self._sealing.setText(
            f"镇级公钥 {town.fingerprint}，和镇里念一遍。"
            if town
            else "要密封，先收镇里发的公钥文件，一次就够。"
        )

    def _take_key(self) -> None:
        ask_for_town_key(
            self, self._register.town_keys, today=self._register.today(), done=self._show_key
        )

    def _order(self) -> Order | None:
        """Return what was asked for; None, with the reason shown, where that cannot be."""
        period, due = self._period(), self._due.value()
        wrong = ""
        if period is None:
            wrong = "起止日期没有填好，或者开始在结束之后。"
        elif due is not None and not isinstance(due, datetime):
            wrong = "“几时以前要交”请写成 3-5 14:30 这样，或者空着。"
        self._message.setText(wrong)
        self._message.setVisible(bool(wrong))
        if wrong or period is None:
            return None
        town = self._register.town_keys.town() if self._seal.isChecked() else None
        span = self._span.value() or Span.OWN
        return Order(period, span, due, photos=self._photos.isChecked(), sealed_for=town)

    def _write(self) -> None:
        order = self._order()
        if order is None:
            return
        name, root = self._register.file_name(order), self._where.currentData()
        if root is None:
            choose_place(self, "放在哪里", _KINDS, name, lambda path: self._write_to(path, order))
        else:
            self._write_to(Path(root) / name, order)

    def _write_to(self, target: Path, order: Order) -> None:
        def written(sent: SentFile) -> None:
            self.accept()
            self._done(sent, target)

        run_job(
            self,
            "正在写数据文件",
            lambda job: self._register.export(target, order, tick=job.step),
            written,
        )
