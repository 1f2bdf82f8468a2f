"""The 全年 page: every rule that concerns the school as a line of boxes, a month a twelfth."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.agenda.arrears import arrears
from app.agenda.boxes_pane import BoxRow, MonthHead
from app.agenda.dues import Dues, Turn
from app.agenda.rulebook import Line
from app.agenda.rules import State
from app.agenda.turn_dialog import open_turn
from app.agenda.wording import box_of, often, tally, tally_short
from app.core.values import show
from app.core.views import Row
from app.ledgers import PREFIX, topic_of
from app.ui import theme as t
from app.ui.page import Page
from app.ui.papers import Papers, save_xlsx
from app.ui.widgets import Pill, button, card, clear, hbox, label, page, rule, scroll, vbox

PAPER = "arrears"
EVERY = "全部类别"
_TITLE_EM = 15
_COLUMNS = (
    *(("类别", 12), ("事项", 28), ("哪一期", 22), ("最迟", 16), ("情况", 10)),
    *(("说明", 40), ("依据", 50)),
)
_KEYS = ("field", "title", "period", "due", "state", "words", "basis")


class YearPage(Page):
    """A line a rule; a box that is pressed says what was done and what is owed."""

    title = "全年"
    topics = frozenset(
        {
            *("rule_change", "rule_waiver", "rule_act", "setting", "drill", "meeting"),
            *("school_report", "report_sending"),
            *("education", "hazard_check", "letter_batch", "travel_statement", "privacy_check"),
            *("school_term", "day_mark", "holiday_notice", "theme_day"),
        }
    )
    help_text = (
        "一行是一条规则，一格是它的一期：打钩的做了，红三角是欠的，钟是快到期或者已经排好的，灰的不要求。\n"
        "按一格，看那一期做了什么、最迟到哪天、依据是什么，也从那里登记或者免做。\n"
        "有斜线的格子，校历还没有定，日子可能变。\n"
        "欠账清单列出到期没有做的，可以按月打印，也可以导出。\n"
        "键盘：按 Tab 到一行，方向键换一格，回车打开。"
    )

    def __init__(self, dues: Dues, *, papers: Papers, go: Callable[[str, str], object]) -> None:
        super().__init__()
        ledgers = (name for name in dues.kept if name.startswith(PREFIX))
        self.topics = type(self).topics | {topic_of(name.removeprefix(PREFIX)) for name in ledgers}
        self._dues, self._papers, self._go = dues, papers, go
        self._year = dues.now().year
        self._field = EVERY
        self._rows: dict[str, BoxRow] = {}
        self._layout = vbox()
        self.setLayout(self._layout)
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(
            lambda: self.print_arrears(self._month())
        )
        t.look.changed.connect(self.go_stale)

    def refresh(self) -> None:
        """Count the year anew."""
        super().refresh()
        lines = self._dues.book.counting()
        fields = list(dict.fromkeys(line.rule.field for line in lines))
        if self._field not in fields:
            self._field = EVERY
        shown = [line for line in lines if self._field in (EVERY, line.rule.field)]
        first, last = date(self._year, 1, 1), date(self._year, 12, 31)
        turns = self._dues.turns(first, last, shown)
        self._rows = {}
        clear(self._layout)
        body = scroll(vbox(*self._lines(shown, turns), None, gap=0))
        sheet = card(self._months(), rule(), (body, 1), gap=0, edge=(0, t.XS, 0, 0))
        self._layout.addWidget(page(self._head(fields, turns), self._legend(), (sheet, 1), gap=t.S))

    def choose(self, rule_id: str) -> None:
        """Let the line of a rule take the keys."""
        if self._is_stale:
            self.refresh()
        if rule_id in self._rows:
            self._rows[rule_id].setFocus()

    def show_year(self, year: int) -> None:
        """Show another year."""
        self._year = year
        self.refresh()

    def show_field(self, field: str) -> None:
        """Show the rules of one field, or of all."""
        self._field = field
        self.refresh()

    def print_arrears(self, month: date) -> None:
        """Print what was owed at the end of this month."""
        rows = self._of_month(month)
        note = self._dues.book.store.note
        title = self._papers.forms[PAPER].title
        words = f"{month.year}年{month.month}月"
        self._papers.preview(
            self, PAPER, rows, words=words, done=lambda how: note(f"{how}：{title}")
        )

    def save_arrears(self) -> None:
        """Write the arrears of the year into a spreadsheet."""
        last = min(date(self._year, 12, 31), self._dues.now().date())
        found = arrears(self._dues, date(self._year, 1, 1), last)
        rows = [[row[key] for key in _KEYS] for row in found]
        title = f"{self._year}年欠账清单"
        save_xlsx(self, title, _COLUMNS, rows, ask="导出欠账清单", name=title)
        self._dues.book.store.note(f"导出：{title}")

    def _of_month(self, month: date) -> list[Row]:
        last = (month.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        return arrears(self._dues, month.replace(day=1), last)

    def _month(self) -> date:
        today = self._dues.now().date()
        return today if self._year == today.year else date(self._year, 12, 1)

    def _head(self, fields: Sequence[str], turns: dict[str, list[Turn]]) -> QHBoxLayout:
        every = [turn for found in turns.values() for turn in found]
        owed = sum(turn.standing.state is State.OWED for turn in every)
        said = label(tally(every), "body", "late" if owed else "done")
        picks = [(word, partial(self.show_field, word)) for word in (EVERY, *fields)]
        months = [
            (f"{self._year}年{month}月", partial(self.print_arrears, date(self._year, month, 1)))
            for month in range(self._month().month, 0, -1)
        ]
        before, after = button("上一年", "quiet", "left"), button("下一年", "quiet", "right")
        before.clicked.connect(lambda: self.show_year(self._year - 1))
        after.clicked.connect(lambda: self.show_year(self._year + 1))
        return hbox(
            before,
            label(f"{self._year}年", "h1"),
            after,
            said,
            None,
            button(self._field, menu=picks),
            button("打印欠账清单", menu=months),
            button("导出", "plain", "export", press=self.save_arrears),
        )

    def _legend(self) -> QHBoxLayout:
        began = show(self._dues.book.began_on())
        marks = (
            ("已完成", "done", "done"),
            ("欠", "late", "late"),
            ("临近、已安排", "soon", "soon"),
            ("不要求", "", "plain"),
        )
        pills = [Pill(word, shape, tone) for word, shape, tone in marks]
        note = label(f"从{began}开始算；斜线格的校历待定", "note")
        return hbox(*pills, note, None, gap=t.S)

    def _months(self) -> QWidget:
        made = QWidget()
        side = label("规则", "note")
        side.setFixedWidth(_TITLE_EM * t.em())
        made.setLayout(hbox(side, (MonthHead(), 1), gap=t.S, edge=(t.M, 2, t.L, 2)))
        return made

    def _lines(self, lines: Sequence[Line], turns: dict[str, list[Turn]]) -> list[QWidget]:
        made: list[QWidget] = []
        field = ""
        for line in lines:
            if line.rule.field != field:
                field = line.rule.field
                made.append(_heading(field))
            made += [self._line(line, turns[line.rule.id]), rule()]
        return made or [_nothing()]

    def _line(self, line: Line, turns: Sequence[Turn]) -> QFrame:
        today = self._dues.now().date()
        boxes = [box_of(turn, self._year, today) for turn in turns]
        row = self._rows[line.rule.id] = BoxRow(boxes, line.rule.title)
        row.pressed.connect(lambda n: open_turn(self, self._dues, turns[n], self._go))
        words = vbox(
            label(line.rule.title, wrap=True),
            label(f"{often(line.rule)} · {tally_short(turns)}", "note", wrap=True),
            gap=0,
        )
        side = QWidget()
        side.setFixedWidth(_TITLE_EM * t.em())
        side.setLayout(words)
        made = QFrame()
        made.setLayout(hbox(side, (row, 1), gap=t.S, edge=(t.M, 3, t.L, 3)))
        made.setToolTip(f"依据：{line.rule.basis}")
        return made


def _heading(field: str) -> QWidget:
    made = QWidget()
    made.setLayout(hbox(label(field, "h2"), None, edge=(t.M, t.S, t.M, t.XS)))
    return made


def _nothing() -> QWidget:
    made = QWidget()
    said = label("没有在用的规则。请到“规则”里打开要做的。", "note", wrap=True)
    made.setLayout(hbox(said, None, edge=t.M))
    return made
