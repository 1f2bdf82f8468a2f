"""The proof sheet of one pupil: whose it shall be, and the sheet before it is printed."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.letters.finding_pane import FindPane
from app.letters.proof import ProofDesk
from app.students import in_words
from app.ui import theme as t
from app.ui.errors import show_error
from app.ui.papers import Papers
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox

PAPER = "letter_proof"


def preview_proof(parent: QWidget, proofs: ProofDesk, papers: Papers, student_uid: str) -> None:
    """Show the proof sheet of a pupil, to be printed by one click more."""
    try:
        row = proofs.sheet(student_uid)
    except UserError as error:
        show_error(parent, error)
        return
    papers.preview(parent, PAPER, [row], done=partial(proofs.printed, student_uid))


def ask_whose_proof(parent: QWidget, proofs: ProofDesk, papers: Papers) -> Sheet:
    """Ask for a pupil, those who have left included, and show the proof sheet."""
    pupils = proofs.pupils()
    finder = FindPane(lambda: pupils, say=in_words, tip="看这名学生的回执证明")
    name = label("姓名、拼音首字母，或者年级-班-座号；毕业、转出的学生也能查", "note", wrap=True)
    name.setBuddy(finder.blank)
    sheet = Sheet(
        parent,
        "回执证明",
        vbox(name, finder, None, gap=t.S),
        (None, button("关闭", press=lambda: sheet.reject())),
        height=t.em() * 24,
    )

    def show(pupil: object) -> None:
        sheet.accept()
        preview_proof(parent, proofs, papers, str(getattr(pupil, "uid", "")))

    finder.picked.connect(show)
    sheet.open()
    finder.setFocus()
    return sheet
