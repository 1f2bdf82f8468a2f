"""The page of hazardous chemicals: what stands in which cabinet, and how much of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from app.chemicals.count_dialog import open_comparison, open_count
from app.chemicals.counts import CountRegister
from app.chemicals.move_dialog import open_move
from app.chemicals.moves import MoveRegister
from app.chemicals.register import LABELS, ChemicalRegister, Stock, row_of
from app.chemicals.rules import CATEGORIES, GOODS, WASTE, Move
from app.chemicals.substance_dialog import open_correction, open_new
from app.chemicals.views import blank_count
from app.core.listing import SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.values import show
from app.ui.asking import tell
from app.ui.details import Details, facts
from app.ui.exporting import add_export
from app.ui.history import HistoryPane
from app.ui.pages import Chip, Column, Empty, Facet, LedgerPage, Memory, Row
from app.ui.papers import Papers
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button, flush, label, vbox

IN_STOCK, FILED, OUT = "in_stock", "filed", "out"
REASONS = ("重复登记", "登记错了")
_LATEST = 12


def _said(key: str, stock: Stock) -> Any:
    return row_of(stock)[key]


_IN_SHEET = tuple(
    SheetColumn(title, width, partial(_said, key))
    for key, title, width in (
        ("cabinet", "柜号", 14),
        ("name", "品名", 24),
        ("alias", "别名或CAS号", 20),
        ("categories", "类别", 18),
        ("purpose", "用途类别", 10),
        ("spec", "规格", 16),
        ("stock", "结存", 12),
        ("unit", "单位", 8),
        ("keeper_1", "保管人1", 12),
        ("keeper_2", "保管人2", 12),
        ("moved_at", "最近变动", 20),
        ("note", "说明", 30),
    )
)


_COLUMNS = (
    Column("柜号", 10),
    Column("品名", 0, "two"),
    Column("类别", 11, "note", spare=True),
    Column("结存", 6),
    Column("保管人", 7, "note", spare=True),
    Column("最近变动", 7, "note", spare=True),
)
_CHIPS = (
    Chip(IN_STOCK, "有结存"),
    Chip(FILED, "易制爆、剧毒", "late", "late"),
    Chip(OUT, "领用还没归还", "soon", "work"),
)
_FACETS = (
    Facet("cabinet", "柜号", is_sorted=True),
    Facet("category", "类别"),
    Facet("purpose", "用途"),
)
_EMPTY = "还没有登记危化品。先登记有哪些，再盘点一次，把现有的数登进来。"


class ChemicalPage(LedgerPage):
    """Lists the substances, cabinet by cabinet."""

    title = "危化品"
    topics = frozenset({"chem_substance", "chem_movement", "chem_count", "staff"})
    hint = "搜索：品名、拼音首字母、别名、柜号"
    help_text = (
        "一种东西在一个柜子里登记一次；结存从出入库数出来，不用自己改。开始用的时候先盘点一次，把现有的数登进来。\n"
        "选中一种，按“出入库”登记采购、领用、归还、消耗、回收、销毁；每一笔要两名经手人、两名保管人，都是本校教职工。\n"
        "领用的要归还或者登记消耗，余料半天内归还，没有归还的在“今日”提醒；时间可以在“规则”里改。\n"
        "任何时候账上的结存都不会小于零：补登以前的、作废一笔，也按每一天重新算过，不够就不让存。\n"
        "易制爆、剧毒采购以后5日内报公安机关备案，没有登记备案的在“今日”提醒（《危险化学品安全管理条例》第41条）。\n"
        "“盘点”照柜子填实盘，差异写明原因，自动调整；六个“双”做到的打钩。"
        "“核对第二本账”由另一名保管人填他那本的结存，两本不一样的当场列出来。\n"
        "废液、废弃物单独登记一种，勾上“是废液、废弃物”：回收是收进桶里，销毁是交出去。"
    )

    def __init__(
        self,
        register: ChemicalRegister,
        moves: MoveRegister,
        counts: CountRegister,
        *,
        papers: Papers,
        go: Callable[[str], object] | None = None,
        memory: Memory | None = None,
    ) -> None:
        """``go`` opens the page of the movements at one of them."""
        self._register, self._moves, self._counts = register, moves, counts
        self._papers, self._go = papers, go
        self._stocks: dict[str, Stock] = {}
        self._may = register.store.sitter.may(Right.LEDGERS)
        super().__init__(
            columns=_COLUMNS, chips=_CHIPS, facets=_FACETS, empty=self._empty(), memory=memory
        )
        if self._may:
            self.add_action("登记危化品", self.enter, kind="primary", icon="plus")
            self.add_action("出入库", menu=self._kinds)
            self.add_action("盘点", self.count)
            self.add_action("核对第二本账", self.compare)
        self.add_action("打印", menu=self._papers_to_print())
        add_export(self, register.store, _IN_SHEET, lambda: list(self._stocks.items()))

    def read(self) -> Sequence[Row]:
        """Return a line a substance."""
        self._stocks = {one.substance.uid: one for one in self._register.stocks()}
        out = {owed.line.substance.uid for owed in self._moves.open_takes()}
        return [_row(stock, out) for stock in self._stocks.values()]

    def details(self, uid: str | None) -> QWidget:
        """Show one substance: how much there is, what moved lately, what changed."""
        if uid is None:
            return label("点一种，这里显示结存和最近的出入库。", "note", wrap=True)
        stock = self._stocks[uid]
        one = stock.substance
        known = facts(
            (
                ("结存", f"{show(stock.amount)}{one.unit}"),
                ("类别", "、".join(one.categories)),
                ("用途", one.purpose),
                ("别名或CAS号", one.alias or ""),
                ("规格", one.spec or ""),
                ("存放位置", one.cabinet),
                ("保管人", f"{one.keeper_1}、{one.keeper_2}"),
                ("废弃物", "是废液、废弃物" if one.is_waste else ""),
                ("说明", one.note or ""),
            )
        )
        return Details(
            [label(one.called, "h2", wrap=True), label(one.cabinet, "note")],
            [
                ("情况", known),
                ("出入库", self._latest(uid)),
                ("历史", HistoryPane(self._register.store, uid, LABELS)),
            ],
            self._foot(uid) if self._may else (),
        )

    def open(self, uid: str) -> None:
        """Put right what was written of a substance."""
        if self._may:
            open_correction(self, self._register, self._register.get(uid))

    def enter(self) -> None:
        """Enter a substance."""
        open_new(self, self._register, self.choose)

    def enter_move(self, kind: Move) -> None:
        """Enter a movement of the chosen substance."""
        if not (uid := self.chosen_uid()):
            tell(self, "请先在列表里选一种，再登记出入库。")
            return
        open_move(self, self._moves, self._register.get(uid), kind, lambda _: self.choose(uid))

    def count(self) -> None:
        """Count the cabinets."""
        open_count(self, self._counts, lambda _: None)

    def compare(self) -> None:
        """Compare the second book with the first."""
        open_comparison(self, self._counts, lambda _: None)

    def print_stock(self) -> None:
        """Print the list as it is filtered."""
        rows = [row_of(self._stocks[uid]) for uid in self.shown_uids()]
        self._preview("chem_stock", rows, self.filter_text())

    def print_blank(self) -> None:
        """Print a sheet to count by."""
        self._preview("chem_count", [blank_count(self._counts)])

    def print_blank_take(self) -> None:
        """Print slips for taking, to be filled in with the pen."""
        self._preview("chem_take", [])

    def _empty(self) -> Empty:
        if self._may:
            return Empty(_EMPTY, "登记危化品", self.enter)
        return Empty("还没有登记危化品。")

    def _papers_to_print(self) -> list[Entry]:
        return [
            ("双人出入库台账", partial(self._print_view, "chem_ledger")),
            ("第二本账（一种一页）", partial(self._print_view, "chem_book")),
            ("库存清单（当前列表）", self.print_stock),
            ("盘点表（空表，照着称）", self.print_blank),
            ("空白领用单", self.print_blank_take),
        ]

    def _print_view(self, paper: str) -> None:
        view = self._papers.forms[paper].source.partition(".")[2]
        self._preview(paper, self._moves.views[view]({}))

    def _preview(self, paper: str, rows: Sequence[Mapping[str, object]], words: str = "") -> None:
        title, store = self._papers.forms[paper].title, self._register.store
        self._papers.preview(
            self, paper, rows, words=words, done=lambda how: store.note(f"{how}：{title}")
        )

    def _kinds(self) -> list[Entry]:
        uid = self.chosen_uid()
        is_waste = bool(uid) and self._register.get(uid or "").is_waste
        return [
            (str(kind), partial(self.enter_move, kind)) for kind in (WASTE if is_waste else GOODS)
        ]

    def _latest(self, uid: str) -> QWidget:
        lines = self._moves.lines(uid)
        made: list[QWidget] = []
        for line in reversed(lines[-_LATEST:]):
            words = (
                f"{show(line.movement.moved_at)}　{line.movement.kind}"
                f"{show(line.amount)}{line.substance.unit}，结存{line.left / 1000:g}"
            )
            go = self._go
            if go is None:
                made.append(label(words, wrap=True))
            else:
                made.append(flush(button(words, "link", press=partial(go, line.movement.uid))))
        if not made:
            made.append(label("还没有出入库。", "note"))
        inside = QWidget()
        inside.setLayout(vbox(*made, None))
        return inside

    def _foot(self, uid: str) -> list[QPushButton]:
        is_waste = self._stocks[uid].substance.is_waste
        kind = Move.RECOVER if is_waste else Move.TAKE
        void = partial(self._register.void, uid)
        return [
            button(f"登记{kind}", "primary", press=partial(self.enter_move, kind)),
            button("更正", press=partial(self.open, uid)),
            button("作废", press=lambda: ask_void(self, "作废 危化品", REASONS, void)),
        ]


def _row(stock: Stock, out: set[str]) -> Row:
    one = stock.substance
    tags = {IN_STOCK: stock.milli > 0, FILED: stock.is_filed, OUT: one.uid in out}
    more = "，".join(part for part in (one.spec, one.alias) if part)
    first = next((word for word in CATEGORIES if word in one.categories), "")
    return Row(
        one.uid,
        (
            one.cabinet,
            (one.name, more),
            "、".join(one.categories),
            f"{show(stock.amount)}{one.unit}",
            f"{one.keeper_1}、{one.keeper_2}",
            f"{stock.moved_at:%Y-%m-%d}" if stock.moved_at else "",
        ),
        f"{search_text(one.name)} {one.alias or ''} {one.cabinet} {one.spec or ''}",
        frozenset(tag for tag, is_so in tags.items() if is_so),
        {"cabinet": one.cabinet, "category": first, "purpose": one.purpose},
    )
