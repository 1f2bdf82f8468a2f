"""Lines that come in from a school's own list, and from a file another program wrote."""

import json
from datetime import date, datetime
from decimal import Decimal

import pytest
from openpyxl import Workbook

from app.core.errors import UserError
from app.core.imports import Fate
from app.core.sheets import read_book
from app.ledgers.entryfile import enter_lines, read_lines
from app.ledgers.importing import carry_out, plan_lines

BOILER = "town_boiler"
HEADS = ("名称", "地点", "种类", "启用日期", "管理人", "压力", "下次检验")


@pytest.fixture
def book(tmp_path):
    def write(*rows, heads=HEADS):
        made = Workbook()
        made.active.append(heads)
        for row in rows:
            made.active.append(row)
        made.save(tmp_path / "旧台账.xlsx")
        return read_book(tmp_path / "旧台账.xlsx")

    return write


def test_a_list_comes_in_line_by_line_and_once_only(ledgers, book):
    rows = (
        ("一号", "食堂", "热水", date(2024, 3, 1), "陈建国", 0.7, "2026.12.1"),
        ("二号", "宿舍", "蒸汽", "2025年9月1日", "吴敏", None, None),
    )
    plan = plan_lines(ledgers, BOILER, book(*rows))
    assert [line.fate for line in plan.lines] == [Fate.ADDED] * 2
    assert ledgers.lines(BOILER) == [], "looking writes nothing"
    carry_out(ledgers, BOILER, plan)
    newer, older = ledgers.lines(BOILER)
    assert (older["pressure"], older["next_date"]) == (Decimal("0.7"), date(2026, 12, 1))
    assert (newer["bought_on"], newer.number) == (date(2025, 9, 1), "GL-2025-0001")
    again = plan_lines(ledgers, BOILER, book(*rows))
    assert [line.fate for line in again.lines] == [Fate.UNCHANGED] * 2


def test_a_line_that_cannot_be_is_not_taken_and_the_others_are(ledgers, book):
    plan = plan_lines(
        ledgers,
        BOILER,
        book(
            ("一号", "食堂", "燃油", date(2024, 3, 1), "陈建国", None, None),
            ("二号", "宿舍", "热水", date(2024, 3, 1), "吴敏", "很大", None),
            (None, "宿舍", "热水", date(2024, 3, 1), "吴敏", None, None),
        ),
    )
    assert [line.fate for line in plan.lines] == [Fate.REFUSED, Fate.ADDED, Fate.REFUSED]
    said = [str(problem) for problem in plan.problems]
    assert any("应为：蒸汽、热水" in one for one in said)
    assert any("压力·很大：应为数字" in one for one in said)
    assert any("“名称”没有填" in one for one in said)


def test_what_is_exported_comes_in_again_as_it_was(ledgers, book, boiler, tmp_path):
    boiler(pressure=Decimal("0.70"), next_date=date(2027, 1, 2))
    (line,) = ledgers.lines(BOILER)
    heads = [field.label for field in line.form.fields]
    found = plan_lines(ledgers, BOILER, book(list(line.values.values()), heads=heads))
    assert [one.fate for one in found.lines] == [Fate.UNCHANGED]


def entered(ledgers, tmp_path, said):
    file = tmp_path / "纠纷.json"
    file.write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
    return enter_lines(ledgers, "dispute", read_lines(file))


DISPUTE = {
    "found_on": "2026-11-03",
    "纠纷类型": "家校之间",
    "what": "对作业有意见",
    "grade": "低",
    "measures": "班主任家访",
    "owner": "孙丽华",
    "heads": 2,
}


def test_lines_of_a_file_are_entered_by_key_or_by_label(ledgers, tmp_path):
    assert entered(ledgers, tmp_path, [DISPUTE, DISPUTE | {"heads": 3}]) == {
        "numbers": ["MD-2026-0001", "MD-2026-0002"]
    }
    assert [line["heads"] for line in ledgers.lines("dispute")] == [3, 2]


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"found_on": "没有"}, "第2条录不进去：“排查日期”应为日期"),
        ({"found_on": "2030-01-01"}, "第2条录不进去：“排查日期”还没有到"),
        ({"grade": "很高"}, "第2条录不进去：“风险等级”应为：低、中、高"),
        ({"nonsense": 1}, "第2条录不进去：没有“nonsense”这个空"),
        ({"heads": {"a": 1}}, "第2条录不进去：“涉及人数”写成了一串或者一个对象"),
        ({"heads": 1e300}, "第2条录不进去："),
        ({"heads": float("nan")}, "第2条录不进去：“涉及人数”应为数字"),
        ({"heads": "-1"}, "第2条录不进去：“涉及人数”不能小于1"),
    ],
)
def test_one_wrong_line_keeps_all_of_a_file_out(ledgers, tmp_path, wrong, why):
    with pytest.raises(UserError) as refused:
        entered(ledgers, tmp_path, [DISPUTE, DISPUTE | wrong])
    assert refused.value.what.startswith(why)
    assert ledgers.lines("dispute") == []


@pytest.mark.parametrize("text", ["", "[]", "3", "[1]", "{", "[" * 5000, '"x"'])
def test_a_file_that_holds_no_lines_is_refused(ledgers, tmp_path, text):
    file = tmp_path / "坏.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(UserError):
        read_lines(file)


def test_a_moment_is_read_however_a_list_keeps_it(ledgers, tmp_path, book):
    heads = ("知悉时间", "发生时间", "类别", "等级", "场所性质", "地点", "简要经过", "已采取的措施")
    rest = ("溺水", "未定", "校外", "河边", "下水", "报警")
    rows = [
        (datetime(2026, 11, 3, 9, 5), "2026-11-03 08:30", *rest),
        ("2026-11-4 9:00", "2026年11月4日 8:00", *rest),
    ]
    plan = plan_lines(ledgers, "incident", book(*rows, heads=heads))
    assert [line.fate for line in plan.lines] == [Fate.ADDED] * 2, plan.problems
    assert plan.lines[0].values["known_at"] == datetime(2026, 11, 3, 9, 5)
    assert plan.lines[1].values["happened_at"] == datetime(2026, 11, 4, 8)
