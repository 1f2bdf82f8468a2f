"""A whole term with unmistakable names, and then every byte that was written is searched."""

import gc
from datetime import date
from urllib.parse import unquote

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication, QDialog

from app.core.desk import unlock
from app.core.errors import UserError
from app.house import House
from app.letters import Status
from app.privacy import Request
from app.shell import Shell
from app.ui.errors import watch_for_bugs
from app.ui.files import SCANS, choose_file
from tests.letters.papers import as_pdf, scan, sheets_of, sign
from tests.terminal import PASSWORD, found_school
from tests.test_privacy import CODINGS, _close_boxes, found_in, places  # noqa: F401

CHILD, OTHER, MOTHER = "欧阳璎珞", "尉迟皓轩", "司徒婉仪"
PHONES = ("13987650001", "13987650002")
SEALED = ("先天性室间隔缺损", "父母分居随外婆", "夜里常惊醒哭泣", "右胸疼痛立即平卧")
SAID = ("在村口老槐树下谈了心", "外公住院无法联系")
SECRETS = (CHILD, OTHER, MOTHER, *PHONES, *SEALED, *SAID)
TITLES: set[str] = set()


def notices():
    """Note the title of every window there is now."""
    TITLES.update(window.windowTitle() for window in QApplication.topLevelWidgets())


def hits(folders):
    """Return where a secret stands outside the folder the user saves into."""
    return [
        (name, *hit)
        for name, folder in folders.items()
        if name != "user"
        for hit in found_in(folder, SECRETS)
    ]


@pytest.fixture
def opened(places):  # noqa: F811
    """A school of two pupils, unlocked as the window does it."""
    desk = found_school(places["disk"] / "校安台数据")
    lists = places["user"] / f"{CHILD}的材料"
    lists.mkdir()
    (lists / f"{CHILD}.csv").write_text(
        "姓名,班级,监护人,联系电话,健康状况,家庭情况\n"
        f"{CHILD},二年级1班,{MOTHER},{PHONES[0]},{SEALED[0]},{SEALED[1]}\n"
        f"{OTHER},二年级1班,尉迟山,{PHONES[1]},,\n",
        "utf-8",
    )
    desk.says("import", "students", lists / f"{CHILD}.csv")
    found = unlock(desk.paths, desk.user, PASSWORD, holder="窗口")
    yield found, lists
    found.close()


def test_the_search_itself_finds_every_secret_in_every_coding(tmp_path):
    for number, coding in enumerate(CODINGS):
        (tmp_path / str(number)).write_bytes(b"\xff" + "".join(SECRETS).encode(coding))
    assert set(found_in(tmp_path, SECRETS)) == {
        (str(number), word) for number in range(len(CODINGS)) for word in SECRETS
    }


def test_a_term_of_students_care_letters_and_scans_leaves_no_name_on_the_disk(
    places,  # noqa: F811
    opened,
    user,
):
    desk, lists = opened
    house = House(desk.store, desk.paths)
    watch = watch_for_bugs(desk.paths.bug_log)
    shell = user.opens(Shell(desk, house))
    try:
        _looks_at_pupils(user, shell, house)
        care = _cares(user, shell, house)
        batch = _sends_and_scans(user, shell, house, lists)
        _protects(user, shell, house, lists)
        _chooses_a_file(user, shell, lists)
        _meets_faults(house, watch, batch)
        _locks(user, shell)
        house.store.settle()
        assert (desk.paths.database.parent / "xiaoan.db-wal").exists(), "searched while it is hot"
        assert hits(places) == []
        assert house.care.sealed(care)[care].facts["first_aid"] == SEALED[3], "and it is kept"
    finally:
        _close_boxes(user, shell)
        desk.close()
    gc.collect()
    assert desk.paths.bug_log.read_text("utf-8").count("builtins.") >= 2, "faults were written"
    assert list(desk.paths.backups.glob("*.db")), "a backup was made on closing"
    assert hits(places) == []
    assert found_in(places["user"], SECRETS), "the user's own files do hold them"
    assert [title for title in TITLES if any(word in title for word in SECRETS)] == []
    assert len(TITLES) > 4
    assert _remembered() == []


def _looks_at_pupils(user, shell, house):
    child = next(p for p in house.students.pupils() if p.name == CHILD)
    page = shell.go("students", child.uid)
    user.settles()
    page.filters.search.setText(CHILD)
    user.clicks("显示保密内容")
    notices()
    page.open(child.uid)
    user.settles()
    notices()
    _shut(user, shell)
    house.students.correct(child.uid, notes=SEALED[2])
    house.privacy.consents.say(child.uid, answer="同意", said_on=date.today(), said_by=MOTHER)
    page.print_roster()
    user.settles()
    notices()
    _shut(user, shell)


def _cares(user, shell, house):
    child = next(p for p in house.students.pupils() if p.name == CHILD)
    care = house.care.begin(
        child.uid, categories=["特异体质"], first_aid=SEALED[3], caretaker="张老师"
    )
    house.care.record(care.uid, way="谈心", done_on=date.today(), by="张老师", words=SAID[0])
    page = shell.go("care", care.uid)
    user.settles()
    page.open_file(care.uid)
    user.settles()
    notices()
    _shut(user, shell)
    page.print_sheet()
    user.settles()
    notices()
    _shut(user, shell)
    return care.uid


def _sends_and_scans(user, shell, house, lists):
    letters = house.letters
    batch = letters.issue("信息告知同意", filled={"contact": PHONES[0]}).code
    sheets = [sign(sheet) for sheet in sheets_of(letters.print_letters(batch))]
    file = as_pdf(scan(sheets[:1], "mid"), lists / f"{CHILD}回执.pdf")
    page = shell.go("letters", batch)
    user.settles()
    stack = letters.scans.read(batch, [file])
    assert letters.scans.book(stack) == 1, "the scan was read and its picture kept"
    line = next(r for r in letters.receipts(batch) if r.status is Status.OUT)
    letters.mark([line.uid], Status.NOT_REACHED, note=SAID[1])
    page.refresh()
    notices()
    back = next(r for r in letters.receipts(batch) if r.status == Status.BACK)
    assert letters.scans.picture(back.uid)
    return batch


def _protects(user, shell, house, lists):
    from app.privacy_rooms import open_privacy

    rows = house.view("students.list_sealed")({})
    data = house.privacy.releases.release(
        "学生名册", "students", rows, Request("镇教委办", "核对", "法律规定", "内部", ("name",))
    )
    (lists / f"给镇里_{CHILD}.xlsx").write_bytes(data)
    house.privacy.leaks.enter(
        found_on=date.today(),
        found_by=MOTHER,
        what=f"{CHILD}的电话发到群里",
        sorts=["电话"],
        measures="撤回",
    )
    pages = open_privacy(shell)
    for _ in pages.open_each():
        user.settles()
        notices()
    assert CHILD in str(house.view("privacy.looks")({})), "the page names the pupil"
    _shut(user, shell)
    house.handover.export(lists.parents[1] / "disk" / "报送.zip")


def _chooses_a_file(user, shell, lists):
    """Choose a file and a folder that are called as a child: Qt remembers such things."""
    chosen = []
    for _ in range(2):  # the second begins in the folder of the first
        choose_file(shell, "导入名册", f"{SCANS};;表格 (*.csv)", chosen.append)
        user.chooses_file(lists / f"{CHILD}.csv")
    assert len(chosen) == 2
    notices()
    _shut(user, shell)


def _meets_faults(house, watch, batch):
    for error in (RuntimeError(f"{CHILD} {PHONES[0]}"), KeyError(MOTHER), ValueError(SEALED[0])):
        try:
            raise error
        except Exception as caught:
            watch.record(caught)
    for act in (
        lambda: house.students.add(name=CHILD, class_uid="没有"),
        lambda: house.view(f"students.{CHILD}")({}),
        lambda: house.letters.receive(batch, [CHILD]),
        lambda: house.care.begin("无", first_aid=SEALED[3], categories=[]),
    ):
        try:
            act()
        except UserError:
            pass
        except Exception as caught:
            watch.record(caught)


def _locks(user, shell):
    user.presses("Ctrl+L")
    assert shell.guard.is_covered
    notices()
    shell.guard.uncover()
    user.settles()


def _shut(user, shell):
    for window in shell.findChildren(QDialog):
        if window.isVisible():
            window.close()
    user.settles()


def _remembered():
    """Return what Qt itself has written down of files and folders that names somebody."""
    kept = QSettings(QSettings.Scope.UserScope, "QtProject")
    kept.sync()
    said = unquote(" ".join(str(kept.value(key)) for key in kept.allKeys()))
    assert "qtVersion" in " ".join(kept.allKeys()), "Qt does write such a file"
    return [word for word in SECRETS if word in said]
