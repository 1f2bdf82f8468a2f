"""换班单: exchanges, stand-ins, absences, and the rest that is still owed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from app.core.listing import ListForm, SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.duties.acts_pane import PrintSlip
from app.duties.planning import Cell
from app.duties.records import DutySwap, SwapKind
from app.duties.register import DutyRegister
from app.duties.swap_dialog import open_given
from app.duties.words import VOID_REASONS, day_words
from app.ui.details import Details, facts
from app.ui.exporting import add_list
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, Pill, button, hbox, label, vbox

OWED = "owed"
LABELS = {"given_on": "从哪天休", "given_half": "从上午还是下午", "reason": "原因"}
_TAGS = {
    SwapKind.SWAP: "swap",
    SwapKind.STAND_IN: "stand_in",
    SwapKind.ABSENT: "absent",
    SwapKind.REST: "rest",
}


class SwapPage(LedgerPage):
    """Lists the slips, the newest first."""

    title = "换班单"
    topics = frozenset({"duty_swap", "staff", "duty_post"})
    hint = "搜索：编号、姓名、拼音首字母、原因"
    help_text = (
        "换班、替班、缺岗、补休都在这里，一张单子一个编号，打印出来双方签字。\n"
        "要写一张新的：在“值班表”里点那一格，按“换班单”。写的时候两边都核对，违反规则的会写在单子上。\n"
        "欠着的补休一直列在上面，给了补休就登记哪天休；休的那几天排班不会排他。\n"
        "刚写错的按 Ctrl+Z 连同值班表一起撤回；作废只作废单子，值班表不动。"
    )

    def __init__(
        self,
        duties: DutyRegister,
        *,
        prints_slip: PrintSlip | None = None,
        go: Callable[[Cell, str], object] = lambda _cell, _who: None,
        to_month: Callable[[], object] = lambda: None,
        papers: Papers | None = None,
        memory: Memory | None = None,
    ) -> None:
        """``go`` leads to the cell of the month, ``to_month`` to where a new slip is begun."""
        self._duties, self._prints_slip, self._go = duties, prints_slip, go
        self._slips: dict[str, DutySwap] = {}
        self._may = duties.store.sitter.may(Right.DUTIES)
        begins = ("到值班表上写", to_month) if self._may else ()
        super().__init__(
            columns=(
                Column("编号", 7, "note", spare=True),
                Column("类别", 3),
                Column("姓名", 4.5),
                Column("哪一班", 12),
                Column("换成", 13, spare=True),
                Column("原因", 0, "note"),
            ),
            chips=(
                Chip(OWED, "欠补休", "soon", "soon"),
                Chip("swap", "换班"),
                Chip("stand_in", "替班"),
                Chip("absent", "缺岗", "late", "late"),
            ),
            facets=(Facet("kind", "类别"), Facet("month", "月份")),
            empty=Empty("还没有换班单。在“值班表”里点一格，按“换班单”就能写。", *begins),
            memory=memory,
        )
        if self._may:
            self.add_action("到值班表上写", to_month, kind="primary", icon="plus")
        slip: list[Entry] = [("换班单（选中的）", self._print_chosen)] if prints_slip else []
        store = duties.store
        add_list(self, store, self._list(), lambda: self._slips.items(), papers=papers, more=slip)

    def read(self) -> Sequence[Row]:
        """Return a line a slip."""
        self._slips = {slip.uid: slip for slip in self._duties.swaps.all()}
        return [self._row(slip) for slip in self._slips.values()]

    def details(self, uid: str | None) -> QWidget:
        """Show one slip."""
        if uid is None:
            return label("点一行，这里显示整张单子。", "note", wrap=True)
        slip = self._slips[uid]
        name = self._name
        owed = f"{(slip.owed_halves or 0) / 2:g}天" if slip.owed_halves else ""
        known = facts(
            (
                ("姓名", name(slip.person_uid)),
                ("哪一班", self._where(slip.stood_on, slip.post_uid)),
                ("对方", name(slip.other_uid)),
                ("换到", self._where(slip.other_on, slip.other_post_uid)),
                ("欠补休", owed),
                ("已经补休", _given(slip)),
                ("原因", slip.reason),
                ("批准人", slip.agreed_by or ""),
                ("登记", f"{slip.entered_on.year}年{day_words(slip.entered_on)}"),
            )
        )
        warned = [label(words, "note", "late", wrap=True) for words in slip.warnings or ()]
        parts = [("单子", vbox(known, *warned))]
        history = HistoryPane(self._duties.store, uid, LABELS)
        head = [hbox((label(slip.number, "h2"), 1), Pill(slip.kind, "", _tone(slip)))]
        return Details(head, [*parts, ("改动历史", vbox(history))], self._foot(slip))

    def open(self, uid: str) -> None:
        """Go to the duty the slip is about."""
        slip = self._slips[uid]
        self._go(Cell(slip.stood_on, slip.post_uid), slip.other_uid or slip.person_uid)

    def _list(self) -> ListForm:
        return ListForm(
            "LB-05",
            "换班、替班、缺岗、补休登记表",
            (
                SheetColumn("编号", 16, "number"),
                SheetColumn("类别", 8, "kind"),
                SheetColumn("姓名", 10, lambda slip: self._name(slip.person_uid)),
                SheetColumn("哪一班", 28, lambda s: self._where(s.stood_on, s.post_uid)),
                SheetColumn("换成", 28, self._into),
                SheetColumn("原因", 20, "reason"),
                SheetColumn("批准人", 10, "agreed_by"),
                SheetColumn("登记日期", 12, "entered_on"),
            ),
            unit="张",
        )

    def _print_chosen(self) -> None:
        if self._prints_slip is not None and (uid := self.chosen_uid()):
            self._prints_slip(self, uid)

    def _foot(self, slip: DutySwap) -> list[QPushButton]:
        foot: list[QPushButton] = []
        if self._may and _is_owed(slip):
            foot.append(button("补休已休", "primary", press=partial(self._give, slip)))
        if self._prints_slip is not None:
            foot.append(button("打印", press=partial(self._prints_slip, self, slip.uid)))
        foot.append(button("看那一班", press=partial(self.open, slip.uid)))
        if self._may:
            foot.append(button("作废", press=partial(self._void, slip)))
        return foot

    def _give(self, slip: DutySwap) -> None:
        open_given(self, self._duties, slip, lambda: None)

    def _void(self, slip: DutySwap) -> None:
        void = partial(self._duties.swaps.void, slip.uid)
        ask_void(self, f"作废 {slip.number}", VOID_REASONS, void, stays="编号不再用，值班表不动。")

    def _row(self, slip: DutySwap) -> Row:
        name = self._name(slip.person_uid)
        other = self._name(slip.other_uid)
        return Row(
            slip.uid,
            (slip.number, slip.kind, name, self._where(slip.stood_on, slip.post_uid),
             self._into(slip), slip.reason),
            f"{search_text(name)} {search_text(other)}",
            frozenset({_TAGS[SwapKind(slip.kind)], *([OWED] if _is_owed(slip) else [])}),
            {"kind": slip.kind, "month": f"{slip.stood_on:%Y-%m}"},
        )  # fmt: skip

    def _into(self, slip: DutySwap) -> str:
        """Say who stands instead and when this one stands for it, or what rest came of it."""
        gives = self._where(slip.other_on, slip.other_post_uid)
        return " ".join(filter(None, (self._name(slip.other_uid), gives))) or _rest_words(slip)

    def _name(self, uid: str | None) -> str:
        known = self._duties.people().get(uid or "")
        return known.name if known else ""

    def _where(self, on: date | None, post_uid: str | None) -> str:
        if on is None or post_uid is None:
            return ""
        post = self._duties.post(Cell(on, post_uid))
        return f"{day_words(on)} {post.name if post else '（岗位已停用）'}"


def _is_owed(slip: DutySwap) -> bool:
    return slip.kind == SwapKind.REST and slip.given_on is None


def _tone(slip: DutySwap) -> str:
    if slip.kind == SwapKind.ABSENT:
        return "late"
    return "soon" if _is_owed(slip) else "done"


def _given(slip: DutySwap) -> str:
    return f"{day_words(slip.given_on)}{slip.given_half or ''}起" if slip.given_on else ""


def _rest_words(slip: DutySwap) -> str:
    if not slip.owed_halves:
        return ""
    given = f"，{day_words(slip.given_on)}已休" if slip.given_on else "，还欠着"
    return f"补休{slip.owed_halves / 2:g}天{given}"
