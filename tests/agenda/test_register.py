"""今日 says what is late and what is due, from the other rooms as they stand."""

from datetime import date, timedelta

import pytest

from app.agenda import AgendaRegister, When
from app.core.roles import Role, Sitter
from app.core.settings import Settings
from app.hazards import HazardRegister, Step, SurroundingRegister
from app.hazards.notices.rules import Reply
from app.letters import LetterRegister, load_letter_forms
from app.students import CareRegister, ClassKey, StudentRegister
from tests.agenda import FORMS

TODAY = date(2026, 10, 14)


class Clock:
    day = TODAY

    def __call__(self):
        return self.day


@pytest.fixture
def today():
    return Clock()


@pytest.fixture
def hazards(store, today):
    return HazardRegister(store, today=today)


@pytest.fixture
def letters(store, today):
    Settings(store).put({"school.code": "QS0001", "school.name": "青石镇中心小学"})
    Settings(store).put({"school.year": 2026})
    students = StudentRegister(store, today=today)
    uid = students.open_class(ClassKey("小学", 2024, 2))
    for name in ("王芳", "李明", "赵强"):
        students.add(name=name, class_uid=uid)
    forms, faults = load_letter_forms(FORMS)
    assert faults == []
    return LetterRegister(store, students, forms, today=today)


@pytest.fixture
def surroundings(store, today):
    return SurroundingRegister(store, today=today)


@pytest.fixture
def care(store, letters, today):
    return CareRegister(store, letters.students, today=today)


@pytest.fixture
def agenda(store, hazards, letters, surroundings, care, today):
    return AgendaRegister(store, hazards, letters, surroundings, care, today=today)


def found(hazards, days_ago, due_in=None, **facts):
    finding = {
        "found_on": TODAY - timedelta(days=days_ago),
        "found_by": "张老师",
        "category": "校舍建筑",
        "place": "东楼梯",
        "what": "扶手松动",
        "grade": "一般",
    }
    if due_in is not None:
        finding["due_on"] = TODAY + timedelta(days=due_in)
    return hazards.report(**finding | facts)


def test_an_empty_school_owes_nothing(agenda):
    assert agenda.items() == []


@pytest.mark.parametrize(
    ("due_in", "when", "said"),
    [
        (-4, When.LATE, "逾期4天"),
        (-1, When.LATE, "逾期1天"),
        (0, When.SOON, "今天"),
        (1, When.SOON, "明天"),
        (7, When.SOON, "还有7天"),
    ],
)
def test_a_hazard_is_listed_by_how_near_its_last_day_is(agenda, hazards, due_in, when, said):
    hazard = found(hazards, 30, due_in)
    (item,) = agenda.items()
    assert (item.when, item.days_left(TODAY), item.uid) == (when, said, hazard.uid)
    assert item.what == "东楼梯：扶手松动" and hazard.number in item.why


def test_a_hazard_due_later_is_not_listed_yet(agenda, hazards):
    found(hazards, 1, 8)
    assert agenda.items() == []


@pytest.mark.parametrize(
    ("role", "links"),
    [
        (Role.OFFICER, {"去处理", "登记收回"}),
        (Role.PRINCIPAL, {"去看"}),
        (Role.DUTY, {"去看"}),
    ],
)
def test_the_link_promises_only_what_the_sitter_may_do(
    store, agenda, hazards, letters, role, links
):
    found(hazards, 30, 3)
    letters.issue("防溺水")
    store.sitter = Sitter("来的人", role)
    assert {item.link for item in agenda.items()} == links


def test_what_is_longest_late_comes_first(agenda, hazards):
    found(hazards, 30, 3, place="操场")
    found(hazards, 30, -2, place="食堂", grade="重大")
    found(hazards, 30, -9, place="宿舍")
    assert [item.what[:2] for item in agenda.items()] == ["宿舍", "食堂", "操场"]
    assert agenda.items()[1].why.startswith("重大隐患")


def test_a_letter_is_listed_until_the_last_receipt_is_back(agenda, letters, today):
    batch = letters.issue("防溺水", due_on=TODAY)
    today.day = TODAY + timedelta(days=1)
    (item,) = agenda.items()
    assert (item.when, item.room, item.uid) == (When.LATE, "letters", batch.code)
    assert "还差3份" in item.what
    codes = letters.codes(batch.code)
    letters.receive(batch.code, codes[:2])
    assert "还差1份" in agenda.items()[0].what
    letters.receive(batch.code, codes[2:])
    assert agenda.items() == []


def test_a_letter_sent_without_a_last_day_is_asked_for_after_a_week(agenda, letters, today):
    letters.issue("防溺水")
    assert agenda.items()[0].days_left(TODAY) == "还有7天"
    today.day = TODAY + timedelta(days=8)
    assert agenda.items()[0].when is When.LATE


def test_who_may_not_see_pupils_is_shown_no_letters(agenda, letters, hazards, store):
    letters.issue("防溺水", due_on=TODAY)
    found(hazards, 30, -1)
    store.sitter = Sitter("门卫老周", Role.DUTY)
    assert [item.room for item in agenda.items()] == ["hazards"]


def test_what_is_put_on_record_comes_up_on_its_day_to_be_looked_at(agenda, hazards, today):
    uid = found(hazards, days_ago=30, due_in=-10).uid
    hazards.sides.shelve(
        uid,
        by="刘玉兰",
        on=TODAY,
        keeper="李敏",
        measures="封闭东楼梯",
        look_on=TODAY + timedelta(days=20),
        met_on=TODAY,
        meeting="等维修款",
    )
    assert agenda.items() == []
    today.day = TODAY + timedelta(days=21)
    (item,) = agenda.items()
    assert (item.when, item.due_on) == (When.LATE, TODAY + timedelta(days=20))
    assert "挂账，李敏负责，2026年11月3日复看" in item.why


def test_a_campaigns_tasks_and_reports_are_listed_until_they_are_done(agenda, hazards):
    campaigns = hazards.campaigns
    days = {"starts_on": TODAY - timedelta(days=20), "ends_on": TODAY + timedelta(days=20)}
    made = campaigns.enter(name="百日行动", **days)
    late = campaigns.add_task(
        made.uid, what="开动员会", owner="张老师", due_on=TODAY - timedelta(days=2)
    )
    campaigns.add_task(made.uid, what="写总结", due_on=TODAY + timedelta(days=20))
    phase = campaigns.add_phase(
        made.uid, name="自查", report="自查隐患清单", report_on=TODAY + timedelta(days=4), **days
    )
    first, second = agenda.items()
    assert (first.what, first.when, first.room, first.uid) == (
        "开动员会",
        When.LATE,
        "campaigns",
        made.uid,
    )
    assert "张老师" in first.why and "专项行动 百日行动" in first.why
    assert (second.what, second.days_left(TODAY)) == ("报自查隐患清单", "还有3天")
    campaigns.tick(late.uid, is_done=True)
    campaigns.correct_phase(phase.uid, reported_on=TODAY)
    assert agenda.items() == []


def test_a_slip_nobody_brought_back_is_due_until_it_is_answered(agenda, hazards, today):
    uid = found(hazards, 3, due_in=40).uid
    notice = hazards.notices.issue(
        [uid],
        person="王建国",
        requirement="加固",
        due_on=TODAY + timedelta(days=9),
        signer="刘玉兰",
    )
    assert agenda.items() == []
    today.day = TODAY + timedelta(days=2)
    (item,) = agenda.items()
    assert (item.when, item.room, item.uid) == (When.SOON, "notices", notice.uid)
    assert item.what == "王建国的整改回执还没有交回" and item.link == "登记回执"
    today.day = TODAY + timedelta(days=10)
    assert [one.when for one in agenda.items()] == [When.LATE]
    hazards.notices.answer(notice.uid, {uid: Reply("已加固")}, on=today.day)
    assert agenda.items() == []


def test_a_letter_without_an_answer_is_asked_for_after_the_days_the_school_set(
    agenda, surroundings, today
):
    found = surroundings.enter(
        nature="问题", kind="流动摊贩", name="校门口早点摊", distance=40, found_on=TODAY
    )
    surroundings.notify(found.uid, department="综合执法队", request="请劝离。", on=TODAY)
    assert agenda.items() == []
    today.day = TODAY + timedelta(days=16)
    (item,) = agenda.items()
    assert (item.when, item.days_left(today.day)) == (When.LATE, "逾期1天")
    assert item.what == "综合执法队还没有答复：校门口早点摊" and item.room == "surroundings"
    surroundings.set_answer_days(30)
    assert agenda.items() == []
    today.day = TODAY + timedelta(days=28)
    assert agenda.items()[0].when is When.SOON
    surroundings.take_answer(found.uid, answer="已劝离", on=today.day)
    assert agenda.items() == []


def test_what_a_phase_wants_looked_at_again_is_listed_as_long_as_it_runs(agenda, hazards):
    hazard = found(hazards, 5)
    campaigns = hazards.campaigns
    days = {"starts_on": TODAY - timedelta(days=5), "ends_on": TODAY + timedelta(days=40)}
    made = campaigns.enter(name="百日行动", **days)
    campaigns.add_phase(made.uid, name="集中攻坚", looks_back=True, **days)
    hazards.correct(hazard.uid, campaign_uid=made.uid)
    said = {"by": "李敏", "on": TODAY}
    for step in (Step.ASSESS, Step.REPORT, Step.WATCH):
        hazards.sign(hazard.uid, step, **said)
    hazards.settle(hazard.uid, measures="修", owner="王建国", due_on=TODAY)
    hazards.sign(hazard.uid, Step.TREAT, **said)
    hazards.sign(hazard.uid, Step.ACCEPT, verdict="合格", **said)
    hazards.sign(hazard.uid, Step.CLOSE, **said)
    (item,) = agenda.items()
    assert (item.when, item.what) == (When.LATER, "已销账的1条还没有回头看")
    hazards.sides.look_back(hazard.uid, verdict="保持", **said)
    assert agenda.items() == []


def look_after(care, *days):
    pupils = {pupil.name: pupil.uid for pupil in care.students.pupils()}
    for name, day in zip(("王芳", "李明", "赵强"), days, strict=False):
        care.begin(pupils[name], categories=["学困"], caretaker="孙丽华", next_on=day)


def test_pupils_cared_for_are_counted_and_named_to_nobody(store, agenda, care):
    look_after(care, TODAY - timedelta(days=1), TODAY, TODAY + timedelta(days=7))
    late, soon = [item for item in agenda.items() if item.room == "care"]
    assert (late.when, late.what) == (When.LATE, "学生关注 1 项到期")
    assert (late.link, bool(late.uid)) == ("记一笔", True)
    assert not [item for item in agenda.items() if "王芳" in item.why + item.what]
    assert (soon.when, soon.what, soon.due_on) == (When.SOON, "学生关注 2 项到期", TODAY)
    assert "学困" not in late.why + soon.why

    store.sitter = Sitter("赵老师", Role.DUTY)
    found = [item for item in agenda.items() if item.room == "care"]
    assert [item.what for item in found] == ["学生关注 1 项到期", "学生关注 2 项到期"]
    assert [(item.uid, item.link) for item in found] == [("", ""), ("", "")]
    assert not [item for item in found if "王芳" in item.why + item.what]


def test_what_was_done_takes_a_pupil_off_the_list(agenda, care):
    look_after(care, TODAY)
    (line,) = care.lines()
    care.record(
        line.uid, way="家访", done_on=TODAY, by="孙丽华", next_on=TODAY + timedelta(days=30)
    )
    assert [item for item in agenda.items() if item.room == "care"] == []
