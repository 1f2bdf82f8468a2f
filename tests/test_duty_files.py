"""Hand-made rosters by command: checked with sheet, row, column and value; nothing is written."""

import openpyxl
import pypdfium2
import pytest

from app.core.desk import unlock
from app.house import House
from tests.core.sheets import raw
from tests.duties.conftest import furnish
from tests.terminal import PASSWORD, found_school


@pytest.fixture(scope="module")
def school(tmp_path_factory):
    desk = found_school(tmp_path_factory.mktemp("school") / "校安台数据")
    opened = unlock(desk.paths, desk.user, PASSWORD)
    furnish(House(opened.store, opened.paths))
    opened.close()
    return desk


def roster(folder, *rows):
    book = openpyxl.Workbook()
    book.active.title = "十月"
    for row in (["日期", "带班领导", "校门护学早", "司机"], *rows):
        book.active.append(row)
    book.save(folder / "值班表.xlsx")
    return folder / "值班表.xlsx"


def test_every_break_of_a_file_has_its_place_and_nothing_is_written(school, tmp_path):
    path = roster(tmp_path, ["2026-10-12", "刘玉兰", "周海涛、王五", "何师傅"])
    before = school.content()
    code, said = school.gives("duty", "check", path)
    assert code == 1
    assert set(said) == {"ok", "breaks", "seats"}
    assert (said["ok"], said["seats"]) == (False, 2)
    assert all(
        set(one) == {"sheet", "row", "column", "value", "rule", "why"} for one in said["breaks"]
    )
    told = {(one["sheet"], one["row"], one["column"], one["rule"]) for one in said["breaks"]}
    assert told == {
        ("十月", 2, "带班领导", "不符合岗位要求"),
        ("十月", 2, "校门护学早", "不在名册"),
        ("十月", 2, "校门护学早", "人数不够"),
        ("", 0, "", "要问清"),
    }
    assert school.content() == before


def test_a_file_that_breaks_nothing_is_fine(school, tmp_path):
    path = roster(tmp_path, ["2026-10-12", "王建国", "周海涛、刘玉兰", None])
    assert school.says("duty", "check", path) == {"ok": True, "breaks": [], "seats": 3}


HOSTILE = {
    "nothing in it": (lambda: b"", "空文件"),
    "cut off": (lambda: raw.sample("班主任花名册.xlsx")[:-400], "没有完成"),
    "a password": (lambda: raw.ole("EncryptionInfo", "EncryptedPackage"), "密码"),
    "400 MB of blanks": (lambda: raw.blanks(400), "大得不正常"),
    "billion laughs": (raw.laughs, "没有读出来"),
    "a look into another file": (raw.outside, "没有读出来"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_changes_nothing(school, tmp_path, case):
    make, word = HOSTILE[case]
    path = tmp_path / "值班表.xlsx"
    path.write_bytes(make())
    before = school.content()
    error = school.is_refused("duty", "check", path)
    assert word in error["what"] and error["safe"] and error["do"]
    assert school.content() == before


def test_a_list_of_pupils_is_no_roster(school, tmp_path):
    path = tmp_path / "名册.xlsx"
    path.write_bytes(raw.sample("班主任花名册.xlsx"))
    code, said = school.gives("duty", "check", path)
    assert (code, said["seats"]) == (1, 0)
    assert "没有认出值班表" in said["breaks"][0]["why"]


def test_a_roster_is_printed_by_command(school, tmp_path):
    school.says("duty", "generate", "--from", "2026-10-12", "--to", "2026-10-16")
    where = ("--where", "first=2026-10-12", "--where", "last=2026-10-16")
    for paper in ("duty_month", "duty_month_large", "duty_gate", "duty_patrol", "duty_fair"):
        out = tmp_path / f"{paper}.pdf"
        assert school.says("print", paper, "--out", out, *where)["pages"] == 1, paper
        assert out.read_bytes().startswith(b"%PDF")
    out = tmp_path / "gate.pdf"
    for only in ("post=校门护学早", "family=护学岗"):
        school.says("print", "duty_month", "--out", out, *where, "--where", only)
        with pypdfium2.PdfDocument(out) as pdf:
            said = pdf[0].get_textpage().get_text_range()
        assert "校门护学早" in said and "午间巡逻" not in said
    out = tmp_path / "strips.pdf"
    assert school.says("print", "duty_slip", "--out", out, *where)["pages"] >= 2
    error = school.is_refused("print", "duty_month", "--out", out, "--where", "month=十月")
    assert error["do"]
