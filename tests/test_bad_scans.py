"""Scanned receipts as bad as they come, given by command: each a sentence with a way on."""

import shutil
from types import SimpleNamespace

import pytest
from PIL import ImageFilter

from app.core.desk import unlock
from app.core.paper import Printed
from app.house import House
from tests.letters.papers import (
    as_pdf,
    blank,
    large_in_colour,
    locked,
    of_another_school,
    scan,
    sheets_of,
    sign,
    two_on_a_page,
)
from tests.terminal import PASSWORD, Terminal, found_school

ROOM, STRANGE = "二年级1班", "王\ue123"
NAMES = ("赵一鸣", "钱多多", "孙小满", "周明明", "欧阳子涵", "欧阳子涵", STRANGE)


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    """Seven pupils, two of one name, one no font can print, one who has left; two letters out."""
    folder = tmp_path_factory.mktemp("school")
    desk = found_school(folder / "校安台数据")
    rows = [f"{name},{ROOM},{n},2018-05-0{n}" for n, name in enumerate(NAMES, start=1)]
    (folder / "名册.csv").write_text("\n".join(("姓名,班级,座号,出生日期", *rows)), "utf-8")
    assert desk.says("import", "students", folder / "名册.csv")["added"] == len(NAMES)
    batches = [desk.says("letters", "issue", letter)["batch"] for letter in ("防溺水", "交通")]
    sheets = []
    for batch in batches:
        code, said = desk.gives("letters", "print", batch, "--out", folder / "信.pdf")
        assert code == 0, said
        printed = Printed((folder / "信.pdf").read_bytes(), said["pages"])
        sheets.append([sign(sheet) for sheet in sheets_of(printed)])
    opened = unlock(desk.paths, desk.user, PASSWORD)
    students = House(opened.store, opened.paths).students
    gone = next(pupil for pupil in students.pupils() if pupil.name == "周明明")
    students.correct(gone.uid, status="毕业")
    opened.close()
    return SimpleNamespace(desk=desk, batch=batches[0], sheets=sheets)


@pytest.fixture
def desk(school, tmp_path):
    shutil.copytree(school.desk.folder, tmp_path / "校安台数据")
    return Terminal(tmp_path / "校安台数据")


def test_a_stack_of_everything_is_booked_where_sure_and_told_where_not(desk, school, tmp_path):
    mine, theirs = school.sheets
    spoiled = mine[1].filter(ImageFilter.GaussianBlur(25))
    stack = [
        mine[0].rotate(180),  # upside down
        two_on_a_page(mine[4:6]),  # the two of one name
        mine[0],  # photocopied
        mine[3],  # of one who has left
        mine[6],  # of a name no font has
        theirs[2],  # of another batch
        of_another_school(school.batch)[0][0],
        blank(),
        spoiled,
    ]
    file = as_pdf(scan(stack), tmp_path / "扫描.pdf")
    said = desk.says_beside("letters", "scan", school.batch, file)
    assert said == {
        "pages": 9,
        "matched": 5,
        "already": 1,
        "foreign": 2,
        "unreadable": [{"file": str(file), "page": 9}],
    }
    for told in (
        "是同一张回执，只收前面那一张",
        "已经毕业，照样记",
        "那一批的回执",
        "不是本校发的回执，请交还给发信的学校",
        "第9页读不出编号。请在窗口里",
        "跳过了1页空白",
    ):
        assert told in desk.aside, told
    missing = desk.says("letters", "status", school.batch)["missing"]
    assert sorted(row["name"] for row in missing) == ["孙小满", "钱多多"]
    assert desk.says_beside("letters", "scan", school.batch, file)["already"] == 6
    assert "可能是复印件" in desk.aside


def test_a_scan_of_1200_dots_in_colour_is_read(desk, school, tmp_path):
    file = large_in_colour(school.sheets[0][0], tmp_path / "大.jpg")
    assert desk.says("letters", "scan", school.batch, file)["matched"] == 1


def test_files_that_cannot_be_read_stop_all_and_are_all_named(desk, school, tmp_path):
    good = as_pdf(scan(school.sheets[0][:1]), tmp_path / "好.pdf")
    (tmp_path / "空.pdf").touch()
    before = desk.content()
    error = desk.is_refused(
        *("letters", "scan", school.batch, good),
        *(locked(tmp_path / "加密.pdf"), tmp_path / "空.pdf", tmp_path / "没有.pdf"),
    )
    for told in ("“加密.pdf”", "设了密码", "“空.pdf”", "空文件", "“没有.pdf”", "不见了"):
        assert told in error["what"], told
    assert error["safe"] == "一份回执也没有登记。" and "不带密码另存一份" in error["do"]
    assert desk.content() == before


def test_the_proof_of_one_of_two_of_one_name_asks_which(desk, tmp_path):
    out = tmp_path / "证明.pdf"
    error = desk.is_refused("letters", "proof", "欧阳子涵", "--out", out)
    assert "有2名" in error["what"] and "座号" in error["do"] and not out.exists()
    assert desk.says("letters", "proof", f"{ROOM}6号欧阳子涵", "--out", out)["pages"] >= 1
