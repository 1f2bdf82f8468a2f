"""录入放假通知: a line a holiday, or from a file; what it changes is shown before it counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QGridLayout, QLineEdit, QScrollArea, QWidget

from app.calendar.days import Notice
from app.calendar.holidays import MOST_HOLIDAYS
from app.calendar.notices import Changes, NoticeBook
from app.calendar.rules import Holiday
from app.calendar.words import short_day
from app.core.errors import UserError
from app.core.values import read_date
from app.ui import theme as t
from app.ui.files import choose_file
from app.ui.sheet import Sheet
from app.ui.text_blanks import LineBlank
from app.ui.widgets import button, clear, hbox, label, rule, vbox

NOTICES = "放假通知文件 (*.toml)"
_HEADS = ("假期", "从哪天", "到哪天", "哪几天补班（用顿号隔开）")
_MOST_SHOWN = 40
_WEEK = "一二三四五六日"


class _DayBlank(LineBlank):
    """A day of the notice, shown with its weekday and without the year, which stands above."""

    def __init__(self, newyear: Callable[[], date]) -> None:
        super().__init__(self._day, "如 10-1")
        self._newyear = newyear

    def put(self, value: Any) -> None:
        if isinstance(value, date):
            year = f"{value.year}年" if value.year != self._newyear().year else ""
            value = f"{year}{value.month}月{value.day}日 周{_WEEK[value.weekday()]}"
        self.setText(value or "")

    def _day(self, text: str) -> date:
        return read_date(text.split(" 周")[0], self._newyear())


class _Line:
    """The blanks of one holiday."""

    def __init__(self, year: Callable[[], int]) -> None:
        self._year = year
        self.name, self.first, self.last, self.work = (
            LineBlank(),
            _DayBlank(self._newyear),
            _DayBlank(self._newyear),
            LineBlank(hint="如 9-20、10-10"),
        )
        self.blanks = (self.name, self.first, self.last, self.work)

    def _newyear(self) -> date:
        return date(self._year(), 1, 1)

    def put(self, holiday: Holiday | None) -> None:
        self.name.put(holiday.name if holiday else None)
        self.first.put(holiday.first_on if holiday else None)
        self.last.put(holiday.last_on if holiday else None)
        days = "、".join(short_day(on) for on in holiday.work) if holiday else None
        self.work.put(days)

    def read(self) -> Holiday | None:
        """Return the holiday, None if nothing was written.

        Raises:
            UserError: something is missing or no day.

        """
        name, first, last, work = (blank.value() for blank in self.blanks)
        if not any((name, first, last, work)):
            return None
        who = name or "没有写名称的假期"
        days = {"从哪天": first, "到哪天": last or first}
        for word, day in days.items():
            if not isinstance(day, date):
                what = f"“{who}”的“{word}”没有填" if day is None else f"“{who}”的“{day}”不是日期"
                raise UserError(f"{what}。", safe="没有录入。", do="请改好再核对。")
        return Holiday(str(name or ""), first, last or first, self._made_up(who, str(work or "")))

    def _made_up(self, who: str, words: str) -> tuple[date, ...]:
        found = []
        for word in words.replace("，", "、").replace(",", "、").replace(" ", "、").split("、"):
            if not word.strip():
                continue
            try:
                found.append(read_date(word, self._newyear()))
            except ValueError:
                raise UserError(
                    f"“{who}”补班的“{word}”不是日期。", safe="没有录入。", do="请改好再核对。"
                ) from None
        return tuple(found)


class NoticeDialog(Sheet):
    """The notice of one year; the first press shows what changes, the second enters it."""

    def __init__(self, parent: QWidget, notices: NoticeBook, year: int, today: date) -> None:
        self._notices, self._today = notices, today
        self._checked: Notice | None = None
        self._year = QLineEdit(str(year))
        self._number = LineBlank(hint="如 国办发明电〔2025〕7号")
        self._lines = [_Line(self.year) for _ in range(MOST_HOLIDAYS)]
        self._said = label("", tone="late", wrap=True)
        self._news = vbox(gap=2)
        self._go = button("核对", "primary", press=self.go)
        cancel = button("取消", press=self.reject)
        body = vbox(self._top(), self._grid(), self._said, self._news, None)
        super().__init__(parent, "录入放假通知", body, (None, self._go, cancel))
        self._fill(year)
        for blank in self._blanks():
            blank.textChanged.connect(self._begin_anew)
        self._year.editingFinished.connect(self._change_year)
        self._said.hide()

    def year(self) -> int:
        """Return the year the notice is for."""
        text = self._year.text().strip()
        is_year = text.isascii() and text.isdigit() and 1900 < int(text) < 9999
        return int(text) if is_year else self._today.year

    def go(self) -> None:
        """Show what the notice changes; if that is shown already, enter it."""
        try:
            notice = self._read()
            if notice == self._checked:
                self._notices.confirm(notice)
                self.accept()
                return
            self._tell(self._notices.preview(notice))
            self._checked = notice
        except UserError as error:
            self._blame(error.what + error.do)

    def take_file(self, path: Path) -> None:
        """Fill the blanks from a file."""
        try:
            notice = self._notices.read_file(path)
        except UserError as error:
            self._blame(error.what + error.do)
            return
        self._year.setText(str(notice.year))
        self._put(notice)
        self.go()

    def _read(self) -> Notice:
        if self._year.text().strip() != str(self.year()):
            raise UserError("“哪一年”要填年份，如 2027。", safe="没有录入。")
        holidays = [one for line in self._lines if (one := line.read())]
        return Notice(self.year(), self._number.value() or "", "", holidays)

    def _fill(self, year: int) -> None:
        known = self._notices.all().get(year)
        number = known.number if known else ""
        self._put(Notice(year, number, "", self._notices.blank(year)))

    def _put(self, notice: Notice) -> None:
        self._number.put(notice.number or None)
        spare = [None] * (len(self._lines) - len(notice.holidays))
        for line, holiday in zip(self._lines, [*notice.holidays, *spare], strict=False):
            line.put(holiday)
        self._begin_anew()

    def _change_year(self) -> None:
        if self._year.isModified():
            self._year.setModified(False)
            self._fill(self.year())

    def _top(self) -> Any:
        read = button("从文件读取", icon="import", press=self._ask_file)
        self._year.setMaxLength(4)
        self._year.setFixedWidth(5 * t.em())
        self._year.setAccessibleName("哪一年")
        self._number.setAccessibleName("文号")
        words = "照着通知，一行一个假期；年份可以不写，填 10-1 就行。没有补班的空着。"
        return vbox(
            hbox(label("哪一年"), self._year, label("文号"), (self._number, 1), read),
            label(words, "note", wrap=True),
        )

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(t.S)
        grid.setVerticalSpacing(t.XS)
        for column, (word, share) in enumerate(zip(_HEADS, (4, 5, 5, 7), strict=True)):
            grid.addWidget(label(word, "note"), 0, column)
            grid.setColumnStretch(column, share)
        for row, line in enumerate(self._lines, start=1):
            for column, (blank, word) in enumerate(zip(line.blanks, _HEADS, strict=True)):
                blank.setAccessibleName(f"第{row}行{word.split('（')[0]}")
                grid.addWidget(blank, row, column)
        return grid

    def _blanks(self) -> list[QLineEdit]:
        return [self._number, *(blank for line in self._lines for blank in line.blanks)]

    def _ask_file(self) -> None:
        choose_file(self, "选放假通知文件", NOTICES, self.take_file)

    def _begin_anew(self) -> None:
        self._checked = None
        self._go.setText("核对")
        self._said.hide()
        clear(self._news)

    def _blame(self, words: str) -> None:
        clear(self._news)
        self._said.setText(words)
        self._said.show()
        QTimer.singleShot(0, self, self.fit)

    def _tell(self, changes: Changes) -> None:
        self._said.hide()
        clear(self._news)
        self._news.addWidget(rule())
        self._news.addWidget(label(changes.short, "h2", wrap=True))
        for words in changes.planned:
            self._news.addWidget(label(words, tone="late", wrap=True))
        for words in changes.firm[:_MOST_SHOWN]:
            self._news.addWidget(label(words, tone="done", wrap=True))
        if len(changes.firm) > _MOST_SHOWN:
            self._news.addWidget(label(f"……共{len(changes.firm)}天的班不再待定", "note"))
        days = [str(turned) for turned in changes.turned]
        if len(days) > _MOST_SHOWN:
            days = [*days[:_MOST_SHOWN], f"……共{len(days)}天"]
        self._news.addWidget(label("\n".join(days), "note", wrap=True))
        self._go.setText("确认录入")
        self._go.setFocus()
        QTimer.singleShot(0, self, self._show_news)

    def _show_news(self) -> None:
        self.fit()
        area, item = self.findChild(QScrollArea), self._news.itemAt(1)
        if area is not None and item is not None and (first := item.widget()) is not None:
            area.ensureWidgetVisible(first, 0, area.viewport().height())
