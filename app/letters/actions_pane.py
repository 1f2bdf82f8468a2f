"""What one can do on the letters page: the buttons at its top."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.core.roles import Right
from app.ui.widgets import Entry, button

if TYPE_CHECKING:
    from app.letters.page import LetterPage


def actions(page: LetterPage, may: Callable[[Right], bool]) -> list[QWidget]:
    """Return the buttons for whoever sits here."""
    made: list[QWidget] = []
    if may(Right.LETTERS):
        made.append(button("发一批信", "primary", "plus", press=page.issue))
    made.append(button("打印", menu=_papers(page, may)))
    if may(Right.RECEIVE):
        made.append(button("回执证明", press=page.print_any_proof))
    if may(Right.EXPORT):
        made.append(button("导出", menu=[("Excel 表格", page.save_xlsx)]))
    return made


def _papers(page: LetterPage, may: Callable[[Right], bool]) -> list[Entry]:
    papers: list[Entry] = [
        ("整批的信", page.print_letters),
        ("整批的信，每班前面放一张签收单", lambda: page.print_letters(covered=True)),
        ("这个班的信", page.print_class),
    ]
    if may(Right.LETTERS):
        papers += [
            ("再发给没有交回的（全部）", page.send_again),
            ("补发给新来的学生", page.send_to_newcomers),
        ]
    return [
        *papers,
        ("各班签收单（放在一叠信上面）", page.print_cover),
        ("未交名单（各班）", page.print_missing),
        ("回执登记册", page.print_register),
    ]
