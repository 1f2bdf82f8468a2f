from datetime import date
from decimal import Decimal

import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter


def test_a_lesson_is_written_down_and_the_same_again_takes_a_day_only(education, lesson):
    kept = education.enter(**lesson)
    assert kept.number == "JY-2026-0001"
    again = education.again(kept.uid)
    second = education.enter(**again, held_on=date(2026, 10, 30))
    assert (second.themes, second.speaker, second.number) == (
        ["防溺水", "交通"],
        "孙丽华",
        "JY-2026-0002",
    )


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"themes": []}, "“主题”没有填"),
        ({"themes": ["防狼"]}, "“主题”只能填"),
        ({"audiences": ["村民"]}, "“对象”只能填"),
        ({"heads": 0}, "“人数”没有填"),
        ({"heads": -4}, "“人数”要在1到"),
        ({"hours": Decimal("-1")}, "“学时”要大于0"),
        ({"hours": Decimal("201")}, "最多200"),
        ({"held_on": date(2026, 10, 31)}, "不能晚于今天"),
        ({"held_on": date(2026, 10, 20)}, "“补录原因”"),
        ({"kind": "培训"}, "培训要填“级别”"),
        ({"kind": "培训", "level": "校级", "hours": None}, "培训要填“学时”"),
        ({"staff": ["甲", "乙", "丙", "丁", "戊"]}, "点了5个人的名"),
    ],
)
def test_education_that_cannot_be_is_refused(education, lesson, change, what):
    with pytest.raises(UserError, match=what):
        education.enter(**lesson | change)
    assert not education.all()


def test_a_class_cannot_send_more_pupils_than_it_has(education, lesson):
    with pytest.raises(UserError, match="只有4名学生"):
        education.enter(**lesson | {"heads": 5})
    assert education.enter(**lesson | {"heads": 5, "audiences": ["学生", "家长"]})


def test_a_number_put_right_is_held_to_the_class_but_an_old_one_is_not(education, lesson, students):
    made = education.enter(**lesson | {"heads": 4})
    with pytest.raises(UserError, match="只有4名学生"):
        education.correct(made.uid, heads=5)
    assert education.get(made.uid).heads == 4
    students.void(students.pupils()[0].uid, "录错了")
    education.correct(made.uid, title="过马路", heads=4)
    assert education.get(made.uid).title == "过马路", "the class was larger then"


def test_hours_are_added_up_by_audience_and_by_person(education, lesson, training):
    education.enter(**lesson)
    education.enter(**training)
    days = date(2026, 9, 1), date(2026, 12, 31)
    by = {total.audience: total for total in education.totals(*days)}
    assert (by["学生"].times, by["学生"].heads, by["学生"].each) == (1, 4, Decimal("0.5"))
    staff = by["教职工"]
    assert (staff.lessons, staff.among, staff.each) == (Decimal(6), 4, Decimal("1.5"))
    assert by["保安"].times == 0 and by["保安"].each is None
    assert education.hours(*days) == {
        "周海涛": (1, Decimal(2)),
        "孙丽华": (1, Decimal(2)),
        "陈建国": (1, Decimal(2)),
        "吴敏": (0, Decimal(0)),
    }
    themes = education.themes(*days)
    assert (themes["消防"], themes["防溺水"], themes["禁毒"]) == (1, 1, 0)


def test_a_big_audience_never_counts_more_heads_than_there_are(education, lesson):
    education.enter(**lesson | {"classes": None, "heads": 400, "hours": Decimal(1)})
    (pupils, *_) = education.totals(date(2026, 9, 1), date(2026, 12, 31))
    assert (pupils.heads, pupils.lessons, pupils.each) == (400, Decimal(4), Decimal("1.0"))


def test_a_fire_training_of_the_staff_counts_under_each_word_a_rule_may_ask(education, training):
    education.enter(**training | {"holiday": "元旦"})
    kinds = [done.kind for done in education.done(date(2026, 10, 1), date(2026, 10, 31))]
    assert kinds == ["培训", "消防", "教职工培训", "教职工消防培训", "假前教育"]


def test_a_reminder_before_a_weekend_is_none_before_a_holiday(education, lesson):
    education.enter(**lesson | {"holiday": "周末"})
    kinds = {done.kind for done in education.done(date(2026, 10, 1), date(2026, 10, 31))}
    assert "周末提醒" in kinds and "假前教育" not in kinds


def test_a_class_teacher_enters_the_own_class_and_sees_no_other(
    store, education, lesson, training, class_uid
):
    other = education.enter(**lesson | {"classes": ["other"]})
    whole = education.enter(**lesson | {"classes": None, "scope": "全校"})
    store.sitter = Sitter("孙丽华", Role.TEACHER, class_uid)
    mine = education.enter(**lesson)
    assert {one.uid for one in education.all()} == {mine.uid, whole.uid}
    for classes in (None, ["other"], [class_uid, "other"]):
        with pytest.raises(UserError, match="不能登记别的班或者全校的教育"):
            education.enter(**lesson | {"classes": classes})
    with pytest.raises(UserError, match="不是您的班的"):
        education.get(other.uid)
    for uid in (whole.uid,):
        with pytest.raises(UserError, match="不能登记别的班"):
            education.correct(uid, heads=9)
    with pytest.raises(UserError, match="不能登记别的班"):
        education.correct(mine.uid, classes=None)
    assert education.get(mine.uid).classes == [class_uid]
