"""What stands beside the year: terms and holidays, the school's own days, themes, hours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from app.calendar.hours import EVERYBODY, Hours
from app.calendar.occasions import Occasion
from app.calendar.register import SchoolCalendar
from app.calendar.rules import Mark, TermDays
from app.calendar.themes import ThemeLine
from app.calendar.words import holiday_words, short_span, term_words
from app.calendar.year_pane import span_of
from app.core.values import show
from app.ui import theme as t
from app.ui.widgets import Entry, Pill, button, clear, hbox, label, rule, scroll, vbox

Does = Callable[..., object]
_LEAST_EM = 23


class ListsPane(QTabWidget):
    """Three lists behind tabs; ``acts`` are what one may do, by name, none for who only looks."""

    def __init__(self, calendar: SchoolCalendar, acts: dict[str, Does]) -> None:
        super().__init__()
        self._calendar, self._acts = calendar, acts
        self.setDocumentMode(True)
        self.setAccessibleName("学期、放假和作息")
        self._rooms: list[QVBoxLayout] = []
        for title in ("学期和放假", "主题日", "作息"):
            room = vbox(gap=t.S, edge=(t.M, t.S, t.M, t.S))
            self._rooms.append(room)
            self.addTab(scroll(room), title)

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST_EM * t.em(), super().minimumSizeHint().height())

    def show_year(self, year: int) -> None:
        """Show the lists of a school year."""
        makers = (self._terms, self._themes, self._hours)
        for room, make in zip(self._rooms, makers, strict=True):
            clear(room)
            for part in make(year):
                if isinstance(part, QWidget):
                    room.addWidget(part)
                else:
                    room.addLayout(part)
            room.addStretch(1)

    def _terms(self, year: int) -> list[Any]:
        parts: list[Any] = []
        for number in (1, 2):
            days = self._calendar.term(f"{year}-{year + 1}-{number}")
            parts.append(self._term(days))
        for one in (year, year + 1):
            parts += [rule(), *self._holidays(one)]
        parts += [rule(), *self._marks(year)]
        return parts

    def _term(self, days: TermDays) -> Any:
        name = "第一学期" if days.term.number == 1 else "第二学期"
        head: list[QWidget] = [label(name, "h2")]
        if days.provisional:
            head.append(Pill("还没有填，按平常的算", "none", "soon"))
        return vbox(
            hbox(*head, None, *self._act("修改", "term", days)),
            label(term_words(days), wrap=True),
            gap=2,
        )

    def _holidays(self, year: int) -> list[Any]:
        notice = self._calendar.notices.all().get(year)
        head: list[Any] = [label(f"{year}年放假", "h2")]
        if notice is None:
            head.append(Pill("待定", "none", "soon"))
        word = "修改" if notice else "录入通知"
        head += [None, *self._act(word, "notice", year)]
        if notice is not None and notice.uid:
            head += self._act("撤回", "take_back", year)
        source = "还没有放假通知，先按法定节假日列出，通知下来再录入。"
        if notice is not None:
            source = notice.number or "学校录入的放假通知"
        lines = [
            hbox(label(one.name), (label(holiday_words(one), "note", wrap=True), 1), gap=t.M)
            for one in self._calendar.notices.blank(year)
        ]
        return [hbox(*head), label(source, "note", wrap=True), *lines]

    def _marks(self, year: int) -> list[Any]:
        marks = self._calendar.marks(*span_of(year))
        parts: list[Any] = [hbox(label("学校记的日子", "h2"), None)]
        if not marks:
            words = "补课、考试、活动、农忙、学校自己放的假，都在左边选好日子再记。"
            parts.append(label(words, "note", wrap=True))
        return parts + [self._mark(mark) for mark in marks]

    def _mark(self, mark: Mark) -> Any:
        said = short_span(mark.first_on, mark.last_on)
        words = f"{said}　{mark.note}" if mark.note else said
        acts = [*self._act("修改", "mark", mark), *self._act("作废", "void_mark", mark)]
        return hbox(label(mark.kind), (label(words, "note", wrap=True), 1), *acts)

    def _themes(self, year: int) -> list[Any]:
        add = self._act("添加", "theme", None, kind="plain")
        parts: list[Any] = [hbox(label("每年都有的日子", "h2"), None, *add)]
        lines = {line.key: line for line in self._calendar.theme_book.lines()}
        first, last = span_of(year)
        found = [one for one in self._calendar.themes(first, last) if one.first_on >= first]
        for title, is_season in (("季节", True), ("主题日", False)):
            some = [one for one in found if one.is_season is is_season]
            parts += [label(title, "note"), *(self._theme(one, lines[one.key]) for one in some)]
        if off := [line for line in lines.values() if line.is_off]:
            parts += [rule(), label("停用的", "note"), *(self._off(line) for line in off)]
        return parts

    def _theme(self, one: Occasion, line: ThemeLine) -> Any:
        days = short_span(one.first_on, one.last_on)
        name = label(one.name, wrap=True)
        name.setToolTip(one.note)
        more = self._more(line)
        return hbox(label(days, "note"), (name, 1), *more, gap=t.M)

    def _more(self, line: ThemeLine) -> list[QWidget]:
        if "theme" not in self._acts:
            return []
        entries: list[Entry] = [
            ("修改…", partial(self._acts["theme"], line)),
            ("停用", partial(self._acts["switch"], line, is_off=True)),
        ]
        if line.is_own:
            word = "恢复原来的" if line.is_shipped else "作废"
            entries.append((word, partial(self._acts["restore"], line)))
        made = button("更多", "quiet", menu=entries)
        made.setAccessibleName(f"更多：{line.theme.name}")
        return [made]

    def _off(self, line: ThemeLine) -> Any:
        again = self._act("启用", "switch", line, is_off=False)
        return hbox(label(line.theme.days, "note"), (label(line.theme.name, wrap=True), 1), *again)

    def _hours(self, year: int) -> list[Any]:
        known = self._calendar.hours_book.all()
        add = self._act("添加", "hours", None, kind="plain")
        parts: list[Any] = [hbox(label("作息时间", "h2"), None, *add)]
        if not known:
            words = "还没有填。排演练时先按平常的时间算，填好以后就按学校的算。"
            parts.append(label(words, "note", wrap=True))
            known = self._calendar.hours_on(self._calendar.today())
        for hours in known:
            parts += [rule(), self._hour(hours)]
        return parts

    def _hour(self, hours: Hours) -> Any:
        who = "" if hours.who == EVERYBODY else f" · {hours.who}"
        acts: Sequence[QWidget] = ()
        if hours.uid:
            acts = [*self._act("修改", "hours", hours), *self._act("作废", "void_hours", hours)]
        times = f"{show(hours.arrives_at)} 到校，{show(hours.lessons_at)} 上课，"
        times += f"{show(hours.noon_at)} 中午放学，"
        if hours.back_at:
            times += f"{show(hours.back_at)} 下午上课，"
        times += f"{show(hours.leaves_at)} 放学"
        return vbox(
            hbox(label(f"{hours.name}{who}"), None, *acts),
            label(hours.days or "全年", "note"),
            label(times, wrap=True),
            gap=2,
        )

    def _act(
        self, word: str, name: str, about: object, *, kind: str = "link", **said: Any
    ) -> list[QWidget]:
        """Return the button of an act, none if the sitter may not."""
        if name not in self._acts:
            return []
        made = button(word, kind, press=partial(self._acts[name], about, **said))
        made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        return [made]
