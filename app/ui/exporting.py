"""The list of a page on paper and as a spreadsheet: exactly the lines on the screen, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.listing import ListForm, SheetColumn
from app.core.roles import Right
from app.core.store import Store
from app.ui.asking import tell
from app.ui.editor import FormEditor
from app.ui.pages import LedgerPage
from app.ui.papers import Papers, save_xlsx
from app.ui.widgets import Entry, label

_INSIDE = "校内使用"
_PURPOSES = (_INSIDE, "迎检", "报上级", "交接存档", "其他")


class Given(NamedTuple):
    """One list that goes to somebody outside: what it is, to whom, what for, on what basis."""

    what: str
    receiver: str
    purpose: str
    basis: str
    people: int
    labels: tuple[str, ...]


class Giving(NamedTuple):
    """Where lists given to somebody outside are written down, and the bases there may be."""

    bases: tuple[str, ...]
    write_down: Callable[[Given], object]


class _Why(NamedTuple):
    purpose: str = ""
    receiver: str = ""
    basis: str = ""

    def __str__(self) -> str:
        return "，".join(filter(None, self))


_NO_WHY = _Why()


def add_export(
    page: LedgerPage,
    store: Store,
    columns: Sequence[SheetColumn],
    records: Callable[[], Iterable[tuple[str, Any]]],
    *,
    asks_why: bool = False,
    giving: Giving | None = None,
) -> None:
    """Put 导出 above the table for whoever may export; ``records`` are all, each with its uid.

    A list with names of people ``asks_why``; what was said stands in the journal. Where there is
    ``giving``, one that leaves the school is written down there as soon as it is on the disk.
    """
    if not store.sitter.may(Right.EXPORT):
        return

    def save(why: _Why = _NO_WHY) -> QFileDialog | None:
        known = dict(records())
        shown = [known[uid] for uid in page.shown_uids() if uid in known]
        if not shown:
            tell(page, "列表里一条也没有，没有可以导出的。")
            return None
        store.sitter.demand(Right.EXPORT)
        store.note(f"导出{page.title}" + (f"，用途：{why}" if why.purpose else ""))
        rows = [tuple(column.value(record) for column in columns) for record in shown]
        titles = [(column.title, column.width) for column in columns]
        name = f"{page.title}_{store.clock.today():%Y%m%d}"
        labels = tuple(column.title for column in columns)
        given = Given(page.title, why.receiver, why.purpose, why.basis, len(rows), labels)

        def written(_: Path) -> None:
            if giving is not None and why.basis:
                giving.write_down(given)

        return save_xlsx(
            page,
            page.title,
            titles,
            rows,
            ask="导出当前列表",
            name=name,
            words=page.filter_text(),
            then=written,
        )

    def ask() -> FormEditor | QFileDialog | None:
        return _ask_why(page, save, giving.bases if giving else ()) if asks_why else save()

    page.add_action("导出", menu=[("Excel 表格", ask)])


def add_list(
    page: LedgerPage,
    store: Store,
    form: ListForm,
    records: Callable[[], Iterable[tuple[str, Any]]],
    *,
    papers: Papers | None,
    more: Sequence[Entry] = (),
    asks_why: bool = False,
    giving: Giving | None = None,
) -> None:
    """Put 打印 and 导出 above the table of a list without a paper of its own.

    ``more`` are the further papers of the page; the rest is as for ``add_export``. Without
    ``papers`` nothing is printed here.
    """
    if papers is not None:
        printed = list_entry(page, store, form, records, papers=papers)
        page.add_action("打印", menu=[printed, *more])
    add_export(page, store, form.columns, records, asks_why=asks_why, giving=giving)


def list_entry(
    page: LedgerPage,
    store: Store,
    form: ListForm,
    records: Callable[[], Iterable[tuple[str, Any]]],
    *,
    papers: Papers,
    word: str = "当前列表",
) -> Entry:
    """Return the line of a menu that prints the list on the screen, saying what it is narrowed to.

    ``records`` are all, each with its uid.
    """

    def show() -> None:
        known = dict(records())
        rows = [form.row(known[uid]) for uid in page.shown_uids() if uid in known]
        if not rows:
            tell(page, "列表里一条也没有，没有可以打印的。")
            return
        papers.preview(
            page,
            form.paper(),
            rows,
            words=page.filter_text(),
            done=lambda how: store.note(f"{how}：{form.title}"),
        )

    return word, show


def _ask_why(
    page: LedgerPage, save: Callable[[_Why], object], bases: tuple[str, ...]
) -> FormEditor:
    """Ask what a list of people is needed for, before it is written.

    One that leaves the school says who gets it and on what basis, where there are ``bases``.
    """
    purpose = Field("why", "做什么用", "choice", required=True, choices=_PURPOSES)
    fields = [purpose, Field("words", "给谁、说明")]
    if bases:
        fields.append(Field("basis", "依据（给校外的要选）", "choice", choices=bases, width=60))
    form = Form("export_why", f"导出{page.title}", tuple(fields))

    def go(said: dict[str, Any]) -> None:
        note = (said["words"] or "").strip()
        leaves = bool(bases) and said["why"] != _INSIDE
        if (leaves or said["why"] == _PURPOSES[-1]) and not note:
            raise UserError("“给谁、说明”没有填。", do="请写明给谁、做什么用。")
        if leaves and not said["basis"]:
            raise UserError("“依据”没有选。", do="这张表要给校外的人看，请选凭什么给。")
        why = _Why(said["why"], note, said["basis"] if leaves else "")
        QTimer.singleShot(0, page, lambda: save(why))

    editor = FormEditor(form, go, page, word="确定导出")
    where = "；给校外的，还会记进“对外提供”" if bases else ""
    words = f"这张表里有人的姓名，用途会记在操作记录里{where}。"
    editor.put_on_top(label(words, "note", wrap=True))
    editor.open()
    return editor
