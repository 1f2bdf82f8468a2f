"""What leaves the letters room on paper or as a file, each after a look at it."""

from __future__ import annotations

from collections.abc import Collection
from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.paper import Printed
from app.letters.lines import BatchLine
from app.letters.proof_dialog import ask_whose_proof, preview_proof
from app.letters.register import LetterRegister
from app.ui.asking import ask, tell
from app.ui.errors import show_error
from app.ui.jobs import Job
from app.ui.papers import Papers, save_xlsx
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

    def newcomers(self, batch: BatchLine) -> None:
        """Send the batch to pupils who came after it was sent, and preview their letters."""
        pupils = self._register.newcomers(batch.code)
        if not pupils:
            tell(self._parent, "没有要补发的学生。", detail="这批信该发的都发过了。")
            return
        names = "、".join(pupil.name for pupil in pupils[:6])
        more = f"等{len(pupils)}人" if len(pupils) > 6 else ""

        def go() -> None:
            self.letters(batch, uids=self._register.add(batch.code, pupils))

        ask(self._parent, f"给{names}{more}补发这封信？", yes="补发并打印", then=go)

    def missing(self, batch: BatchLine, *, class_uid: str | None = None) -> None:
        """Preview who has not returned it, a page for each class."""
        self._list(batch, "missing", class_uid)

    def cover(self, batch: BatchLine, *, class_uid: str | None = None) -> None:
        """Preview a sheet for the stack of each class, to be signed when letters are given out."""
        self._list(batch, "cover", class_uid)

    def send_again(self, batch: BatchLine, *, class_uid: str | None = None) -> None:
        """Send the batch once more to exactly those who have not answered, and preview it."""
        try:
            again = self._register.send_again(batch.code, class_uid=class_uid)
        except UserError as error:
            show_error(self._parent, error)
            return
        self.letters(batch, uids=again)

    def register(self, batch: BatchLine) -> None:
        """Preview the register of receipts."""
        self._list(batch, "register", None)

    def save_xlsx(self, batch: BatchLine) -> None:
        """Write the register of receipts into a spreadsheet."""
        found = self._register.views["register"]({"batch": batch.code})
        rows = [tuple(row[key] for key, _, _ in _COLUMNS) for row in found]
        title = f"{batch.title}回执 {batch.code}"
        columns = [(word, width) for _, word, width in _COLUMNS]
        self._register.printed(batch.code, "导出")
        save_xlsx(self._parent, title, columns, rows, ask="导出回执", name=title)

    def proof(self, student_uid: str) -> None:
        """Preview the proof sheet of one pupil."""
        preview_proof(self._parent, self._register.proofs, self._papers, student_uid)

    def any_proof(self) -> None:
        """Ask for a pupil and preview the proof sheet."""
        ask_whose_proof(self._parent, self._register.proofs, self._papers)

    def _list(self, batch: BatchLine, view: str, class_uid: str | None) -> None:
        register, paper = self._register, f"letter_{view}"
        rows = register.views[view]({"batch": batch.code})
        if class_uid is not None:
            mine = {x.student_uid for x in register.receipts(batch.code, class_uid=class_uid)}
            rows = [row for row in rows if row["student_uid"] in mine]
        if not rows:
            tell(self._parent, "没有要列出的学生。", detail="回执都收齐了。")
            return
        title = self._papers.forms[paper].title
        self._papers.preview(
            self._parent,
            paper,
            rows,
            words=f"{batch.title}（{batch.code}）",
            done=lambda how: register.printed(batch.code, f"{how}{title}，"),
        )
