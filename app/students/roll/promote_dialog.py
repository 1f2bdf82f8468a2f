"""一键升级 on the screen: three pages, and one change at the end."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QStackedWidget, QWidget

from app.core.calendar import year_name
from app.core.errors import UserError
from app.students.roll.apart_pane import ApartPane
from app.students.roll.classes_pane import ClassesPane
from app.students.roll.promoting import Choices, Draft, PromotionDesk
from app.students.roll.rules import Turn
from app.ui import theme as t
from app.ui.asking import tell
from app.ui.entry import Fault
from app.ui.flow import Flow
from app.ui.jobs import run_job
from app.ui.sheet import Sheet
from app.ui.widgets import button, clear, hbox, label, rule, scroll, vbox

_WIDTH_PX, _HEIGHT_PX = 960, 640
_GONE = (Turn.GRADUATED, Turn.MOVED_OUT)


class SumsPane(QWidget):
    """The third page: nobody is lost on the way, and how many sit in each class then."""

    title = "核对，然后升级"

    def __init__(self) -> None:
        super().__init__()
        self._body = vbox(gap=t.S)
        self.setLayout(vbox((scroll(self._body), 1)))

    def show_draft(self, draft: Draft) -> None:
        """Show what would be."""
        clear(self._body)
        gone = {turn: draft.counts.get(turn, 0) for turn in _GONE}
        after = draft.before - sum(gone.values())
        sums = "".join(f" ＋ {turn} {count} 人" for turn, count in gone.items())
        self._body.addWidget(
            label(f"现在在读 {draft.before} 人 ＝ 升级后在读 {after} 人{sums}", "h2")
        )
        others = [
            f"{turn} {count} 人"
            for turn, count in draft.counts.items()
            if turn not in (*_GONE, "跟班升级")
        ]
        if others:
            self._body.addWidget(label(f"其中不跟班走的：{'，'.join(others)}。", wrap=True))
        for words in draft.asks:
            self._body.addWidget(label(words, tone="late", wrap=True))
        for words in draft.warnings:
            self._body.addWidget(label(words, tone="soon", wrap=True))
        self._body.addWidget(rule())
        self._body.addWidget(label(f"{year_name(draft.year)}的班级", "note"))
        said = [f"{name}　{f'{count} 人' if count else '新开'}" for name, count in draft.after]
        rooms = QWidget()
        rooms.setLayout(Flow(*map(label, said), gap=t.L))
        self._body.addWidget(rooms)
        self._body.addStretch(1)

    def enter(self) -> None:
        """Leave the keys where they are: on the button."""


class PromoteDialog(Sheet):
    """Asks what must be asked and promotes the school; ``done`` hears the draft carried out."""

    def __init__(
        self,
        parent: QWidget,
        desk: PromotionDesk,
        on: date,
        draft: Draft,
        done: Callable[[Draft], object],
    ) -> None:
        self._desk, self._on, self._done = desk, on, done
        self._choices = Choices()
        self._draft = draft
        self._pages: list[ClassesPane | ApartPane | SumsPane] = [
            ClassesPane(self._choices, self._redraft),
            ApartPane(self._choices, self._redraft, draft),
            SumsPane(),
        ]
        self._stack = QStackedWidget()
        for page in self._pages:
            self._stack.addWidget(page)
        self._head = label("", "h2")
        years = f"{year_name(draft.year - 1)} → {year_name(draft.year)}"
        self._fault = Fault()
        self._next = button("下一步", "primary", press=self._go_on)
        self._back = button("上一步", press=lambda: self._turn(self._stack.currentIndex() - 1))
        note = label("按“升级”以前什么都不会写入。", "note")
        body = vbox(
            hbox(self._head, None, label(years, "note")), (self._stack, 1), self._fault, gap=t.S
        )
        foot = (note, None, self._next, self._back, button("取消", press=self.reject))
        super().__init__(parent, "一键升级", body, foot, width=_WIDTH_PX, height=_HEIGHT_PX)
        self._turn(0)

    def _turn(self, number: int) -> None:
        page = self._pages[number]
        self._stack.setCurrentIndex(number)
        page.show_draft(self._draft)
        self._head.setText(f"第{number + 1}步，共{len(self._pages)}步：{page.title}")
        self._back.setEnabled(number > 0)
        is_last = number + 1 == len(self._pages)
        self._next.setText("升级" if is_last else "下一步")
        self._fault.say("")
        page.enter()
        if is_last:
            self._next.setFocus()

    def _redraft(self) -> None:
        """Work out anew what would be, and show it where somebody looks."""
        try:
            self._draft = self._desk.draft(self._on, self._choices)
        except UserError as error:
            self._fault.say(error)
            return
        self._fault.say("")
        self._pages[self._stack.currentIndex()].show_draft(self._draft)

    def _go_on(self) -> None:
        number = self._stack.currentIndex()
        if number + 1 < len(self._pages):
            self._turn(number + 1)
            return

        def work(_: object) -> Draft | UserError:
            try:
                return self._desk.carry_out(self._on, self._choices)
            except UserError as error:
                return error

        run_job(self, "正在升级", work, self._end)

    def _end(self, result: Draft | UserError) -> None:
        if isinstance(result, UserError):
            self._fault.say(result)
            return
        self.accept()
        self._done(result)


def open_promote(
    parent: QWidget, desk: PromotionDesk, on: date, then: Callable[[], object] | None = None
) -> None:
    """Open 一键升级; ``then`` is called once the school has moved on.

    Raises:
        UserError: it was done for this year already, the role may not, or the clock is wrong.

    """

    def done(draft: Draft) -> None:
        gone = draft.counts.get(Turn.GRADUATED, 0)
        stay = f"毕业的{gone}人收在“离校”里，随时查得到，不再计入在读。\n" if gone else ""
        box = tell(
            parent,
            f"升级好了，现在是{year_name(draft.year)}。",
            detail=f"{stay}班主任如果换了班，请到“用户和身份”里改。\n"
            "升错了，按 Ctrl+Z 整个撤回，学年也一起回去。",
        )
        if then is not None:
            box.finished.connect(lambda _: then())

    PromoteDialog(parent, desk, on, desk.draft(on), done).open()
