from datetime import date

import pytest

from app.students.care.levels import Known, Scale, known_from, propose
from app.students.care.rules import (
    Every,
    Level,
    State,
    is_late,
    next_after,
    told_counts,
)

FIRST, SECOND, THIRD = Level


@pytest.mark.parametrize(
    ("known", "level", "said"),
    [
        (Known(), THIRD, "还没有填能定级的情况 → 三级"),
        (Known(["心理"]), THIRD, "心理需要关注 → 三级"),
        (Known(["心理"], talks=2), THIRD, "心理需要关注 → 三级"),
        (Known(["心理"], talks=3), THIRD, "本学期3次心理谈话 → 三级"),
        (Known(["学困"], talks=9), THIRD, "学习困难 → 三级"),
        (
            Known(["心理"], talks=3, left_behind="双亲留守"),
            SECOND,
            "本学期3次心理谈话、监护人外出 → 二级",
        ),
        (Known(["心理"], left_behind="非留守"), THIRD, "心理需要关注 → 三级"),
        (Known(["心理"], doctor="建议就医"), SECOND, "建议就医还没有就医 → 二级"),
        (Known(["心理"], doctor="已就医"), THIRD, "已经就医 → 三级"),
        (Known(["心理"], watch="父亲陪同在家"), FIRST, "需要24小时看护 → 一级"),
        (Known(["心理"], watch=" "), THIRD, "心理需要关注 → 三级"),
        (
            Known(["心理"], doctor="建议就医", talks=6),
            FIRST,
            "建议就医还没有就医、本学期6次心理谈话 → 一级",
        ),
        (Known(["特异体质"], ["先天性心脏病"]), SECOND, "先天性心脏病 → 二级"),
        (Known(["特异体质"], ["先天性心脏病", "哮喘"]), FIRST, "先天性心脏病、哮喘 → 一级"),
        (Known(["特异体质"], ["过敏"]), THIRD, "过敏 → 三级"),
        (Known(["特异体质"], ["过敏"], "免修"), SECOND, "过敏、体育免修 → 二级"),
        (Known(["特异体质"], ["过敏"], "减量"), THIRD, "过敏 → 三级"),
        (Known(["家庭"], home=["孤儿"]), SECOND, "孤儿 → 二级"),
        (Known(["留守"], home=["双亲外出"], left_behind="双亲留守"), THIRD, "监护人外出 → 三级"),
        (
            Known(["留守"], home=["双亲外出"], ability="不足"),
            SECOND,
            "监护能力不足、监护人外出 → 二级",
        ),
        (
            Known(["留守"], home=["双亲外出"], ability="无人监护"),
            FIRST,
            "无人监护、监护人外出 → 一级",
        ),
        (
            Known(["家庭", "学困", "行为"], home=["离异", "隔代抚养"]),
            FIRST,
            "离异、隔代抚养、学习困难、行为需要关注 → 一级",
        ),
        (Known(["残疾"]), THIRD, "身体需要关注 → 三级"),
    ],
)  # fmt: skip
def test_the_facts_ask_for_a_level_and_say_why(known, level, said):
    assert propose(known) == (level, said)


@pytest.mark.parametrize(
    ("known", "scale", "said"),
    [
        (Known(["心理"], talks=3), Scale(talks=4), "心理需要关注 → 三级"),
        (Known(["心理"], talks=4), Scale(many_talks=4), "本学期4次心理谈话 → 二级"),
        (
            Known(["特异体质"], ["癫痫", "哮喘"]),
            Scale(weighty=3),
            "癫痫、哮喘 → 二级",
        ),
        (Known(["特异体质"], ["哮喘"]), Scale(grave=("癫痫",)), "哮喘 → 三级"),
        (Known(["特异体质"], ["过敏"], "免修"), Scale(some=3), "过敏、体育免修 → 三级"),
        (Known(["特异体质"], ["过敏"], "免修"), Scale(many=2), "过敏、体育免修 → 一级"),
    ],
)
def test_a_school_may_count_otherwise_and_the_sentence_follows(known, scale, said):
    assert propose(known, scale).said == said


def test_a_scale_that_contradicts_itself_is_named():
    assert Scale().faults() == []
    assert "不能比起算的次数少" in Scale(talks=9).faults()[0]
    assert "不能比定二级的少" in Scale(some=9).faults()[0]
    assert "1到99" in Scale(weighty=0).faults()[0]


def test_blanks_of_a_part_nobody_asks_for_do_not_speak():
    facts = {"illnesses": ["癫痫"], "watch": "父亲", "ability": "无人监护", "home": ["孤儿"]}
    known = known_from({"categories": ["学困"], **facts}, "双亲留守", 9)
    assert propose(known).said == "监护人外出、学习困难 → 二级"
    asked = known_from({"categories": ["家庭"], **facts}, None, 0)
    assert propose(asked).said == "无人监护、孤儿 → 一级"


@pytest.mark.parametrize(
    ("done_on", "every", "expected"),
    [
        (date(2026, 10, 12), Every.DAY, date(2026, 10, 13)),
        (date(2026, 10, 12), Every.WEEK, date(2026, 10, 19)),
        (date(2026, 12, 28), Every.FORTNIGHT, date(2027, 1, 11)),
        (date(2026, 10, 12), Every.MONTH, date(2026, 11, 12)),
        (date(2026, 12, 31), Every.MONTH, date(2027, 1, 31)),
        (date(2027, 1, 31), Every.MONTH, date(2027, 2, 28)),
        (date(2026, 11, 30), Every.MONTH, date(2026, 12, 30)),
        (date(2026, 10, 12), None, None),
    ],
)
def test_the_next_date_follows_from_how_often(done_on, every, expected):
    assert next_after(done_on, every) == expected


@pytest.mark.parametrize(
    ("state", "next_on", "is_so"),
    [
        (State.ACTIVE, date(2026, 10, 11), True),
        (State.ACTIVE, date(2026, 10, 12), False),
        (State.WATCHED, date(2026, 10, 1), True),
        (State.ENDED, date(2026, 10, 1), False),
        (State.ACTIVE, None, False),
    ],
)
def test_the_day_itself_is_not_late(state, next_on, is_so):
    assert is_late(state, next_on, date(2026, 10, 12)) is is_so


@pytest.mark.parametrize(
    ("counts", "total", "shown", "whole"),
    [
        ([12, 5, 3], 17, ["12", "5", "3"], "17"),
        ([12, 5, 2], 17, ["12", "5", "<3"], "不列"),
        ([12, 0, 5], 15, ["12", "<3", "5"], "不列"),
        ([12, 1, 2], 13, ["12", "<3", "<3"], "不列"),
        ([0, 0], 0, ["<3", "<3"], "不列"),
        ([3, 3], 4, ["3", "3"], "4"),
        ([], 0, [], "<3"),
    ],
)
def test_less_than_three_is_told_as_such_and_no_total_gives_it_away(counts, total, shown, whole):
    told, said = told_counts([(str(n), count) for n, count in enumerate(counts)], total)
    assert [one.number for one in told] == shown
    assert said == whole


def test_what_is_hidden_reads_alike_whatever_it_is():
    """Two schools that differ in one hidden cell alone hand in the same sheet."""
    for hidden in range(3):
        assert told_counts([("甲", 9), ("乙", hidden)], 9 + hidden) == told_counts(
            [("甲", 9), ("乙", 0)], 9
        )
