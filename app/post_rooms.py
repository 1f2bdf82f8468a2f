"""How the pages of posts, of the staff and of who is away are made, behind 值班排班."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from app.duties import clashes
from app.ui.papers import Papers
from app.ui.subpages import Subpage

if TYPE_CHECKING:
    from app.people.page import StaffPage
    from app.shell import Shell

ROOMS = ("posts", "absences", "staff")


def subpages(shell: Shell) -> list[Subpage]:
    """Return the pages a roster is made from."""
    return [
        Subpage("岗位", "posts", lambda: posts(shell)),
        Subpage("请假外出", "absences", lambda: absences(shell)),
        Subpage("教职工", "staff", lambda: staff(shell)),
    ]


def posts(shell: Shell) -> Any:
    """Return the posts."""
    from app.duties.posts.post_page import PostPage, School

    house = shell.house
    get = house.settings.get
    return PostPage(
        house.posts,
        house.staff,
        house.post_sets,
        school=lambda: School(
            get("school.kind", ""),
            boards=bool(get("school.boards")),
            has_canteen=bool(get("school.has_canteen")),
        ),
        places=lambda: [one.name for one in house.places.all()],
        papers=Papers(house.papers, house.context),
        memory=house.store,
    )


def absences(shell: Shell) -> Any:
    """Return who is away when."""
    from app.people.absence_page import AbsencePage

    house = shell.house
    return AbsencePage(
        house.absences,
        house.forms["absence"],
        today=house.today,
        clashes=partial(clashes, house.duties),
        papers=Papers(house.papers, house.context),
        memory=house.store,
    )


def staff(shell: Shell) -> StaffPage:
    """Return the staff list, which also opens from the user's menu."""
    from app.people.page import StaffPage

    house = shell.house
    return StaffPage(
        house.store,
        house.staff,
        house.forms["staff"],
        absences=house.absences,
        absence_form=house.forms["absence"],
        today=house.today,
        asked=house.posts.abilities,
        clashes=partial(clashes, house.duties),
        papers=Papers(house.papers, house.context),
        memory=house.store,
    )
