"""F1 anywhere in the windows leads to the chapter that goes on from there."""

import tomllib

import pytest
from PySide6.QtCore import Qt

from app.core.desk import create
from app.core.founding import TownFacts
from app.core.manual import read_manual
from app.core.paths import Paths, find_paths
from app.house import House
from app.sample import FACTS, PASSWORD, USER
from app.shell import Shell
from app.town_shell import TownShell
from app.ui.manual_window import ManualWindow
from app.ui.subpages import Subpages
from app.ui.unlock import Unlock
from app.ui.wizard import Wizard

MANUAL = find_paths().manual
CHAPTERS = {chapter.title: chapter.id for chapter in read_manual(MANUAL)}
LED_TO = tomllib.loads((MANUAL / "contents.toml").read_text("utf-8"))["tabs"]


@pytest.fixture
def place(tmp_path):
    return Paths(find_paths().program, tmp_path / "校安台数据", tmp_path / "本机.json")


@pytest.fixture
def shell(user, place):
    desk, _ = create(place, FACTS, USER, PASSWORD)
    yield user.opens(Shell(desk, House(desk.store, place)))
    desk.close()


@pytest.fixture
def town(user, place):
    desk, _ = create(place, TownFacts("青石镇中心学校", "QSZ00"), USER, PASSWORD)
    house = House(desk.store, place)
    house.make_town_keys()
    yield user.opens(TownShell(desk, house))
    desk.close()


def opened(user):
    """Press F1; return the id of the chapter that opens, or that the page's own help leads to."""
    front = user.front()
    user.presses(Qt.Key.Key_F1)
    window = user.front()
    assert isinstance(window, ManualWindow), f"F1 does nothing in “{front.windowTitle()}”"
    user.hears()
    further = window.text().rpartition("详细的做法：")[2].strip()
    chapter = CHAPTERS.get(window.chapter().strip()) or CHAPTERS.get(further)
    user.presses(Qt.Key.Key_Escape)
    assert user.front() is front, "Esc closes the manual and nothing else"
    return chapter


def led_over_every_page(user, window):
    """Press F1 on every page; return its tab, its word, and the chapter that opens."""
    found = []
    for tab in window.open_each():
        stands = window._pages[window._bar.currentIndex()]
        words = stands.open_each() if isinstance(stands, Subpages) else [tab]
        for word in words:
            user.settles()
            found.append((tab, word, opened(user)))
    return found


@pytest.mark.parametrize("name", ["shell", "town"])
def test_f1_of_every_page_leads_to_the_chapter_of_its_tab_or_of_its_own(user, name, request):
    found = led_over_every_page(user, request.getfixturevalue(name))
    assert len(found) > 6
    for tab, word, chapter in found:
        assert tab in LED_TO, f"no chapter is said for the tab “{tab}”"
        assert chapter in {LED_TO[tab], LED_TO.get(word)}, (tab, word, chapter)


@pytest.mark.parametrize(
    ("entry", "chapter"),
    [
        ("用户和身份…", "handover"),
        ("改口令…", "password"),
        ("学校资料…", "start"),
        ("教职工名单…", "duties"),
        ("谁看过…", "privacy"),
        ("关于校安台…", "update"),
        ("从备份恢复…", "computer"),
    ],
)
def test_f1_in_a_dialog_of_the_menu_leads_to_its_chapter(user, shell, entry, chapter):
    user.picks(shell.menu.button.text(), entry)
    assert user.front() is not shell
    user.front().activateWindow()
    user.hears()
    assert opened(user) == chapter
    user.front().reject()


def test_f1_in_a_blank_leads_to_the_chapter_of_the_page_behind(user, shell):
    shell.go("hazards").report()
    user.settles()
    assert user.front() is not shell and opened(user) == "hazards"
    user.front().reject()
    shell.go("letters").issue()
    user.settles()
    assert user.front() is not shell and opened(user) == "letters"


def test_f1_helps_before_anything_is_open(user, place, shell):
    user.opens(Unlock(place))
    assert opened(user) == "password"
    wizard = Wizard(place, open_sample=lambda job: None, open_sample_town=lambda job: None)
    user.opens(wizard)
    assert opened(user) == "start"


def test_every_word_that_leads_somewhere_leads_to_a_chapter_there_is():
    assert set(LED_TO.values()) <= set(CHAPTERS.values())
