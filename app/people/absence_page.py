"""The page of 请假外出: who is away today, this week and later."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.forms import Form
from app.core.listing import ListForm, SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.people.absence_dialog import REASONS, Clashes, open_correction, open_new
from app.people.absences import LABELS, AbsenceLine, AbsenceRegister
from app.ui.details import Details, facts
from app.ui.exporting import add_list
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import button, label

TODAY, WEEK, LATER = "today", "week", "later"
_YEARS_BACK = 6
_LIST = ListForm(
    "LB-04",
    "教职工请假外出登记表",
    (
        SheetColumn("姓名", 12, "name"),
        SheetColumn("职务", 14, "post"),
        SheetColumn("请什么假", 10, "kind"),
        SheetColumn("哪几天", 26, lambda line: _when(line)),
        SheetColumn("天数", 6, lambda line: line.spell.days),
        SheetColumn("说明", 20, "note"),
    ),
)


class AbsencePage(LedgerPage):
    """Lists the absences, the latest first."""

    title = "请假外出"
    topics = frozenset({"staff_absence", "staff"})
    hint = "搜索：姓名、拼音首字母、说明"
    help_text = (
        "谁哪几天不在学校，登记在这里，半天也算；排班时这几天就不排他。\n"
        "几位一起去培训，一次选几位就行；同一位同一段日子不能登记两次，会告诉您和哪一次重叠。\n"
        "登记的日子里如果已经公布了值班，马上会列出是哪几班，好去换人。\n"
        "为什么请假只有排班的人和校长看得到，别人只看到“请假外出”。"
    )

    def __init__(
        self,
        register: AbsenceRegister,
        form: Form,
        *,
        today: Callable[[], date],
        clashes: Clashes = lambda *_: (),
        papers: Papers | None = None,
        memory: Memory | None = None,
    ) -> None:
        """``clashes`` says what turns of an announced roster fall on the days of an absence."""
        self._register, self._form, self._today = register, form, today
        self._clashes = clashes
        self._lines: dict[str, AbsenceLine] = {}
        self._may = register.store.sitter.may(Right.DUTIES)
        super().__init__(
            columns=(
                Column("姓名", 4.5),
                Column("请什么假", 4),
                Column("哪几天", 12),
                Column("天数", 2, "note"),
                Column("职务", 7, "note", spare=True),
                Column("说明", 0, "note"),
            ),
            chips=(
                Chip(TODAY, "今天不在", "soon"),
                Chip(WEEK, "本周"),
                Chip(LATER, "今天和以后"),
            ),
            facets=(Facet("kind", "请什么假"), Facet("name", "姓名", is_sorted=True)),
            empty=Empty("没有登记过请假外出。", "登记请假外出", self.enter)
            if self._may
            else Empty("没有登记过请假外出。"),
            memory=memory,
        )
        if self._may:
            self.add_action("登记请假外出", self.enter, kind="primary", icon="plus")
        add_list(self, register.store, _LIST, lambda: self._lines.items(), papers=papers)

    def read(self) -> Sequence[Row]:
        """Return a line an absence."""
        today = self._today()
        first = date(today.year - _YEARS_BACK, 1, 1)
        lines = self._register.lines(first, date.max)
        self._lines = {line.uid: line for line in reversed(lines)}
        return [_row(line, today) for line in self._lines.values()]

    def details(self, uid: str | None) -> QWidget:
        """Show one absence with what changed about it."""
        if uid is None:
            return label("点一行，这里显示详细情况。", "note", wrap=True)
        line = self._lines[uid]
        known = facts(
            (
                ("请什么假", line.kind),
                ("哪几天", f"{line.spell.words}，{line.spell.days:g}天"),
                ("说明", line.note),
            )
        )
        parts: list[tuple[str, QWidget]] = []
        if self._may:
            parts.append(("历史", HistoryPane(self._register.store, uid, LABELS)))
        foot = [
            button("改正", "primary", press=partial(self.open, uid)),
            button("作废", press=partial(self._void, uid)),
        ]
        head = [label(line.name, "h2", wrap=True), label(line.post or "没有登记职务", "note")]
        return Details(head, (("情况", known), *parts), foot if self._may else ())

    def open(self, uid: str) -> None:
        """Put one absence right."""
        if self._may:
            one = self._register.get(uid)
            open_correction(self, self._register, self._form, self._today, self._clashes, one)

    def enter(self, whom: str = "") -> None:
        """Enter when somebody is away."""
        open_new(self, self._register, self._form, self._today, self._clashes, whom=whom)

    def _void(self, uid: str) -> None:
        void = partial(self._register.void, uid)
        ask_void(self, "作废 请假外出", REASONS, void, whom=self._lines[uid].name)


def _when(line: AbsenceLine) -> str:
    return f"{line.spell.first_on.year}年{line.spell.words}"


def _row(line: AbsenceLine, today: date) -> Row:
    first, last = line.spell.first_on, line.spell.last_on
    monday = today - timedelta(days=today.weekday())
    tags = {
        TODAY: first <= today <= last,
        WEEK: first <= monday + timedelta(days=6) and last >= monday,
        LATER: last >= today,
    }
    when = line.spell.words if first.year == today.year else f"{first.year}年{line.spell.words}"
    return Row(
        line.uid,
        (line.name, line.kind, when, f"{line.spell.days:g}", line.post, line.note),
        search_text(line.name),
        frozenset(tag for tag, is_so in tags.items() if is_so),
        {"kind": line.kind, "name": line.name},
    )
