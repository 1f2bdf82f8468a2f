"""How each page of the town's window is made, and what stands behind its menu."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from app.rooms import Tab
from app.ui.papers import Papers
from app.ui.subpages import Subpage, Subpages

if TYPE_CHECKING:
    from app.shell import Shell


def tabs(shell: Shell) -> list[Tab]:
    """Return the tabs of a town; everybody may look."""
    return [
        Tab("各校", "town_schools", schools),
        Tab("全镇隐患", "town_hazards", hazards),
        Tab("图表", "town_charts", charts),
        Tab("报送情况", "town_weeks", sent, ("town_reports", "town_events")),
        Tab("设置", "town_settings", settings),
    ]


def schools(shell: Shell) -> Any:
    """Return every school on one line; files are taken in here."""
    from app.handover.town.schools_page import SchoolsPage

    house = shell.house
    return SchoolsPage(
        house.town,
        house.verdicts,
        papers=_papers(shell),
        go=lambda name: shell.go("town_hazards").look_at(name),
        memory=house.store,
    )


def hazards(shell: Shell) -> Any:
    """Return the hazards of all schools."""
    from app.handover.town.hazards_page import TownHazardPage

    house = shell.house
    return TownHazardPage(
        house.town,
        house.verdicts,
        papers=_papers(shell),
        to_schools=lambda: shell.go("town_schools"),
        memory=house.store,
    )


def charts(shell: Shell) -> Any:
    """Return the pictures; the bars of a school lead to its hazards."""
    from app.handover.town.charts_page import TownChartPage

    go = shell.go
    return TownChartPage(shell.house.town, go=lambda name: go("town_hazards").look_at(name))


def sent(shell: Shell) -> Any:
    """Return who has sent what: the weeks, the single reports, and the counts they tell."""
    return Subpages(
        [
            Subpage("每周", "town_weeks", lambda: weeks(shell)),
            Subpage("各校报告", "town_reports", lambda: reports(shell)),
            Subpage("事件和纠纷", "town_events", lambda: events(shell)),
        ]
    )


def reports(shell: Shell) -> Any:
    """Return the reports of all schools, to be accepted or returned."""
    from app.handover.town.reports_page import TownReportPage

    house = shell.house
    return TownReportPage(
        house.town,
        house.verdicts,
        papers=_papers(shell),
        to_schools=lambda: shell.go("town_schools"),
        memory=house.store,
    )


def events(shell: Shell) -> Any:
    """Return how many incidents and disputes each school counts."""
    from app.handover.town.events_page import TownEventPage

    return TownEventPage(
        shell.house.town,
        papers=_papers(shell),
        to_schools=lambda: shell.go("town_schools"),
        memory=shell.house.store,
    )


def weeks(shell: Shell) -> Any:
    """Return who has sent and who has not."""
    from app.handover.town.weeks_page import WeekPage

    return WeekPage(
        shell.house.town,
        papers=_papers(shell),
        to_schools=lambda: shell.go("town_schools"),
        memory=shell.house.store,
    )


def settings(shell: Shell) -> Any:
    """Return the town's own key and name."""
    from app.handover.town.desk_dialog import open_desk
    from app.handover.town.settings_page import TownSettingsPage

    house = shell.house

    def done() -> None:
        shell.setWindowTitle(house.title())

    return TownSettingsPage(
        house.town,
        house.town_keys,
        papers=_papers(shell),
        edit=lambda: open_desk(shell, house.town, done),
    )


def _papers(shell: Shell) -> Papers:
    return Papers(shell.house.papers, shell.house.context)
