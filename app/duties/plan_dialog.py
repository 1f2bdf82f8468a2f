"""排班 on the screen: a span planned, looked at with its gaps and changes, then written."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.duties.planning import POINTS, Burden, Rule
from app.duties.proposing import Proposal
from app.duties.register import DutyRegister
from app.duties.words import change_words, dates_words, day_words
from app.ui import theme as t
from app.ui.entry import Asked, Fault
from app.ui.jobs import run_job
from app.ui.sheet import Sheet
from app.ui.text_blanks import DayBlank
from app.ui.widgets import Shape, button, clear, hbox, label, scroll, vbox

_WIDTH_PX, _HEIGHT_PX = 820, 600
_MOST = 150  # lines anybody reads; how many more there are is said


class PlanDialog(Sheet):
    """Shows what would be planned; ``done`` hears the first day once it is written."""

    def __init__(
        self,
        parent: QWidget,
        duties: DutyRegister,
        span: tuple[date, date],
        done: Callable[[date], object],
        to_staff: Callable[[], object] | None = None,
    ) -> None:
        self._duties, self._done, self._to_staff = duties, done, to_staff
        self._proposal: Proposal | None = None
        self._count = 0
        self.first, self.last = DayBlank(duties.today), DayBlank(duties.today)
        for blank, day in ((self.first, span[0]), (self.last, span[1])):
            blank.put(day)
        self._again = button("看预览", press=self.draw_up)
        self._other = button("换一种排法", press=self._draw_other)
        self._sum = label("", "h2", wrap=True)
        self._lines = vbox(gap=t.XS)
        self._fault = Fault()
        self._go = button("写入值班表", "primary", press=self._write)
        asked = hbox(
            (Asked("从哪天", self.first), 1), (Asked("到哪天，连这一天", self.last), 1), gap=t.M
        )
        turns = hbox(self._sum, None, self._other, self._again)
        body = vbox(asked, turns, self._fault, (scroll(self._lines), 1), gap=t.S)
        words = "按“写入值班表”以前什么都不会写入；写入以后按 Ctrl+Z 整个撤回。"
        foot = ((label(words, "note", wrap=True), 1), self._go,
                button("取消", press=lambda: self.reject()))  # fmt: skip
        super().__init__(parent, "排班", body, foot, width=_WIDTH_PX, height=_HEIGHT_PX)
        for blank in (self.first, self.last):
            blank.edited.connect(self._stale)
            blank.returnPressed.connect(self.draw_up)
        self.draw_up()

    def draw_up(self) -> None:
        """Plan the span anew and show it."""
        self._stale()
        first, last = self.first.value(), self.last.value()
        if not isinstance(first, date) or not isinstance(last, date):
            self._fault.say("日子没有写对。请写成 10-1 或 2026-10-1 这样。")
            return
        try:
            work = self._duties.planner(first, last, seed=self._count)
        except UserError as error:
            self._fault.say(error)
            return
        run_job(self, "正在排班", lambda _job: work(), self._show)

    def _draw_other(self) -> None:
        """Plan again with another throw of the dice."""
        self._count += 1
        self.draw_up()

    def _stale(self) -> None:
        self._proposal = None
        self._go.setEnabled(False)
        self._fault.say("")
        self._sum.setText("")
        clear(self._lines)

    def _show(self, proposal: Proposal) -> None:
        self._stale()
        self._proposal = proposal
        seats, gaps = len(proposal.roster.seats), sum(gap.missing for gap in proposal.gaps)
        short = f"，缺 {gaps} 人次" if gaps else "，没有缺人"
        self._sum.setText(f"排了 {seats} 人次{short}")
        for words in proposal.remarks:
            self._lines.addWidget(label(words, "note", "soon", wrap=True))
        self._say_gaps(proposal)
        self._say_changes(proposal)
        if seats:
            self._lines.addWidget(label("公平", "h2"))
        for words in _fair_words(proposal):
            self._lines.addWidget(label(words, wrap=True))
        self._lines.addStretch(1)
        self._go.setEnabled(bool(proposal.changes))
        self._go.setFocus()

    def _say_gaps(self, proposal: Proposal) -> None:
        posts = {post.uid: post.name for post in proposal.roster.frame.posts}
        if not proposal.gaps:
            return
        self._lead_to_staff(proposal)
        self._lines.addWidget(label("缺人的地方，和为什么", "h2"))
        said: dict[tuple[str, str], list[date]] = {}
        for gap in proposal.gaps:
            said.setdefault((posts[gap.cell.post_uid], gap.why), []).append(gap.cell.on)
        for (post, why), days in list(said.items())[:_MOST]:
            many = f"，一共{len(days)}天" if len(days) > 1 else ""
            when = day_words(days[0]) if len(days) == 1 else dates_words(days)
            line = QWidget()
            words = f"{post}（{when}{many}）：{why}"
            line.setLayout(hbox(Shape("none", "late"), (label(words, wrap=True), 1)))
            self._lines.addWidget(line)
        self._more(len(said))

    def _lead_to_staff(self, proposal: Proposal) -> None:
        """Say where it is put right that nobody may stand a post."""
        nobody = any(gap.rule is Rule.QUALIFIED for gap in proposal.gaps)
        if not (proposal.blank or nobody):
            return
        words = "有的岗没有人能站：请到“教职工”里填好谁是带班领导、谁能做什么，再排。"
        if proposal.blank:
            words = f"名单上有{proposal.blank}人还没有填“能做什么”，排班时排不到他们。"
        line = QWidget()
        told = label(words, tone="soon", wrap=True)
        row = hbox((told, 1))
        if self._to_staff is not None:
            row.addWidget(button("去填“能做什么”", press=self._leave))
        line.setLayout(row)
        self._lines.addWidget(line)

    def _leave(self) -> None:
        self.reject()
        assert self._to_staff is not None
        self._to_staff()

    def _say_changes(self, proposal: Proposal) -> None:
        if not proposal.before:
            return
        if not proposal.changes:
            self._lines.addWidget(label("和现在的值班表一样，没有要改的。", "h2"))
            return
        kept = "公布过的尽量没有动，" if proposal.was_announced else ""
        words = f"{kept}和现在的值班表比，动 {len(proposal.changes)} 处"
        self._lines.addWidget(label(words, "h2"))
        posts = {post.uid: post for post in proposal.roster.frame.posts}
        said = change_words(proposal.changes[:_MOST], self._duties.people(), posts)
        for words in said:
            self._lines.addWidget(label(words, wrap=True))
        self._more(len(proposal.changes))

    def _more(self, many: int) -> None:
        if many > _MOST:
            self._lines.addWidget(label(f"还有 {many - _MOST} 处，写入以后在表上看。", "note"))

    def _write(self) -> None:
        if self._proposal is None:
            return
        try:
            self._duties.take(self._proposal)
        except UserError as error:
            self._fault.say(error)
            return
        first = self._proposal.first
        self.accept()
        self._done(first)


def _fair_words(proposal: Proposal) -> list[str]:
    """Say of every pool how much each of its people does: 带班领导（4人）：每人7到8次."""
    said = []
    for pool in proposal.pools():
        many = [int(sum(line.done[burden] for burden in Burden)) for line in pool.lines]
        low, high = min(many), max(many)
        times = f"每人{high}次" if low == high else f"每人{low}到{high}次"
        spread = f"{pool.spread[POINTS]:.1f}".removesuffix(".0")
        said.append(
            f"{pool.name}（{len(pool.lines)}人能站）：{times}，"
            f"连同以前多值少值的，最多和最少差{spread}分。"
        )
    return said


def open_plan(
    parent: QWidget,
    duties: DutyRegister,
    span: tuple[date, date],
    done: Callable[[date], object],
    to_staff: Callable[[], object] | None = None,
) -> PlanDialog:
    """Show the plan of a span before anything is written."""
    made = PlanDialog(parent, duties, span, done, to_staff)
    made.open()
    return made
