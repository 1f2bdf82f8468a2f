"""F1: every page says what it is for and how it is used."""

import pytest
from PySide6.QtCore import Qt

from app.agenda.page import AgendaPage
from app.agenda.rules_page import RulesPage
from app.agenda.year_page import YearPage
from app.calendar.page import CalendarPage
from app.chemicals.moves_page import MovesPage
from app.chemicals.page import ChemicalPage
from app.drills.contingencies.page import ContingencyPage
from app.drills.doing.figures_page import DrillFiguresPage
from app.drills.ledger_page import DrillLedgerPage
from app.drills.page import DrillPage
from app.duties.book.diary_page import SafetyLogPage
from app.duties.book.gate_page import GatePage
from app.duties.book.log_page import DutyLogPage
from app.duties.book.patrol_page import PatrolPage
from app.duties.page import DutyPage
from app.duties.posts.post_page import PostPage
from app.duties.swap_page import SwapPage
from app.handover.binder.page import BinderPage
from app.handover.page import HandoverPage
from app.hazards.charts.page import ChartPage
from app.hazards.checks.page import CheckPage
from app.hazards.page import HazardPage
from app.ledgers.page import LedgersPage
from app.letters.page import LetterPage
from app.meetings.education.page import EducationPage
from app.meetings.page import MeetingPage
from app.people.absence_page import AbsencePage
from app.people.page import StaffPage
from app.privacy.impacts_page import ImpactsPage
from app.privacy.leaks_page import LeaksPage, ReleasesPage
from app.privacy.looks_page import LooksPage
from app.privacy.selfchecks_page import SelfChecksPage
from app.students.boarding.leave_page import LeavePage
from app.students.boarding.roll_page import RollPage
from app.students.boarding.stay_page import StayPage
from app.students.care.page import CarePage
from app.students.page import StudentPage
from app.students.roll.page import LeaverPage
from app.students.roll.turns_page import TurnPage
from app.students.travel.page import TravelPage
from app.ui.manual_window import ManualWindow
from app.ui.page import Page

PAGES = (
    AgendaPage,
    YearPage,
    RulesPage,
    HazardPage,
    CheckPage,
    ChartPage,
    DrillPage,
    DrillFiguresPage,
    CalendarPage,
    DrillLedgerPage,
    DutyPage,
    SwapPage,
    StudentPage,
    CarePage,
    LeavePage,
    RollPage,
    StayPage,
    TurnPage,
    LeaverPage,
    TravelPage,
    LetterPage,
    ContingencyPage,
    LedgersPage,
    ChemicalPage,
    MovesPage,
    MeetingPage,
    EducationPage,
    DutyLogPage,
    PatrolPage,
    GatePage,
    SafetyLogPage,
    HandoverPage,
    BinderPage,
    LooksPage,
    ImpactsPage,
    LeaksPage,
    ReleasesPage,
    SelfChecksPage,
    StaffPage,
    AbsencePage,
    PostPage,
)


@pytest.mark.parametrize("kind", PAGES, ids=lambda kind: kind.title)
def test_every_page_says_how_it_is_used_in_whole_sentences(kind):
    assert kind.help_text.endswith("。")
    assert all(line.endswith("。") for line in kind.help_text.splitlines())


def test_f1_opens_the_help_of_the_page_on_the_screen(user, qtbot):
    class Plain(Page):
        title, help_text = "样子", "这一页没有什么要说的。"

    page = Plain()
    user.opens(page)
    qtbot.keyClick(page, Qt.Key.Key_F1)
    help = page.findChild(ManualWindow)
    assert help.chapter() == "这一页：样子"
    assert help.text().split("\n") == ["样子怎么用", "这一页没有什么要说的。"]
    qtbot.keyClick(help, Qt.Key.Key_Escape)
    assert not help.isVisible() and page.isVisible()


def test_a_page_reads_when_it_is_shown_and_again_only_for_news_that_concern_it(user):
    class Counting(Page):
        topics = frozenset({"hazard"})
        times = 0

        def refresh(self):
            super().refresh()
            self.times += 1

    page = Counting()
    page.hear(frozenset({"hazard"}))
    assert page.times == 0, "nobody looks at it yet"
    user.opens(page)
    assert page.times == 1
    page.hear(frozenset({"student"}))
    assert page.times == 1
    page.hear(frozenset({"hazard", "student"}))
    assert page.times == 2
    page.hide()
    page.hear(frozenset({"hazard"}))
    assert page.times == 2
    page.show()
    assert page.times == 3
