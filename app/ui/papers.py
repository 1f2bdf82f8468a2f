"""What a page gives out: its papers, each after a look at it, and its list as a spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.files import put
from app.core.paper import Context, PaperForm, Printed, print_paper
from app.core.sheets import write_xlsx
from app.ui.files import choose_place
from app.ui.jobs import Job, run_job
from app.ui.printing import show_preview

_SPREADSHEET = "Excel 表格 (*.xlsx)"


@dataclass(frozen=True)
class Papers:
    """What a page prints: the forms by id, and what every sheet says about itself.

    ``context`` gets the form and, in words, what the list is narrowed to.
    """

    forms: Mapping[str, PaperForm]
    context: Callable[[PaperForm, str], Context]

    def preview(
        self,
        parent: QWidget,
        paper: str | PaperForm,
        rows: Sequence[Mapping[str, Any]] | Callable[[], Sequence[Mapping[str, Any]]],
        *,
        words: str = "",
        done: Callable[[str], None],
    ) -> None:
        """Show these rows on this paper, by its id or itself; ``done`` hears how it has left.

        Rows that take long to read come as a callable, asked off the screen's thread.
        """
        form = self.forms[paper] if isinstance(paper, str) else paper
        context = self.context(form, words)

        def make(job: Job) -> Printed:
            lines = rows() if callable(rows) else rows
            return print_paper(form, lines, context, tick=job.step)

        show_preview(parent, form.title, make, done=done)


def save_xlsx(
    parent: QWidget,
    title: str,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[Any]],
    *,
    ask: str,
    name: str,
    words: str = "",
    then: Callable[[Path], object] = lambda path: None,
) -> QFileDialog:
    """Ask where to (``ask`` is the question's title) and write the rows into a spreadsheet.

    ``then`` hears where it was written. ``columns`` and ``words`` are as ``write_xlsx`` takes
    them; ``name`` is the file's, without suffix.
    """

    def write(path: Path) -> None:
        def told(made: Path) -> None:
            then(made)

        def work(job: Job) -> Path:
            put(path, write_xlsx(title, columns, rows, words=words, tick=job.step))
            return path

        run_job(parent, f"正在导出：{title}", work, told)

    return choose_place(parent, ask, _SPREADSHEET, f"{name}.xlsx", write)
