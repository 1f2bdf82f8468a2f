"""The clauses one may choose from, to look through and to take more in from a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.core.pinyin import search_text
from app.hazards.clauses.library import Clause
from app.hazards.clauses.register import ClauseRegister, Taken
from app.ui import theme as t
from app.ui.asking import tell
from app.ui.files import choose_file
from app.ui.filters import SearchField
from app.ui.jobs import run_job
from app.ui.ledger_table import LedgerTable
from app.ui.rows import Row
from app.ui.sheet import Sheet
from app.ui.tables import Column, Wanted
from app.ui.widgets import button, hbox, label, vbox

TITLE = "重大隐患判定条款"
_KINDS = "条款文件 (*.csv *.xlsx *.xls *.toml)"
_HEIGHT_PX = 620
_NOTE = (
    "随软件只带了消防的条款，是转述，原文以文件为准。别的领域和省里的细则可以导入："
    "表格一行一条，表头写层级、领域、条号、条款内容、文号、可信度；也可以是TOML文件。"
)


def open_clauses(parent: QWidget, register: ClauseRegister, *, may_import: bool) -> Sheet:
    """Show every clause; with ``may_import`` a file may be taken in."""
    table = LedgerTable(
        (Column("层级", 2.4), Column("领域", 3.4), Column("条号", 2.4), Column("条款", 0))
    )
    table.setAccessibleName(TITLE)
    search = SearchField("搜索：条款里的字")
    search.setMinimumWidth(20 * t.em())
    whole = label("", "body", wrap=True)

    def show() -> None:
        table.ledger.show(tuple(_row(n, one) for n, one in enumerate(register.all())))
        table.choose(None)

    def tell_whole() -> None:
        uid = table.chosen_uid()
        one = register.all()[int(uid)] if uid else None
        whole.setText(f"{one.text}。（{one.document}，{one.trust}）" if one else "")

    def seek(text: str) -> None:
        table.ledger.seek(Wanted(tuple(text.casefold().split())))

    def done(taken: Taken) -> None:
        show()
        tell(sheet, _told(taken), detail="如果导错了，按 Ctrl+Z 就能把这一次整个撤回。")

    def take(path: Path) -> None:
        run_job(sheet, f"正在读“{path.name}”", lambda _: register.take_in(path), done)

    search.textChanged.connect(seek)
    table.chosen.connect(tell_whole)

    def choose() -> None:
        choose_file(sheet, "导入判定条款", _KINDS, take)

    foot: list[QWidget | None] = [None, button("关闭", press=lambda: sheet.accept())]
    if may_import:
        foot.insert(1, button("导入条款", "primary", press=choose))
    body = vbox(hbox(search, None), (table, 1), whole, label(_NOTE, "note", wrap=True), gap=t.M)
    show()
    sheet = Sheet(parent, TITLE, body, tuple(foot), height=_HEIGHT_PX)
    sheet.open()
    return sheet


def _row(number: int, clause: Clause) -> Row:
    cells = (clause.level, clause.field, clause.code, clause.text)
    return Row(str(number), cells, f"{search_text(clause.text)} {clause.document}")


def _told(taken: Taken) -> str:
    counts = (("新收", taken.added), ("改写", taken.changed), ("原来就有", taken.same))
    said = "，".join(f"{word}{count}条" for word, count in counts if count)
    return f"导入完成：{said}。"
