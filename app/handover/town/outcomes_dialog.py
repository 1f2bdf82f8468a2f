"""What became of the files that were offered: each by its name, the refused with the reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from app.handover.parts import fingerprint
from app.handover.town.register import TownRegister
from app.handover.town.taking import ALREADY, REFUSED, TAKEN, Outcome
from app.ui.asking import ask
from app.ui.ledger_table import LedgerTable
from app.ui.pages import Column, Row
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox

_LOOKS = {TAKEN: ("done", "done"), ALREADY: ("none", "plain"), REFUSED: ("late", "late")}
_COLUMNS = (
    Column("结果", 4, "status"),
    Column("学校和文件", 19, "two"),
    Column("说明", 0, "note"),
)
_WIDTH_PX, _HEIGHT_PX = 1100, 560


def show_outcomes(
    parent: QWidget,
    register: TownRegister,
    outcomes: Sequence[Outcome],
    again: Callable[[Outcome], object],
) -> Sheet:
    """Show what became of each file; ``again`` takes one whose new signature was compared."""
    refused = [one for one in outcomes if one.how == REFUSED]
    table = LedgerTable(_COLUMNS, is_always_tight=True)
    table.setAccessibleName("收文件的结果")
    ordered = sorted(outcomes, key=lambda one: (REFUSED, TAKEN, ALREADY).index(one.how))
    table.ledger.show([_row(number, one) for number, one in enumerate(ordered)])
    whole = label("", wrap=True)

    def say() -> None:
        chosen = table.chosen_uid()
        whole.setText(_why(ordered[int(chosen)]) if chosen else "")

    table.chosen.connect(say)
    table.choose("0")
    foot: list[object] = [None, button("知道了", "primary", press=lambda: sheet.accept())]
    changed = [one for one in refused if one.code == "KEYCHANGED"]
    if changed:  # one after the other: each is a telephone call
        first = changed[0]
        accept = button("核对后收下…", press=lambda: _accept(sheet, register, first, again))
        foot.insert(0, accept)
    words = "没有收的，汇总里的数据一点没有变；别的都收好了。" if refused else "都收好了。"
    body = vbox(label(_headline(outcomes), "h2"), label(words, "note"), (table, 1), whole)
    sheet = Sheet(parent, "收文件的结果", body, foot, width=_WIDTH_PX, height=_HEIGHT_PX)
    sheet.open()
    return sheet


def _headline(outcomes: Sequence[Outcome]) -> str:
    words = {TAKEN: "收下", ALREADY: "以前收过", REFUSED: "没有收"}
    counts = {how: sum(one.how == how for one in outcomes) for how in words}
    said = [f"{words[how]}{count}份" for how, count in counts.items() if count]
    return "，".join(said) if said else "这里没有数据文件。"


def _row(number: int, one: Outcome) -> Row:
    cells = ((one.how, *_LOOKS[one.how]), (one.school or "看不出是哪所学校", one.name), _why(one))
    return Row(str(number), cells)


def _why(one: Outcome) -> str:
    if one.how != TAKEN:
        return one.message
    parts = (("新的", one.merged.new), ("更新", one.merged.newer), ("没变", one.merged.same))
    counts = "，".join(f"{word}{count}行" for word, count in parts if count) or "没有行"
    return f"{one.message}{counts}" if one.message else counts


def _accept(
    sheet: Sheet, register: TownRegister, one: Outcome, again: Callable[[Outcome], object]
) -> None:
    """Show the old and the new signature; take the file once they were compared."""
    known = next((s for s in register.roster.all() if s.name == one.school), None)
    old = register.roster.fingerprint(known.uid) if known else ""

    def go() -> None:
        sheet.accept()
        again(one)

    ask(
        sheet,
        f"“{one.school}”的签名换了。打电话问过，新签名是这十六个字符吗？",
        yes="核对过了，收下",
        detail=f"新签名　{fingerprint(bytes.fromhex(one.key))}\n原签名　{old}\n"
        "学校换电脑、重装系统又没有恢复备份时才会换签名。对不上就不要收。",
        then=go,
    )
