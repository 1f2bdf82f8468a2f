"""Importing a spreadsheet: choose it, look at all it would do, correct that, then 导入."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from app.core.imports import Fate, Plan, Tick
from app.core.sheets import Pasted
from app.ui.asking import ask, tell
from app.ui.files import SPREADSHEETS, choose_file
from app.ui.import_preview import Meant, Preview
from app.ui.jobs import run_job
from app.ui.pages import LedgerPage


class Before(NamedTuple):
    """What is better done before an import; ``do`` is handed what to go on with afterwards."""

    what: str
    why: str
    word: str
    do: Callable[[Callable[[], None]], object]


Source = Path | Pasted
Planner = Callable[[Source, Mapping[str, str] | None, Mapping[str, str] | None], Plan]


def open_import(
    parent: QWidget,
    *,
    title: str,
    plan: Planner,
    carry_out: Callable[[Plan, Tick], object],
    meanings: Sequence[Meant] = (),
    before: Callable[[Plan], Before | None] = lambda _: None,
    pasted: Pasted | None = None,
) -> None:
    """Ask for a spreadsheet, show what importing it would do, and do it on a press.

    What was ``pasted`` is taken instead of a file.
    ``plan`` gets the file, the user's correction of the columns (header text → field key) and
    the answers to the plan's questions; it and ``carry_out`` run as jobs. With ``meanings`` the
    recognised columns can be corrected. ``before`` may know something that is better done first.
    """
    way = _Import(parent, title, plan, carry_out, meanings, before)
    if pasted is not None:
        way.read(pasted)
        return
    choose_file(parent, title, SPREADSHEETS, lambda path: way.read(path))


def add_import(page: LedgerPage, take: Callable[[Pasted | None], object]) -> None:
    """Put 导入 above the table; Ctrl+V takes what was copied in WPS or Excel the same way."""
    made = page.add_action("导入", lambda: take(None), icon="import")
    made.setToolTip("导入表格文件；在WPS、Excel里复制的，按 Ctrl+V 贴进来")
    keys = QShortcut(QKeySequence(QKeySequence.StandardKey.Paste), page)
    keys.activated.connect(lambda: _paste(page, take))


def _paste(page: LedgerPage, take: Callable[[Pasted | None], object]) -> None:
    text = QGuiApplication.clipboard().text()
    if "\t" in text or "\n" in text.strip():
        take(Pasted(text))
    else:
        detail = "请在WPS或Excel里连同表头一起选中，按 Ctrl+C 复制，再到这里按 Ctrl+V。"
        tell(page, "没有复制表格，没有可以粘贴的。", detail=detail)


class _Import(NamedTuple):
    """One import on its way: read, perhaps something done first, looked at, carried out."""

    parent: QWidget
    title: str
    plan: Planner
    carry_out: Callable[[Plan, Tick], object]
    meanings: Sequence[Meant]
    before: Callable[[Plan], Before | None]

    def read(self, path: Source) -> None:
        run_job(
            self.parent,
            f"正在读“{path.name}”",
            lambda _: self.plan(path, None, None),
            lambda made: self._look(path, made),
        )

    def _look(self, path: Source, made: Plan) -> None:
        first = self.before(made)
        if first is None:
            self._show(path, made)
            return
        box = ask(
            self.parent,
            first.what,
            yes=first.word,
            no="照样看预览",
            then=lambda: first.do(lambda: self.read(path)),
            detail=first.why,
        )
        stay = box.escapeButton()
        if stay is not None:
            stay.clicked.connect(lambda: self._show(path, made))

    def _show(self, path: Source, made: Plan) -> None:
        preview = Preview(self.parent, self.title, path, made, self.meanings)
        preview.asked_again.connect(lambda: self._again(preview, path))
        preview.agreed.connect(lambda: self._write(preview))
        preview.open()

    def _again(self, preview: Preview, path: Source) -> None:
        mapping, answers = preview.mapping() or None, preview.answers()
        run_job(preview, "正在重新核对", lambda _: self.plan(path, mapping, answers), preview.take)

    def _write(self, preview: Preview) -> None:
        made = preview.plan

        def done(_: object) -> None:
            preview.accept()
            tell(self.parent, f"导入完成：{_counts(made)}。", detail=_after(made))

        run_job(preview, "正在导入", lambda job: self.carry_out(made, job.step), done)


def _counts(plan: Plan) -> str:
    return (
        "，".join(f"{fate}{plan.count(fate)}条" for fate in Fate if plan.count(fate)) or "没有变化"
    )


def _after(plan: Plan) -> str:
    refused = "不收的没有写入，改好表格后可以再导入一次。\n" if plan.count(Fate.REFUSED) else ""
    return f"{refused}如果导错了，按 Ctrl+Z 就能把这一次整个撤回。"
