"""打印一段日子: any span of a roster on one of its sheets, for all or for one person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.duties.papers.register import Span
from app.duties.spans import check_span
from app.ui import theme as t
from app.ui.combo_blanks import QuietCombo
from app.ui.entry import Asked, Fault
from app.ui.sheet import Sheet
from app.ui.text_blanks import DayBlank
from app.ui.widgets import button, hbox, vbox

EVERYBODY = "所有人"


class SpanDialog(Sheet):
    """Asks which days, which sheet and whose; ``show`` is called with them and may refuse."""

    def __init__(
        self,
        parent: QWidget,
        span: Span,
        papers: Sequence[tuple[str, str]],
        people: Sequence[str],
        *,
        today: Callable[[], date],
        show: Callable[[str, dict[str, str]], object],
        of_one: Sequence[str] = (),
    ) -> None:
        """Offer ``papers``, each with its id; those ``of_one`` can be printed for one person."""
        self._show, self._of_one = show, of_one
        self.first, self.last = DayBlank(today), DayBlank(today)
        for blank, day in ((self.first, span[0]), (self.last, span[1])):
            blank.put(day)
        self.paper, self.person = QuietCombo(), QuietCombo()
        for word, paper in papers:
            self.paper.addItem(word, paper)
        self.person.addItems([EVERYBODY, *people])
        self._fault = Fault()
        days = hbox(
            (Asked("从哪天", self.first), 1), (Asked("到哪天，连这一天", self.last), 1), gap=t.M
        )
        what = hbox((Asked("印哪张", self.paper), 1), (Asked("印谁的", self.person), 1), gap=t.M)
        foot = (
            None,
            button("预览", "primary", press=self._look),
            button("取消", press=lambda: self.reject()),
        )
        super().__init__(parent, "打印一段日子", vbox(days, what, self._fault, None), foot)
        self.paper.currentIndexChanged.connect(self._offer_people)
        self._offer_people()
        self.first.setFocus()
        self.first.selectAll()

    def _offer_people(self) -> None:
        may = self.paper.currentData() in self._of_one
        self.person.setEnabled(may)
        if not may:
            self.person.setCurrentIndex(0)

    def _look(self) -> None:
        first, last = self.first.value(), self.last.value()
        if not isinstance(first, date) or not isinstance(last, date):
            self._fault.say("日子没有写对。请写成 10-1 或 2026-10-1 这样。")
            return
        where = {"first": first.isoformat(), "last": last.isoformat()}
        if self.person.currentIndex() > 0:
            where["person"] = self.person.currentText()
        try:
            check_span(first, last)
            self._show(self.paper.currentData(), where)
        except UserError as error:
            self._fault.say(error)
