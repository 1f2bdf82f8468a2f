"""How each page behind the tab 隐患台账 is made."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from app.ui.filters import Pick
from app.ui.papers import Papers
from app.ui.subpages import Subpage, Subpages

if TYPE_CHECKING:
    from app.shell import Shell


def hazards(shell: Shell) -> Subpages:
    """Return the ledger of hazards, and behind it what feeds it and what comes of it."""
    pages = [Subpage("台账", "hazards", lambda: ledger(shell))]
    pages.append(Subpage("通知书", "notices", lambda: notices(shell)))
    pages.append(Subpage("检查", "checks", lambda: checks(shell)))
    pages.append(Subpage("专项行动", "campaigns", lambda: campaigns(shell)))
    pages.append(Subpage("风险", "risks", lambda: risks(shell)))
    pages.append(Subpage("周边", "surroundings", lambda: surroundings(shell)))
    pages.append(Subpage("部位", "places", lambda: places(shell)))
    pages.append(Subpage("统计", "charts", lambda: charts(shell)))
    return Subpages(pages)


def ledger(shell: Shell) -> Any:
    """Return the ledger of hazards itself."""
    from app.hazards.page import HazardPage

    house = shell.house
    return HazardPage(
        house.hazards,
        form=house.forms["hazard"],
        papers=Papers(house.papers, house.context),
        plan=house.plan.row,
        answered=house.answers.told,
        people=house.staff.names,
        memory=house.store,
    )


def notices(shell: Shell) -> Any:
    """Return the notices that went out, and who has not answered."""
    from app.hazards.notices.page import NoticePage

    house = shell.house
    return NoticePage(
        house.hazards,
        papers=Papers(house.papers, house.context),
        go=lambda uid: shell.go("hazards", uid),
        people=house.staff.names,
        memory=house.store,
    )


def checks(shell: Shell) -> Any:
    """Return the checks that were walked, and the way to type back the next."""
    from app.hazards.checks.page import CheckPage

    house = shell.house
    return CheckPage(
        house.checks,
        papers=Papers(house.papers, house.context),
        go=lambda uid: shell.go("hazards", uid),
        people=house.staff.names,
        memory=house.store,
    )


def campaigns(shell: Shell) -> Any:
    """Return the campaigns; their numbers lead to the ledger."""
    from app.hazards.campaigns.page import CampaignPage

    def go(name: str, tag: str) -> None:
        filters = shell.go("hazards").filters
        filters.clear()
        filters.choose_tag(tag)
        filters.choose("campaign", name)

    house = shell.house
    return CampaignPage(
        house.campaigns,
        hazards=house.hazards,
        templates=house.campaign_forms,
        papers=Papers(house.papers, house.context),
        go=go,
        people=house.staff.names,
        memory=house.store,
    )


def risks(shell: Shell) -> Any:
    """Return the risk points of the school."""
    from app.hazards.risks.page import RiskPage

    house = shell.house
    return RiskPage(
        house.risks,
        form=house.forms["risk"],
        papers=Papers(house.papers, house.context),
        places=house.places,
        plan=house.plan.row,
        people=house.staff.names,
        memory=house.store,
    )


def surroundings(shell: Shell) -> Any:
    """Return what is around the school."""
    from app.hazards.surroundings.page import SurroundingPage

    house = shell.house
    return SurroundingPage(
        house.surroundings,
        form=house.forms["surrounding"],
        papers=Papers(house.papers, house.context),
        memory=house.store,
    )


def places(shell: Shell) -> Any:
    """Return the dictionary of buildings and spots."""
    from app.hazards.places.page import PlacePage

    house = shell.house
    return PlacePage(
        house.places,
        form=house.forms["place"],
        people=house.staff.names,
        papers=Papers(house.papers, house.context),
        memory=house.store,
    )


def charts(shell: Shell) -> Any:
    """Return the statistics; every bar leads to the ledger or to the checks."""
    from app.hazards.charts.page import ChartPage

    def go(room: str, pick: Pick) -> None:
        page = shell.go(room)
        page.filters.pick(pick)
        page.table.setFocus()

    house = shell.house
    return ChartPage(
        house.charts,
        papers=Papers(house.papers, house.context),
        inner=Papers(house.papers, partial(house.context, level="内部")),
        go=go,
        memory=house.store,
    )
