import pypdfium2
import pytest

from app.core.errors import UserError
from app.core.paper import print_paper
from app.core.roles import Role, Sitter
from app.people import Spell
from tests.drills.doing.conftest import TODAY
from tests.drills.doing.test_register import counts

PAPERS = ("plan", "card", "slip", "signin", "record", "summary", "figures")


def text_of(printed):
    with pypdfium2.PdfDocument(printed.data) as pdf:
        texts = [page.get_textpage().get_text_range() for page in pdf]
    return "".join("".join(text.split()) for text in texts)


@pytest.fixture
def whole(house, drill):
    """A drill with everything written."""
    pupil = house.students.pupils()[0]
    house.care.begin(pupil.uid, categories=["特异体质"], caretaker="李敏", urgent_phone="139")
    (one,) = house.doing.sheets.offered()
    draft = house.doing.sheets.draft(drill.uid)
    draft["routes"][1] |= {"building": "教学楼", "stair": "东楼梯", "turn": 1, "spot": "3号线"}
    house.doing.sheets.write(drill.uid, companions=[one._replace(companion="李敏")], **draft)
    said = counts(house, drill.uid, missing=1)
    house.doing.records.count(drill.uid, said, done_on=TODAY, staff=(4, 4))
    gaps = [{"what": "东门没有开", "owner": "赵刚"}]
    house.doing.records.write(drill.uid, done_on=TODAY, gaps=gaps, summary="有序", verdict="良")
    return pupil.name


def printed(house, paper, drill, level=""):
    return text_of(house.print(f"drill_{paper}", where={"number": drill.number}, level=level))


def test_the_plan_names_a_pupil_for_inside_alone_and_a_number_elsewhere(house, drill, whole):
    inside = printed(house, "plan", drill, "内部")
    assert whole in inside and "专人陪同参加" in inside
    for level in ("上报", "班主任", ""):
        outside = printed(house, "plan", drill, level)
        assert whole not in outside and "专人陪同参加" not in outside
        assert "人数1人" in outside and "东楼梯" in outside


def test_the_guard_prints_the_plan_for_inside_without_a_name(house, drill, whole):
    house.store.sitter = Sitter("赵刚", Role.DUTY)
    assert whole not in printed(house, "plan", drill, "内部")


def test_why_somebody_was_away_stays_inside(house, drill, whole):
    for paper in ("card", "record", "slip"):
        assert "发热请假" in printed(house, paper, drill, "内部")
        assert "发热请假" not in printed(house, paper, drill, "上报")


def test_the_record_says_the_elements_and_the_summary_compares_with_the_target(house, drill, whole):
    record = printed(house, "record", drill)
    assert "□专业指导" in record.replace("口", "□") and "东门没有开" in record
    summary = printed(house, "summary", drill)
    assert "达到目标" in summary and "应参学生9人、实参8人" in summary


def test_a_sheet_before_the_drill_lists_every_class_and_everybody_who_signs(house, drill, units):
    card, sign_in = printed(house, "card", drill), printed(house, "signin", drill)
    assert all(unit in card for unit in units)
    assert all(name in sign_in for name in ("刘玉兰", "张明", "李敏", "赵刚"))
    assert "请假外出" not in sign_in
    (li,) = house.staff.named("李敏")
    house.absences.enter([li.uid], "事假", Spell(TODAY, "上午", TODAY, "上午"))
    assert printed(house, "signin", drill).count("请假外出") == 1
    slips = house.print("drill_slip", where={"number": drill.number})
    assert slips.pages == 1 and text_of(slips).count("班级清点单") == 3


def test_what_the_last_drill_left_stands_on_top_of_the_next_plan(house, drill, whole):
    again = house.drills.enter(kind="地震", planned_on=TODAY)
    assert "东门没有开" in printed(house, "plan", again)[:120]


@pytest.mark.parametrize("paper", PAPERS)
def test_every_sheet_prints_blank_for_the_pen(house, paper):
    form = house.papers[f"drill_{paper}"]
    blank = print_paper(form, [], house.context(form))
    assert blank.pages in (1, 2) and form.title in text_of(blank)


def test_a_summary_of_a_drill_that_was_not_held_is_refused(house, drill):
    with pytest.raises(UserError, match="没有可打印的记录"):
        house.print("drill_summary", where={"number": drill.number})
