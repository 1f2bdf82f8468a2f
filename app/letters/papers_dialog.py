"""What leaves the letters room on paper or as a file, each after a look at it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.core.paper import Printed
from app.letters.later import JOIN_RULE
from app.letters.lines import BatchLine
from app.letters.printing import COVER, Cover
from app.letters.proof_dialog import ask_whose_proof, preview_proof
from app.letters.register import LetterRegister
from app.letters.when_dialog import ask_when
from app.students import Pupil
from app.ui.asking import ask, tell
from app.ui.errors import show_error
from app.ui.jobs import Job
from app.ui.papers import Papers, save_xlsx
from app.ui.printing import show_preview

_NAMED = 6
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
        covered: bool = False,
        then: Callable[[], object] | None = None,
    ) -> None:
        """Preview the letters of a batch, of one class of it, or of some pupils.

        ``covered`` puts its sheet of names and counts before each class; ``then`` is called once
        they are printed.
        """
        register, cover = self._register, None
        if covered:
            form = self._papers.forms[COVER]
            cover = Cover(form, self._papers.context(form, ""))

        def make(job: Job) -> Printed:
            return register.print_letters(
                batch.code, class_uid=class_uid, uids=uids, cover=cover, tick=job.step
            )

        def done(how: str) -> None:
            register.printed(batch.code, how)
            if then is not None:
                then()

        show_preview(self._parent, batch.title, make, done=done)

    def newcomers(self, batch: BatchLine) -> None:
        """Send the batch to pupils who came after it was sent, and preview their letters."""
        pupils = self._register.newcomers(batch.code)
        if not pupils:
            tell(self._parent, "没有要补发的学生。", detail="这批信该发的都发过了。")
            return
        said = [f"给{_names(pupils)}补发这封信。"]
        if joining := self._register.joining(batch.code, pupils):
            said.append(f"{_names(joining)}家里已经发过一份，还没有交回：{JOIN_RULE}")

        def go(due_on: date | None) -> None:
            self.letters(batch, uids=self._register.add(batch.code, pupils, due_on=due_on))

        if not batch.has_receipt:
            ask(self._parent, "\n".join(said), yes="补发并打印", then=lambda: go(None))
            return
        today = self._register.today()
        is_open = batch.due_on is not None and batch.due_on >= today
        usual = batch.due_on if is_open else self._register.due_again(batch.code)
        self._ask_when("补发", said, "补发并打印", usual, go)

    def missing(self, batch: BatchLine, *, class_uid: str | None = None) -> None:
        """Preview who has not returned it, a page for each class."""
        self._list(batch, "missing", class_uid)

    def cover(self, batch: BatchLine, *, class_uid: str | None = None) -> None:
        """Preview a sheet for the stack of each class, to be signed when letters are given out."""
        self._list(batch, "cover", class_uid)

    def send_again(self, batch: BatchLine, *, class_uid: str | None = None) -> None:
        """Send the batch once more to exactly those who have not answered, and preview it."""
        register = self._register
        try:
            out = register.to_ask_again(batch.code, class_uid=class_uid)
        except UserError as error:
            show_error(self._parent, error)
            return
        usual = register.due_again(batch.code)
        if usual is None:  # sent today: the same letters are printed once more
            self.letters(batch, uids=out)
            return

        def go(due_on: date | None) -> None:
            again = register.send_again(batch.code, class_uid=class_uid, due_on=due_on)
            self.letters(batch, uids=again)

        said = f"还有{len(out)}名没有回音，给他们再发一次。编号不变，先后两张哪一张交回来都算。"
        self._ask_when("再发一次", [said], "再发并打印", usual, go)

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

    def _ask_when(
        self,
        title: str,
        said: Sequence[str],
        yes: str,
        usual: date | None,
        then: Callable[[date | None], object],
    ) -> None:
        today = self._register.today
        ask_when(self._parent, title, said, yes=yes, usual=usual, today=today, then=then)

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


def _names(pupils: Sequence[Pupil]) -> str:
    more = f"等{len(pupils)}人" if len(pupils) > _NAMED else ""
    return "、".join(pupil.name for pupil in pupils[:_NAMED]) + more
