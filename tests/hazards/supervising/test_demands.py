"""督办: who demanded what by when, where it is shown, and when it is late."""

from datetime import date, timedelta

import pytest

from app.agenda import AgendaRegister, When
from app.core.errors import UserError
from app.core.paper import Context, print_paper
from app.hazards.papers import card_rows
from app.hazards.stepping import take_step
from app.hazards.supervising.demands_dialog import open_demand
from tests.hazards.conftest import TODAY
from tests.ui.look import SHOTS, look_at

SAID = {"by": "王校长", "on": TODAY, "standing": "还没有动工", "demand": "找人焊好"}


@pytest.fixture
def supervised(hazards, report):
    """A hazard with a demand that is due on 3 April."""
    hazard = report(owner="王建国")
    hazards.demands.add(hazard.uid, **SAID, due_on=date(2026, 4, 3))
    return hazard


def on(hazards, day):
    hazards.today = lambda: day
    hazards.demands._today = lambda: day  # the register of a later day


def test_an_entry_says_who_when_how_it_stands_and_what_by_when(hazards, supervised):
    assert hazards.demands.told(supervised.uid) == [
        "4月1日王校长：还没有动工，要求4月3日前找人焊好。"
    ]


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ({"by": " "}, "“督办人”没有填"),
        ({"standing": " ", "demand": None}, "“现在的情况”和“督办要求”至少填一项"),
        ({"on": date(2026, 4, 2)}, "“督办日期”不能晚于今天"),
        ({"on": date(2026, 3, 29)}, "不能早于排查的3月30日"),
        ({"due_on": date(2026, 3, 31)}, "“完成期限”不能早于督办的4月1日"),
        ({"demand": "", "due_on": date(2026, 4, 9)}, "“督办要求”也要填"),
    ],
)
def test_what_an_entry_cannot_say_is_named(hazards, report, said, fault):
    uid = report().uid
    with pytest.raises(UserError, match=fault):
        hazards.demands.add(uid, **SAID | said)
    assert hazards.demands.of(uid) == []


def test_a_closed_hazard_is_not_supervised(hazards, report, take_to):
    uid = report().uid
    take_to(uid, None)
    with pytest.raises(UserError, match="已经销账"):
        hazards.demands.add(uid, **SAID)


def test_an_entry_is_one_change_that_undo_takes_back(hazards, store, supervised):
    action, _ = store.history(hazards.demands.of(supervised.uid)[0].uid)[0]
    assert action.label == "督办隐患"
    store.undo()
    assert hazards.demands.of(supervised.uid) == []


def test_a_demand_past_its_day_is_late_until_it_is_met(hazards, supervised):
    on(hazards, date(2026, 4, 3))
    assert "逾期" not in hazards.demands.told(supervised.uid)[0]
    on(hazards, date(2026, 4, 5))
    assert hazards.demands.told(supervised.uid)[0].endswith("逾期2天没有落实。")
    (demand,) = hazards.demands.of(supervised.uid)
    with pytest.raises(UserError, match="不能早于督办的4月1日"):
        hazards.demands.meet(demand.uid, on=date(2026, 3, 31))
    hazards.demands.meet(demand.uid, on=date(2026, 4, 4), words="焊好了")
    assert hazards.demands.told(supervised.uid)[0].endswith("4月4日落实：焊好了。")
    with pytest.raises(UserError, match="已经落实过"):
        hazards.demands.meet(demand.uid, on=date(2026, 4, 4))
    assert hazards.demands.due() == []


def test_today_lists_an_open_demand_and_calls_it_late(hazards, store, supervised):
    def items(day):
        agenda = AgendaRegister(store, hazards, None, None, None, today=lambda: day)
        return [(one.when, one.what, one.why) for one in agenda._of_demands()]

    ((when, what, why),) = items(TODAY)
    assert (when, what) == (When.SOON, "督办要求：找人焊好")
    assert "王校长督办，责任人王建国" in why and "YH-2026-0001" in why
    assert items(date(2026, 4, 4))[0][0] is When.LATE
    assert items(TODAY - timedelta(days=30)) == []


def test_a_closed_or_void_hazard_owes_nothing(hazards, supervised, take_to):
    take_to(supervised.uid, None)
    assert hazards.demands.due() == []
    on(hazards, date(2026, 5, 1))
    assert "逾期" not in hazards.demands.told(supervised.uid)[0]


def test_the_cards_and_the_weekly_sheet_say_it(hazards, store, supervised):
    for name in ("flow", "report"):
        (row,) = card_rows(store, name, [supervised.uid], TODAY)
        assert "要求4月3日前找人焊好" in row["supervised"]
    (flow,) = card_rows(store, "flow", [supervised.uid], TODAY)
    assert "要求4月3日前找人焊好" in flow["asides"]
    (line,) = hazards.views["supervision"]({})
    assert line["advice"] == "4月1日王校长：还没有动工，要求4月3日前找人焊好。"
    (demand,) = hazards.demands.of(supervised.uid)
    hazards.demands.meet(demand.uid, on=TODAY)
    assert hazards.views["supervision"]({})[0]["advice"] == ""


def test_the_report_with_a_long_record_stays_on_one_sheet(hazards, store, papers, report):
    clause = "门窗上设有影响逃生和救援的障碍物（教发厅函〔2024〕20号，消防第9条）"
    grading = {"method": "LEC", "l": "6", "e": "6", "c": "15"}
    uid = report(grade="重大", clause=clause, grading=grading).uid
    for _ in range(3):
        hazards.demands.add(uid, **SAID, due_on=date(2026, 4, 3))
    for paper, name in (("hazard_report", "report"), ("hazard_flow", "flow")):
        printed = print_paper(
            papers[paper], card_rows(store, name, [uid], TODAY), Context("青石镇中心小学")
        )
        SHOTS.mkdir(exist_ok=True)
        (SHOTS / f"{paper}_督办.pdf").write_bytes(printed.data)
        assert printed.pages == 1


def test_a_command_supervises_as_the_dialog_does(hazards, report):
    number = report().number
    said = {"standing": "没有动", "demand": "本周焊好", "due_on": "2026-04-05"}
    take_step(hazards, number, "督办", by="王校长", on=TODAY, said=said)
    (told,) = hazards.demands.told(hazards.named(number).uid)
    assert told == "4月1日王校长：没有动，要求4月5日前本周焊好。"


def test_a_command_says_that_a_demand_was_met(hazards, report):
    number = report().number
    for demand in ("本周焊好", "围起来"):
        said = {"demand": demand, "due_on": "2026-04-05"}
        take_step(hazards, number, "督办", by="王校长", on=TODAY, said=said)
    with pytest.raises(UserError, match="不知道落实的是哪一条"):
        take_step(hazards, number, "督办落实", by="李敏", on=TODAY, said={})
    with pytest.raises(UserError, match="没有这样一条"):
        take_step(hazards, number, "督办落实", by="李敏", on=TODAY, said={"demand": "刷漆"})
    said = {"demand": "焊好", "words": "焊点已加固。"}
    take_step(hazards, number, "督办落实", by="李敏", on=TODAY, said=said)
    met, waits = hazards.demands.told(hazards.named(number).uid)
    assert "4月1日落实：焊点已加固，李敏核实。" in met and "落实" not in waits
    take_step(hazards, number, "督办落实", by="李敏", on=TODAY, said={})
    assert hazards.demands.due() == []


def test_a_mistaken_entry_is_voided_and_stands_on_no_sheet(user, hazards, page, report, take_to):
    uid = report().uid
    hazards.demands.add(uid, **SAID, due_on=date(2026, 4, 3))
    with pytest.raises(UserError, match="选一个原因"):
        hazards.demands.void(hazards.demands.of(uid)[0].uid, " ")
    take_to(uid, None)
    user.opens(page())
    user.clicks("未销账")
    user.waits_for("更多")
    (entry,) = [one for one in user.reads_menu("更多") if one.startswith("作废督办")]
    user.picks("更多", entry)
    assert look_at(user.front(), "作废督办", width=0) == []
    user.clicks("登记错了")
    assert hazards.demands.of(uid) == [] and hazards.demands.due() == []
    assert not user.sees(SAID["by"] + "：")


def test_a_teacher_adds_an_entry_and_says_later_that_it_was_met(user, hazards, page, report):
    uid = report().uid
    user.opens(page())
    user.picks("更多", "督办…")
    assert look_at(user.front(), "督办") == []
    user.fills("督办人", "王校长")
    user.fills("督办要求", "找人焊好")
    user.fills("完成期限", "4-3")
    user.clicks("保存")
    assert user.sees("4月1日王校长：要求4月3日前找人焊好。")
    user.picks("更多", "督办要求落实了：找人焊好")
    user.fills("落实日期", "今天")
    user.clicks("保存")
    assert hazards.demands.of(uid)[0].met_on == TODAY


def test_two_windows_at_one_hazard_are_told_of_each_other(user, hazards, page, report):
    uid = report().uid
    shown = page()
    user.opens(shown)
    open_demand(shown, hazards, hazards.get(uid), shown._sources())
    hazards.correct(uid, place="三楼")
    user.fills("督办人", "王校长")
    user.fills("督办要求", "找人焊好")
    user.clicks("保存")
    assert user.sees("在别处改过了")
