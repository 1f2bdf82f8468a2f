"""The pages on personal data, which open from the user's menu: who looked, and what follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from app.core.roles import Role
from app.core.values import show
from app.privacy import BASES, Request
from app.ui.exporting import Given, Giving
from app.ui.giving import Give
from app.ui.papers import Papers
from app.ui.sheet import PAGE_EDGE, Sheet
from app.ui.subpages import Subpage, Subpages
from app.ui.widgets import button, vbox

if TYPE_CHECKING:
    from app.shell import Shell

ROOMS = ("looks", "releases", "impacts", "selfchecks", "leaks")
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
        edge=PAGE_EDGE,
    )
    shell.also_hears(pages)
    sheet.open()
    pages.page(room)
    return pages


def go_to(shell: Shell, room: str, uid: str = "") -> Any:
    """Open the page of a room at one of its records, behind a tab or in the sheet on privacy."""
    if room not in ROOMS:
        return shell.go(room, uid)
    page = open_privacy(shell, room).current()
    if uid:
        page.choose(uid)
    return page


def giving(shell: Shell) -> Give:
    """Return what writes a list for somebody outside, after asking who and why."""

    def give(parent: QWidget, what: str, room: str, rows: Sequence[Mapping[str, Any]]) -> object:
        from app.privacy.release_dialog import ask_release

        return ask_release(parent, shell.house.privacy.releases, what, room, rows)

    return give


def list_giving(shell: Shell) -> Giving:
    """Return what writes an exported list down among what was given to somebody outside."""
    releases = shell.house.privacy.releases

    def write_down(given: Given) -> None:
        asked = Request(given.receiver, given.purpose, given.basis, "内部", ())
        releases.write_down(given.what, asked, people=given.people, labels=given.labels)

    return Giving(BASES, write_down)


def _pages(shell: Shell) -> list[Subpage]:
    from app.privacy.impacts_page import ImpactsPage
    from app.privacy.leaks_page import LeaksPage, ReleasesPage
    from app.privacy.looks_page import LooksPage
    from app.privacy.selfchecks_page import SelfChecksPage

    house = shell.house
    papers = Papers(house.papers, house.context)
    book = house.privacy
    return [
        Subpage(
            "谁看过", "looks", lambda: LooksPage(book.looks, papers=papers, memory=house.store)
        ),
        Subpage("对外提供", "releases", lambda: ReleasesPage(book.releases, papers=papers)),
        Subpage(
            "影响评估",
            "impacts",
            lambda: ImpactsPage(book.impacts, papers=papers, people=house.staff.names),
        ),
        Subpage(
            "年度自查",
            "selfchecks",
            lambda: SelfChecksPage(
                book.checks,
                papers=papers,
                rules=lambda: book.views["rules"]({}),
                more=lambda: _facts(shell),
            ),
        ),
        Subpage(
            "泄露登记",
            "leaks",
            lambda: LeaksPage(book.leaks, papers=papers, people=house.staff.names),
        ),
    ]


def _facts(shell: Shell) -> dict[str, str]:
    """Return what only the open desk can tell the self-check: users and backups."""
    desk = shell.desk
    users = desk.users()
    counts = Counter(str(user.role) for user in users)
    classless = sum(user.role is Role.TEACHER and not user.class_uid for user in users)
    made, days = desk.last_backup(), desk.usb_copy_age()
    backup = f"上次备份{show(made)}" if made else "还没有备份"
    stick = "还没有U盘副本" if days is None else f"U盘副本{days}天前"
    return {
        "users": f"{len(users)}人：" + "，".join(f"{role}{n}人" for role, n in counts.items()),
        "teachers": f"班主任{counts[str(Role.TEACHER)]}人，没有指定班级的{classless}人",
        "backup": f"{backup}，{stick}",
    }
