"""The page of what was moved, counted and compared: the newest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from PySide6.QtWidgets import QPushButton, QWidget

from app.chemicals.counts import COUNTED, CountRegister
from app.chemicals.move_dialog import open_filing
from app.chemicals.moves import LABELS, Line, MoveRegister
from app.chemicals.records import ChemCount
from app.chemicals.rules import Move, amount_of
from app.chemicals.views import count_row, move_row
from app.core.listing import SheetColumn
from app.core.pinyin import search_text
from app.core.roles import Right
from app.core.store import Blobs
from app.core.values import show
from app.ui.asking import tell
from app.ui.details import Details, Part, facts
from app.ui.exporting import add_export
from app.ui.history import HistoryPane
from app.ui.keeping import tiles
from app.ui.pages import Chip, Column, Facet, LedgerPage, Memory, Row, leading
from app.ui.papers import Papers
from app.ui.photo_tile import Thumbs
from app.ui.void_dialog import ask_void
from app.ui.widgets import Entry, button, label, vbox

UNFILED, OUT, DIFFERING = "unfiled", "out", "differing"
REASONS = ("登记错了", "重复登记", "没有发生")


def _said(key: str, line: Line | ChemCount) -> Any:
    return (_told(line) if isinstance(line, ChemCount) else move_row(line)).get(key)


def _told(one: ChemCount) -> dict[str, Any]:
    """Return what a count says in the columns of the movements."""
    row = count_row(one)
    amiss = row["differences"]
    return {
        "number": one.number,
        "moved_at": one.done_at,
        "name": f"{len(one.lines)}种",
        "kind": one.kind,
        "hands": row["hands"],
        "words": "没有差异" if amiss == "没有" else f"有差异：{amiss}",
    }


_IN_SHEET = tuple(
    SheetColumn(title, width, partial(_said, key))
    for key, title, width in (
        ("number", "编号", 16),
        ("moved_at", "时间", 20),
        ("name", "品名", 24),
        ("cabinet", "柜号", 12),
        ("kind", "类型", 8),
        ("amount", "数量", 10),
        ("unit", "单位", 8),
        ("left", "结存", 10),
        ("use", "用途", 24),
        ("party", "供货或接收单位", 24),
        ("carriers", "运输的两个人", 16),
        ("hands", "经手人", 18),
        ("keepers", "保管人", 18),
        ("approved_by", "审批人", 12),
        ("filed_on", "备案日期", 14),
        ("words", "说明", 30),
    )
)


class MovesPage(LedgerPage):
    """Lists the movements, the counts and the comparisons of books."""

    title = "危化品出入库"
    topics = frozenset({"chem_substance", "chem_movement", "chem_count"})
    hint = "搜索：品名、拼音首字母、编号、经手人"
    help_text = (
        "每一笔出入库、每一次盘点和对账都在这里，新的在上面；登记在“危化品”那一页。\n"
        "登记错了的按“作废”，写明原因，再重新登记；作废以后有一天结存会小于零的，不让作废。\n"
        "领用的可以打印领用单，两名领用人、两名保管人签字。\n"
        "易制爆、剧毒的采购报了公安机关以后，按“登记备案”写上日期和回执编号。\n"
        "盘点和对账选中以后，可以打印盘点表、核对单。"
    )

    def __init__(
        self,
        moves: MoveRegister,
        counts: CountRegister,
        *,
        papers: Papers,
        to_chemicals: Callable[[], object] | None = None,
        memory: Memory | None = None,
    ) -> None:
        """``to_chemicals`` leads to the page where a movement is entered."""
        self._moves, self._counts, self._papers = moves, counts, papers
        self._thumbs = Thumbs(Blobs(moves.store).get)
        self._lines: dict[str, Line] = {}
        self._made: dict[str, ChemCount] = {}
        self._out: dict[str, int] = {}
        self._may = moves.store.sitter.may(Right.LEDGERS)
        super().__init__(
            columns=(
                Column("时间", 9),
                Column("类型", 4),
                Column("品名", 0, "two"),
                Column("数量", 6),
                Column("结存", 6),
                Column("经手人", 8, "note", spare=True),
                Column("编号", 8, "note", spare=True),
            ),
            chips=(
                Chip(UNFILED, "还没有备案", "late", "late"),
                Chip(OUT, "领用还没归还", "soon", "work"),
                Chip(DIFFERING, "盘点对账有差异", "soon", "hold"),
            ),
            facets=(
                Facet("kind", "类型"),
                Facet("cabinet", "柜号", is_sorted=True),
                Facet("year", "年度"),
            ),
            empty=leading(
                "还没有出入库。请到“危化品”那一页，选一种登记。", "到危化品", to_chemicals
            ),
            memory=memory,
        )
        self._add_actions()

    def _add_actions(self) -> None:
        menu: list[Entry] = [
            ("领用单、盘点表、核对单（选中的）", self.print_chosen),
            ("双人出入库台账（当前列表）", partial(self.print_listed, "chem_ledger")),
            ("第二本账（当前列表，一种一页）", partial(self.print_listed, "chem_book")),
        ]
        self.add_action("打印", menu=menu)
        add_export(
            self,
            self._moves.store,
            _IN_SHEET,
            lambda: [*self._lines.items(), *self._made.items()],
        )

    def read(self) -> Sequence[Row]:
        """Return a line a movement, a count or a comparison."""
        self._lines = {line.movement.uid: line for line in self._moves.lines()}
        self._made = {one.uid: one for one in self._counts.all()}
        self._out = {owed.line.movement.uid: owed.milli for owed in self._moves.open_takes()}
        unfiled = {owed.line.movement.uid for owed in self._moves.unfiled()}
        rows = [
            (line.movement.moved_at, line.movement.id, _row(line, uid in unfiled, uid in self._out))
            for uid, line in self._lines.items()
        ]
        rows += [(one.done_at, 0, _count_row(one)) for one in self._made.values()]
        return [row for _, _, row in sorted(rows, key=lambda x: x[:2], reverse=True)]

    def details(self, uid: str | None) -> QWidget:
        """Show one movement or one count."""
        if uid is None:
            return label("点一笔，这里显示谁经手、谁保管、凭证和历史。", "note", wrap=True)
        if uid in self._made:
            return self._count_details(self._made[uid])
        line = self._lines[uid]
        one, unit = line.movement, line.substance.unit
        rest = self._out.get(uid)
        filing = show(one.filed_on) if one.filed_on else "还没有报公安机关"
        known = facts(
            (
                ("时间", show(one.moved_at)),
                ("数量", f"{show(line.amount)}{unit}，之后结存{show(amount_of(line.left))}{unit}"),
                ("没有归还", f"{show(amount_of(rest))}{unit}" if rest else ""),
                ("经手人", f"{one.hand_1}、{one.hand_2}"),
                ("保管人", f"{one.kept_1}、{one.kept_2}"),
                ("审批人", one.approved_by or ""),
                ("用途", one.purpose or ""),
                ("单位", one.party or ""),
                ("运输", one.carriers or ""),
                ("备案", f"{filing}　{one.filed_number or ''}".strip() if line.must_file else ""),
                ("说明", one.words or ""),
                ("登记时间", show(one.entered_at)),
            )
        )
        photos = tiles(self, one.photos, one.kind, self._thumbs) if one.photos else None
        return Details(
            [
                label(f"{one.kind}　{line.substance.called}", "h2", wrap=True),
                label(f"{one.number} · {line.substance.cabinet}", "note"),
            ],
            [
                ("情况", vbox(known, photos) if photos else known),
                ("历史", HistoryPane(self._moves.store, uid, LABELS)),
            ],
            self._foot(line),
        )

    def print_chosen(self) -> None:
        """Print what belongs to the chosen line: a slip, a count, a comparison."""
        uid = self.chosen_uid() or ""
        if uid in self._made:
            one = self._made[uid]
            self._preview("chem_count" if one.kind == COUNTED else "chem_compare", [count_row(one)])
        elif uid in self._lines and self._lines[uid].movement.kind == Move.TAKE:
            self._preview("chem_take", [move_row(self._lines[uid])])
        else:
            tell(self, "请先选一次领用、盘点或者对账。", detail="别的出入库印在台账里。")

    def print_listed(self, paper: str) -> None:
        """Print the movements in the list, in the order they happened."""
        shown = set(self.shown_uids())
        lines = [line for uid, line in self._lines.items() if uid in shown]
        if paper == "chem_book":
            lines.sort(key=lambda x: (x.substance.cabinet, x.substance.name, x.substance.id))
        self._preview(paper, [move_row(line) for line in lines], self.filter_text())

    def _preview(self, paper: str, rows: Sequence[Mapping[str, object]], words: str = "") -> None:
        title, store = self._papers.forms[paper].title, self._moves.store
        self._papers.preview(
            self, paper, rows, words=words, done=lambda how: store.note(f"{how}：{title}")
        )

    def _foot(self, line: Line) -> list[QPushButton]:
        one = line.movement
        found = []
        if line.must_file and self._may:
            word = "改正备案" if one.filed_on else "登记备案"
            found.append(
                button(word, "primary", press=partial(open_filing, self, self._moves, line))
            )
        if one.kind == Move.TAKE:
            found.append(button("打印领用单", press=self.print_chosen))
        if self._may:
            void = partial(self._moves.void, one.uid)
            found.append(
                button("作废", press=lambda: ask_void(self, f"作废 {one.number}", REASONS, void))
            )
        return found

    def _count_details(self, one: ChemCount) -> QWidget:
        row = count_row(one)
        differing = [x for x in row["lines"] if x["name"] in row["differences"].split("、")]
        first, second = ("账面", "实盘") if one.kind == COUNTED else ("第一本", "第二本")
        said = "\n".join(
            f"{x['name']}：{first}{x['book']}，{second}{x['found']}，差{x['difference']}"
            + (f"，{x['reason']}" if x["reason"] else "")
            + (f"，{x['handling']}" if x["handling"] else "")
            for x in differing
        )
        known = facts(
            (
                ("时间", show(one.done_at)),
                ("两个人", row["hands"]),
                ("几种", f"{len(one.lines)}种"),
                ("差异", said or "没有"),
                (
                    "六个“双”",
                    "、".join(row["doubles"]) or "没有打钩" if one.kind == COUNTED else "",
                ),
                ("没做到", row["lacking"] if one.kind == COUNTED else ""),
                ("说明", one.words or ""),
            )
        )
        void = partial(self._counts.void, one.uid)
        foot = [
            button(f"打印{'盘点表' if one.kind == COUNTED else '核对单'}", press=self.print_chosen)
        ]
        if self._may:
            foot.append(
                button("作废", press=lambda: ask_void(self, f"作废 {one.number}", REASONS, void))
            )
        parts: list[tuple[str, Part]] = [
            ("情况", known),
            ("历史", HistoryPane(self._moves.store, one.uid, {"words": "说明"})),
        ]
        return Details([label(one.kind, "h2"), label(one.number, "note")], parts, foot)


def _row(line: Line, is_unfiled: bool, is_out: bool) -> Row:
    one, substance = line.movement, line.substance
    sign = "+" if one.change > 0 else "-" if one.change < 0 else ""
    tags = {UNFILED: is_unfiled, OUT: is_out}
    people = f"{one.hand_1}、{one.hand_2}"
    return Row(
        one.uid,
        (
            f"{one.moved_at:%Y-%m-%d %H:%M}",
            one.kind,
            (substance.called, one.purpose or one.party or one.words or ""),
            f"{sign}{show(line.amount)}{substance.unit}",
            f"{show(amount_of(line.left))}{substance.unit}",
            people,
            one.number,
        ),
        f"{search_text(substance.name)} {search_text(one.hand_1)} {search_text(one.hand_2)}"
        f" {one.number.casefold()}",
        frozenset(tag for tag, is_so in tags.items() if is_so),
        {"kind": one.kind, "cabinet": substance.cabinet, "year": str(one.moved_at.year)},
    )


def _count_row(one: ChemCount) -> Row:
    row = count_row(one)
    is_even = row["differences"] == "没有"
    kind = "盘点表" if one.kind == COUNTED else one.kind
    return Row(
        one.uid,
        (
            f"{one.done_at:%Y-%m-%d %H:%M}",
            kind,
            (f"{len(one.lines)}种", "没有差异" if is_even else f"有差异：{row['differences']}"),
            "",
            "",
            row["hands"],
            one.number,
        ),
        f"{search_text(one.hand_1)} {search_text(one.hand_2)} {one.number.casefold()}",
        frozenset() if is_even else frozenset({DIFFERING}),
        {"kind": kind, "cabinet": "", "year": str(one.done_at.year)},
    )
