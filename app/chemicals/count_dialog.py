"""The dialogs of a count of the cabinets, and of the second book typed by who keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.chemicals.counts import CountRegister
from app.chemicals.records import ChemCount
from app.chemicals.register import Stock
from app.chemicals.rules import DOUBLES
from app.chemicals.substance_dialog import people_of
from app.core.forms import Field, Form
from app.core.values import show
from app.ui.asking import tell
from app.ui.blanks import Sources
from app.ui.editor import FormEditor
from app.ui.rows_blank import RowsBlank

_REAL = (
    Field("real", "实盘", "number", width=30, min=0),
    Field("reason", "差异的原因", width=40),
    Field("handling", "处理", width=40),
)
_SECOND = (Field("second", "第二本账的结存", "number", width=60, min=0),)


def open_count(
    parent: QWidget, counts: CountRegister, then: Callable[[str], object]
) -> FormEditor | None:
    """Count the cabinets: what is left empty was not counted."""
    fields = (
        Field("done_at", "盘点时间", "moment", required=True),
        Field("hand_1", "盘点人1", "person", required=True),
        Field("hand_2", "盘点人2", "person", required=True, differs_from="hand_1"),
        Field("doubles", "做到的六个“双”", "many", choices=DOUBLES),
        Field("found", "一种一行，填称出来的数；没有称的空着", "own"),
        Field("words", "说明", "long"),
    )

    def save(said: dict[str, Any]) -> None:
        made = counts.count(
            said["found"] or (),
            done_at=said["done_at"],
            hand_1=said["hand_1"],
            hand_2=said["hand_2"],
            doubles=said["doubles"] or (),
            words=said["words"] or "",
        )
        then(made.uid)

    def title(stock: Stock) -> str:
        one = stock.substance
        return f"{one.cabinet}　{one.called}　账面 {show(stock.amount)}{one.unit}"

    return _open(parent, counts, "盘点", fields, save, _REAL, title)


def open_comparison(
    parent: QWidget, counts: CountRegister, then: Callable[[str], object]
) -> FormEditor | None:
    """Let who keeps the second book type its balances; the first book's are not shown."""
    fields = (
        Field("done_at", "核对时间", "moment", required=True),
        Field("hand_1", "第一本账的人", "person", required=True),
        Field("hand_2", "第二本账的人（由他来填）", "person", required=True, differs_from="hand_1"),
        Field("found", "照第二本账填结存；没有的填0", "own"),
        Field("words", "说明", "long"),
    )

    def save(said: dict[str, Any]) -> None:
        made = counts.compare(
            said["found"] or (),
            done_at=said["done_at"],
            hand_1=said["hand_1"],
            hand_2=said["hand_2"],
            words=said["words"] or "",
        )
        then(made.uid)
        say_differences(parent, made)

    def title(stock: Stock) -> str:
        one = stock.substance
        return f"{one.cabinet}　{one.called}　单位：{one.unit}"

    return _open(parent, counts, "核对第二本账", fields, save, _SECOND, title)


def say_differences(parent: QWidget, made: ChemCount) -> None:
    """Say in which substances the two books differ."""
    differing = [line for line in made.lines if line["difference"] != "0"]
    if not differing:
        tell(parent, f"两本账一样，{len(made.lines)}种都对得上。", detail=f"编号 {made.number}")
        return
    said = [
        f"{x['name']}：第一本{x['book']}{x['unit']}，第二本{x['found']}{x['unit']}"
        for x in differing
    ]
    tell(
        parent,
        f"两本账有{len(differing)}种对不上：",
        detail="\n".join([*said, "请两个人一起翻到原始凭证，查清哪一本错了，当天改正。"]),
    )


def _open(
    parent: QWidget,
    counts: CountRegister,
    title: str,
    fields: tuple[Field, ...],
    save: Callable[[dict[str, Any]], None],
    blanks: tuple[Field, ...],
    words: Callable[[Stock], str],
) -> FormEditor | None:
    stocks = counts.stocks()
    if not stocks:
        tell(parent, "还没有登记危化品。", detail="先登记品种，再盘点、对账。")
        return None
    names = people_of(counts.substances)
    inner = Sources(lists={"reason": lambda: ("挥发", "称量误差", "漏记", "建账时的库存")})
    sources = Sources(
        lists={"hand_1": lambda: names, "hand_2": lambda: names},
        today=lambda: counts.substances.now().date(),
        makers={"found": lambda _: RowsBlank(blanks, inner, what="品种", fixed=True)},
    )
    empty = {field.key: None for field in blanks}
    values: dict[str, Any] = {
        "done_at": counts.substances.now().replace(second=0, microsecond=0),
        "found": [{"uid": x.substance.uid, "title": words(x), **empty} for x in stocks],
    }
    form = Form("chem_count", title, fields)
    editor = FormEditor(form, save, parent, values, sources=sources)
    editor.open()
    return editor
