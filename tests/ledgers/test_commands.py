"""The plain ledgers by command: named, entered, listed, printed; a form file checked."""

import json

import pytest
from openpyxl import Workbook

from tests.ledgers.conftest import BOILER, ROOT
from tests.terminal import found_school

DISPUTE = {
    "found_on": "2026-01-05",
    "kind": "家校之间",
    "what": "对作业有意见",
    "grade": "低",
    "measures": "班主任家访",
    "owner": "张老师",
    "parties": "王家",
    "due_on": "2026-02-05",
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    return found_school(tmp_path_factory.mktemp("school") / "校安台数据")


def test_a_file_is_entered_listed_and_printed(desk, tmp_path):
    file = tmp_path / "纠纷.json"
    file.write_text(json.dumps([DISPUTE], ensure_ascii=False), encoding="utf-8")
    number = desk.says("enter", "dispute", file)["numbers"][0]
    assert number == "MD-2026-0001"
    (row,) = desk.says("list", "dispute")
    assert (row["number"], row["found_on"], row["parties"]) == (number, "2026-01-05", None)
    assert desk.says("list", "dispute", "--sealed")[0]["parties"] == "王家"
    assert desk.says("list", "dispute", "--where", "kind=其他") == []
    standing = {one["id"]: one for one in desk.says("ledgers")}
    assert len(standing) >= 40
    assert standing["dispute"] == {
        "id": "dispute",
        "title": "矛盾纠纷排查台账",
        "group": "人与事",
        "lines": 1,
        "next_due": "2026-02-05",
    }
    assert desk.says("print", "dispute", "--out", tmp_path / "纠纷.pdf") == {"pages": 1}
    assert (tmp_path / "纠纷.pdf").read_bytes().startswith(b"%PDF")
    assert "dispute" in {paper["id"] for paper in desk.says("papers")}


def test_a_spreadsheet_is_entered_line_by_line(desk, tmp_path):
    book = Workbook()
    book.active.append(("到访时间", "来访人姓名", "人数", "事由", "被访人", "被访人已同意"))
    book.active.append(("2026-01-05 09:10", "王大山", 1, "送书包", "张老师", "是"))
    book.active.append(("2026-01-05 10:10", "李四", 1, "找人", "张老师", "否"))
    book.save(tmp_path / "来访.xlsx")
    done = desk.says("enter", "gate_visit", tmp_path / "来访.xlsx")
    assert (done["added"], done["refused"]) == (1, 1)
    assert "“被访人已同意”要是“是”才能登记" in done["problems"][0]["message"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "no_such_book"), "没有“no_such_book”这个名册或台账"),
        (("enter", "no_such_book", "FILE"), "没有叫“no_such_book”的台账"),
        (("enter", "dispute", "FILE"), "第1条录不进去：没有“nobody”这个空"),
        (("list", "gang_clue", "--sealed"), "这本台账保密"),
        (("print", "gang_clue", "--out", "OUT"), "没有叫“gang_clue”的表"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(desk, tmp_path, words, said):
    file = tmp_path / "坏.json"
    file.write_text('{"nobody": 1}', encoding="utf-8")
    given = [{"FILE": file, "OUT": tmp_path / "x.pdf"}.get(word, word) for word in words]
    assert desk.is_refused(*given)["what"].startswith(said)
    assert not (tmp_path / "x.pdf").exists()


def test_a_form_file_is_checked_before_anybody_relies_on_it(desk, tmp_path):
    good = tmp_path / "锅炉.toml"
    good.write_text(BOILER, encoding="utf-8")
    found = desk.says("ledger", "check", good)
    assert (found["ok"], found["title"], found["fields"]) == (True, "锅炉台账", 13)
    assert found["width_mm"] <= 267
    bad = tmp_path / "坏.toml"
    bad.write_text(BOILER.replace('kind = "choice"', 'kind = "formula"'), encoding="utf-8")
    code, told = desk.gives("ledger", "check", bad)
    assert code == 1
    assert "kind写了“formula”" in told["problems"][0]
    room = ROOT / "forms/ledgers/hazard.toml"
    code, told = desk.gives("ledger", "check", room)
    assert (code, told["ok"]) == (1, False)
    clash = tmp_path / "抢号.toml"
    clash.write_text(BOILER.replace('"GL"', '"MD"'), encoding="utf-8")
    code, told = desk.gives("ledger", "check", clash)
    assert code == 1
    assert "台账“矛盾纠纷排查台账”在用" in told["problems"][0]


def test_a_school_form_in_its_own_folder_is_a_ledger_like_the_shipped_ones(desk):
    own = desk.paths.school_forms / "ledgers"
    own.mkdir(parents=True)
    (own / "锅炉.toml").write_text(BOILER, encoding="utf-8")
    assert "town_boiler" in {one["id"] for one in desk.says("ledgers")}
    assert desk.says("list", "town_boiler") == []


def test_a_ledger_is_taken_in_changed_by_a_newer_file_and_given_on(desk, tmp_path):
    file = tmp_path / "茶炉.toml"
    text = BOILER.replace("town_boiler", "town_tea").replace('"GL"', '"CLU"')
    file.write_text(text, encoding="utf-8")
    taken = desk.says("ledger", "take", file)
    assert taken == {
        "id": "town_tea",
        "title": "锅炉台账",
        "group": "设备",
        "number": "CLU",
        "fields": 13,
        "replaced": False,
        "changes": [],
    }
    file.write_text(text.replace('label = "地点"', 'label = "位置"'), encoding="utf-8")
    again = desk.says("ledger", "take", file)
    assert (again["replaced"], again["changes"]) == (True, ["“地点”改名为“位置”"])
    assert [one["version"] for one in desk.says("ledger", "versions", "town_tea")] == [2, 1]
    assert desk.says("ledger", "versions", "town_tea")[0]["source"] == "带来的"
    out = tmp_path / "给.toml"
    assert desk.says("ledger", "give", "town_tea", "--out", out)["id"] == "town_tea"
    assert desk.says("ledger", "check", out)["ok"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ledger", "take", "BAD"), "台账文件“坏.toml”用不了：“dispute”是软件自带的台账"),
        (("ledger", "take", "NONE"), "台账文件“没有.toml”用不了：读不出来"),
        (("ledger", "give", "no_such_book", "--out", "OUT"), "没有叫“no_such_book”的台账"),
        (("ledger", "versions", "no_such_book"), "没有叫“no_such_book”的台账"),
    ],
)
def test_what_cannot_be_taken_or_given_is_refused_in_words(desk, tmp_path, words, said):
    bad = tmp_path / "坏.toml"
    bad.write_text(BOILER.replace("town_boiler", "dispute"), encoding="utf-8")
    given = {"BAD": bad, "NONE": tmp_path / "没有.toml", "OUT": tmp_path / "x.toml"}
    assert desk.is_refused(*(given.get(word, word) for word in words))["what"].startswith(said)
    assert not (tmp_path / "x.toml").exists()
    assert desk.gives("ledger", "check", bad)[0] == 1
