"""The pages on personal data, which open from the user's menu: who looked, and what follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.ui.papers import Give, Papers
from app.ui.sheet import Sheet
from app.ui.subpages import Subpage, Subpages
from app.ui.widgets import button, vbox

if TYPE_CHECKING:
    from app.shell import Shell

_SHEET_PX = (1240, 660)


def open_privacy(shell: Shell, room: str = "looks") -> Subpages:
    """Open the pages on personal data at one of them; return them."""
    pages = Subpages(_pages(shell))
    sheet = Sheet(
        shell,
        "个人信息保护",
        vbox((pages, 1)),
        (None, button("关闭", press=lambda: sheet.accept())),
        width=_SHEET_PX[0],
        height=_SHEET_PX[1],
    )
    shell.also_hears(pages)
    sheet.open()
    pages.page(room)
    return pages


def giving(shell: Shell) -> Give:
    """Return what writes a list for somebody outside, after asking who and why."""

    def give(parent: QWidget, what: str, room: str, rows: Sequence[Mapping[str, Any]]) -> object:
        from app.privacy.release_dialog import ask_release

        return ask_release(parent, shell.house.privacy.releases, what, room, rows)

    return give


def _pages(shell: Shell) -> list[Subpage]:
    from app.privacy.looks_page import LooksPage

    house = shell.house
    papers = Papers(house.papers, house.context)
    return [
        Subpage(
            "谁看过",
            "looks",
            lambda: LooksPage(house.privacy.looks, papers=papers, memory=house.store),
        )
    ]
