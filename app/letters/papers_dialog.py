"""What leaves the letters room on paper or as a file, each after a look at it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.files import put
from app.core.paper import Context, PaperForm, Printed, print_paper
from app.core.sheets import write_xlsx
from app.letters.lines import BatchLine
from app.letters.register import LetterRegister
from app.ui.asking import tell
from app.ui.files import choose_place
from app.ui.jobs import Job
from app.ui.printing import show_preview

_COLUMNS = (
    ("code", "回执编号", 18),
    ("class_name", "班级", 14),
    ("seat_no", "座号", 8),
    ("name", "姓名", 12),
    ("status", "状态", 12),
    ("returned_on", "收回日期", 16),
    ("received_by", "收取人", 12),
    ("note", "备注", 30),
)
_SPREADSHEET = "Excel 表格 (*.xlsx)"


@dataclass(frozen=True)
class Papers:
    """What the page prints: the forms by id, and what every sheet says about itself.

    ``context`` gets the form and, in words, what the list is narrowed to.
    """

    forms: Mapping[str, PaperForm]
    context: Callable[[PaperForm, str], Context]


class LetterPapers:
    """The papers of one batch; ``parent`` is the page they are previewed over."""

    def __init__(self, parent: QWidget, register: LetterRegister, papers: Papers) -> None:
        self._parent, self._register, self._papers = parent, register, papers

    def letters(
        self,
        batch: BatchLine,
        *,
        class_uid: str | None = None,
        uids: Collection[str] | None = None,
    ) -> None:
        """Preview the letters of a batch, of one class of it, or of some pupils."""
        register = self._register

        def make(job: Job) -> Printed:
            return register.print_letters(batch.code, class_uid=class_uid, uids=uids, tick=job.step)

        done = partial(register.printed, batch.code)
        show_preview(self._parent, batch.title, make, done=done)

    def missing(self, batch: BatchLine, *, class_uid: str | None = None) -> None:
        """Preview who has not returned it, a page for each class."""
        self._list(batch, "missing", class_uid)

    def register(self, batch: BatchLine) -> None:
        """Preview the register of receipts."""
        self._list(batch, "register", None)

    def save_xlsx(self, batch: BatchLine) -> None:
        """Write the register of receipts into a spreadsheet."""
        found = self._register.views["register"]({"batch": batch.code})
        rows = [tuple(row[key] for key, _, _ in _COLUMNS) for row in found]
        title = f"{batch.title}回执 {batch.code}"
        data = write_xlsx(title, [(word, width) for _, word, width in _COLUMNS], rows)
        self._register.printed(batch.code, "导出")
        name = f"{title}.xlsx"
        choose_place(self._parent, "导出回执", _SPREADSHEET, name, lambda path: put(path, data))

    def _list(self, batch: BatchLine, view: str, class_uid: str | None) -> None:
        register, form = self._register, self._papers.forms[f"letter_{view}"]
        rows = register.views[view]({"batch": batch.code})
        if class_uid is not None:
            mine = {line.code for line in register.receipts(batch.code, class_uid=class_uid)}
            rows = [row for row in rows if row["code"] in mine]
        if not rows:
            tell(self._parent, "没有要列出的学生。", detail="回执都收齐了。")
            return
        context = self._papers.context(form, f"{batch.title}（{batch.code}）")
        show_preview(
            self._parent,
            form.title,
            lambda job: print_paper(form, rows, context, tick=job.step),
            done=lambda how: register.printed(batch.code, f"{how}{form.title}，"),
        )
