from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from app.core.errors import UserError
from app.core.paper import Context, load_papers, print_paper
from app.core.roles import Role, Sitter
from app.hazards.checks import load_checklists
from app.hazards.checks.rules import MARKS, Mark
from app.hazards.words import Step
from tests.hazards.conftest import ROOT, TODAY

LAMP = {"what": "应急灯两盏不亮", "place": "二楼走廊", "grade": "较大", "owner": "王建国"}
PILE = {"what": "楼梯口堆课桌", "place": "东楼梯"}


def text_of(printed):
    with pypdfium2.PdfDocument(printed.data) as pdf:
        return "".join(page.get_textpage().get_text_range() for page in pdf)


def test_each_cross_becomes_a_hazard_that_says_where_it_came_from(checks, hazards, walked):
    entered = walked({"gear": PILE, "exits": LAMP})
    check = checks.get(entered.check.uid)
    assert (check.number, check.points, check.faults) == ("JC-2026-0001", 6, 2)
    assert (check.title, check.kind, check.leader) == ("消防每日巡查", "日", "刘玉兰")
    first, second = (hazards.get(one.uid) for one in checks.found(check.uid))
    assert (first.what, first.grade, first.owner) == ("应急灯两盏不亮", "较大", "王建国")
    assert (first.found_on, first.found_by) == (date(2026, 3, 31), "张老师、李敏")
    assert (first.category, first.source, first.area) == ("消防安全", "学校自查（日）", None)
    assert (second.place, second.grade, second.owner) == ("东楼梯", "一般", None)
    assert first.remark == "JC-2026-0001"
    assert [record.step for record in hazards.steps(first.uid)] == ["排查", "登记"]


def test_one_undo_takes_back_the_check_and_every_hazard_of_it(store, checks, hazards, walked):
    walked({"gear": PILE, "exits": LAMP})
    assert store.undo() == "录入检查"
    assert list(checks.all()) == [] and hazards.lines() == []
    assert walked({"gear": PILE}).check.number == "JC-2026-0002", "a number is not given out twice"


def test_a_hazard_that_cannot_be_takes_the_whole_check_with_it(checks, hazards, walked):
    with pytest.raises(UserError, match="隐患等级"):
        walked({"exits": LAMP, "gear": PILE | {"grade": "特大"}})
    assert list(checks.all()) == [] and hazards.lines() == []


def test_points_may_belong_to_other_categories_than_their_list(checks, hazards, walked):
    entered = walked({"cars": PILE, "people": LAMP}, checklist="check_around", kind="专项")
    first, second = entered.hazards
    assert (first.category, second.category) == ("周边交通", "校园周边治安")
    assert (first.area, first.source) == ("校门外", "专项行动")


FINE = dict.fromkeys(("power", "exits", "gear", "doors", "posts", "others"), "√")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"checked_on": date(2026, 4, 2)}, "“检查日期”不能晚于今天"),
        ({"kind": "年"}, "“检查类型”只能填：日、周、月、学期、节前、专项"),
        ({"leader": " ", "inspectors": ""}, "“带队领导”没有填；“检查人员”没有填"),
        ({"results": {"power": "√"}}, "第2、3、4、5、6条还没有结果"),
        ({"results": {}}, "第1、2、3、4、5等6条还没有结果"),
        ({"results": FINE | {"roof": "√"}}, "没有“roof”这一条"),
        ({"results": FINE | {"gear": "好"}}, "第3条的结果写了“好”，看不懂"),
        ({"results": FINE | {"gear": "×"}}, "第3条打了×，没有写问题和部位"),
        ({"results": FINE | {"gear": "x"}, "faults": {"gear": {"what": "缺"}}}, "没有写部位"),
        ({"results": FINE, "faults": {"gear": PILE}}, "第3条没有打×，却写了问题"),
        ({"results": FINE, "faults": {"roof": PILE}}, "“roof”没有打×"),
    ],
)
def test_what_a_check_cannot_do_without_is_a_sentence_and_nothing_is_kept(
    checks, hazards, walked, said, sentence
):
    with pytest.raises(UserError, match=sentence):
        walked(**said)
    assert list(checks.all()) == [] and hazards.lines() == []


def test_marks_are_read_as_teachers_write_and_type_them():
    assert {text: MARKS[text] for text in ("1", "✓", "2", "x", "×", "3", "／")} == {
        "1": Mark.FINE,
        "✓": Mark.FINE,
        "2": Mark.FAULT,
        "x": Mark.FAULT,
        "×": Mark.FAULT,
        "3": Mark.NOT_HERE,
        "／": Mark.NOT_HERE,
    }


def test_an_unknown_checklist_is_answered_with_those_there_are(checks):
    assert checks.checklist("食堂检查").id == "check_canteen"
    with pytest.raises(UserError) as refused:
        checks.checklist("天文台")
    assert "消防每日巡查" in refused.value.do


def test_what_a_check_found_is_shown_as_it_stands_today(checks, hazards, walked):
    uid = walked({"exits": LAMP}).check.uid
    assert [one.status for one in checks.found(uid)] == ["将到期"]
    hazard = checks.found(uid)[0].uid
    hazards.sides.shelve(
        hazard,
        by="刘玉兰",
        on=TODAY,
        keeper="王建国",
        measures="停用东走廊",
        look_on=date(2026, 5, 1),
        met_on=TODAY,
        meeting="校务会议定，等维修经费",
    )
    assert [one.status for one in checks.found(uid)] == ["挂账"]


def test_a_voided_check_leaves_its_hazards_in_the_ledger(checks, hazards, walked):
    uid = walked({"exits": LAMP}).check.uid
    with pytest.raises(UserError):
        checks.void(uid, " ")
    checks.void(uid, "重复录入")
    assert list(checks.all()) == [] and len(hazards.lines()) == 1


def test_who_walks_may_enter_a_check_and_only_the_officer_voids_it(store, checks, walked):
    store.sitter = Sitter("值班甲", Role.DUTY)
    uid = walked().check.uid
    with pytest.raises(UserError, match="不能处理隐患"):
        checks.void(uid, "重复录入")
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    with pytest.raises(UserError, match="不能登记隐患"):
        walked()


def test_the_blank_sheet_and_the_filled_one_say_every_point_in_order(checks, walked, take_to):
    papers, _ = load_papers(ROOT / "forms/papers")
    context = Context("青石镇中心小学")
    sheets = checks.views["blank"]({})
    assert len(sheets) == 15 and sum(row["count"] for row in sheets) == 160
    (canteen,) = checks.views["blank"]({"checklist": "check_canteen"})
    text = text_of(print_paper(papers["checklist"], [canteen], context))
    assert "每餐留样" in text and "初检" in text and "复检" in text
    assert text.index("许可证") < text.index("健康证") < text.index("油烟机")

    entered = walked({"exits": LAMP, "gear": PILE})
    take_to(entered.hazards[0].uid, Step.CLOSE)
    (row,) = checks.views["filled"]({"number": entered.check.number})
    assert [line["first"] for line in row["results"]] == ["√", "×", "×", "√", "√", "√"]
    assert [line["again"] for line in row["results"]] == ["", "√", "", "", "", ""]
    assert row["results"][1]["words"] == "二楼走廊：应急灯两盏不亮（YH-2026-0001）"
    text = text_of(print_paper(papers["checklist_filled"], [row], context))
    assert "JC-2026-0001" in text and "共6条，有问题2条" in text


def test_a_check_keeps_its_words_when_the_school_puts_the_list_better(checks, walked, tmp_path):
    uid = walked().check.uid
    own = (ROOT / "forms/checklists/check_fire.toml").read_text("utf-8")
    own = own.replace("消防每日巡查", "本校消防巡查").replace("没有别的火灾隐患", "没有别的")
    (tmp_path / "我们的.toml").write_text(own, "utf-8")
    lists, faults = load_checklists(ROOT / "forms/checklists", tmp_path)
    assert faults == [] and lists["check_fire"].title == "本校消防巡查"
    assert checks.get(uid).results[-1]["text"] == "没有别的火灾隐患"


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('[[point]]\nkey = "a"', "第2条里缺少text"),
        ('[[point]]\nkey = "x"\ntext = "再来"', "有两条的key都是“x”"),
        ('[[point]]\nkey = "a"\ntext = "好"\nmark = "√"', "第2条里有不认识的“mark”"),
        ("[[point", "第8行的写法不对"),
    ],
)
def test_a_broken_checklist_is_named_and_stops_no_other(tmp_path: Path, line, sentence):
    head = 'id = "own"\ntitle = "表"\narea = "食堂"\ncategory = "其他"\n[[point]]\nkey = "x"\n'
    (tmp_path / "坏.toml").write_text(f'{head}text = "看"\n{line}\n', "utf-8")
    lists, (fault,) = load_checklists(ROOT / "forms/checklists", tmp_path)
    assert len(lists) == 15
    assert "检查表文件“坏.toml”用不了" in fault.what and sentence in fault.what


def test_every_shipped_checklist_uses_the_words_of_the_ledger(checks, forms):
    areas = {*forms["hazard"].field("area").choices, "全校"}
    categories = set(forms["hazard"].field("category").choices)
    for form in checks.checklists.values():
        assert form.area in areas, form.id
        assert {point.category for point in form.points} <= categories, form.id


def test_the_list_finds_checks_by_kind_year_and_number(checks, walked):
    walked({"exits": LAMP})
    walked(kind="节前", checked_on=TODAY)
    assert [row["number"] for row in checks.views["list"]({"kind": "节前"})] == ["JC-2026-0002"]
    (row,) = checks.views["list"]({"number": "JC-2026-0001", "year": "2026"})
    assert (row["faults"], row["hazards"]) == (1, ["YH-2026-0001"])
