"""After the hour: who was concerned goes, also from the texts; what is owed them is not lost."""

from datetime import date

import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.incidents import Turn
from app.incidents.naming import named, without
from tests.incidents.conftest import KNOWN, PUPIL, SAID, everything

DAY = KNOWN.date()
NAMED = "孙小满落水，村民赵大河救起，家长电话13800000001"


@pytest.mark.parametrize(
    ("text", "names", "clean"),
    [
        ("孙小满落水", ["孙小满"], "某某落水"),
        ("孙小满、孙小落水", ["孙小", "孙小满"], "某某、某某落水"),
        ("孙小满落水", ["孙小满（二年级1班1号）"], "某某落水"),
        ("满水位", ["满"], "满水位"),
        ("身份证510101201501011234", [], "身份证（号码已清除）"),
        ("电话13800000001。", [], "电话（号码已清除）。"),
        ("水深130厘米，2026年", [], "水深130厘米，2026年"),
    ],
)
def test_names_and_numbers_leave_a_text(text, names, clean):
    assert without(text, names) == clean


def test_the_longest_name_is_found_first():
    assert named("孙小满和孙小", ["孙小", "孙小满"]) == ["孙小满", "孙小"]


@pytest.fixture
def over(house, incidents, running):
    """An incident that is over, with names wherever somebody may have typed them."""
    incidents.draft(running.uid, SAID | {"what": NAMED, "pupils": [PUPIL]})
    uid = running.uid
    sent = {"recipient": "镇教育办", "way": "传真", "signer": "李校长"}
    incidents.calls.enter(
        uid, unit="镇教育办", called_at=KNOWN, is_report=True, answer="孙小满送县医院"
    )
    wrong = incidents.calls.enter(
        uid, unit="错号", called_at=KNOWN, is_report=False, answer="孙小满家"
    )
    incidents.calls.void(wrong.uid, "登记错了")
    incidents.reports.send(uid, kind=Turn.FIRST, sent_at=KNOWN, **sent)
    incidents.reports.send(uid, kind=Turn.FURTHER, sent_at=KNOWN, body="孙小满已经醒了", **sent)
    incidents.tasks.enter(uid, what="看望孙小满家", owner="李校长", due_on=DAY)
    incidents.close(uid, on=DAY, result="孙小满平安", aftercare="孙小满心理辅导三次")
    return uid


def test_the_clean_up_wipes_names_from_every_text_and_from_the_journal(house, incidents, over):
    house.store.settle()
    assert "孙小满" in everything(house.store) and "13800000001" in everything(house.store)
    incidents.names = lambda: ["孙小满"]
    texts = incidents.aftermath.texts(over)
    (what,) = [one for one in texts if one.said == NAMED]
    assert what.label == "简要经过（不写姓名）"
    assert what.clean == "某某落水，村民赵大河救起，家长电话（号码已清除）"
    words = {NAMED: what.clean.replace("赵大河", "一名")}
    incidents.aftermath.clean_up(over, words=words)
    said = everything(house.store)
    for gone in ("孙小满", "赵大河", "13800000001"):
        assert gone not in said, gone
    hour = incidents.hour(over)
    assert hour.known["what"] == "某某落水，村民一名救起，家长电话（号码已清除）"
    assert hour.known["place"] == SAID["place"] and hour.known["phone"] == SAID["phone"]
    assert [one.body for one in hour.reports] == [None, "某某已经醒了"]
    assert hour.reports[0].words["what"] == hour.known["what"]
    assert [one.answer for one in hour.calls] == ["某某送县医院"]
    assert (hour.incident.result, hour.tasks[0].what) == ("某某平安", "看望某某家")
    assert hour.incident.known_at == KNOWN and hour.called.done_at == KNOWN


def test_what_is_to_be_done_after_it_comes_in_its_day_and_outlives_the_end(
    house, incidents, running, clock
):
    enter = incidents.tasks.enter
    for wrong, word in (
        ({"what": " ", "owner": "李校长", "due_on": DAY}, "做什么"),
        ({"what": "看望", "owner": "", "due_on": DAY}, "谁来做"),
        ({"what": "看望", "owner": "李校长", "due_on": date(2026, 11, 1)}, "早于知悉时间"),
    ):
        with pytest.raises(UserError, match=word):
            enter(running.uid, **wrong)
    task = enter(running.uid, what="看望家属", owner="李校长", due_on=date(2026, 11, 22))
    incidents.close(running.uid, on=DAY, result="平安")

    def asked():
        return [item for item in house.agenda.items() if item.what.startswith("善后")]

    (item,) = asked()
    assert (item.due_on, item.uid, str(item.when)) == (task.due_on, running.uid, "七日内到期")
    clock.at = clock.at.replace(day=23)
    assert str(asked()[0].when) == "逾期"
    with pytest.raises(UserError, match="哪天做好的"):
        incidents.tasks.finish(task.uid, on=date(2026, 11, 24))
    incidents.tasks.finish(task.uid, on=date(2026, 11, 23), outcome="家属情绪稳定")
    assert asked() == []
    assert incidents.hour(running.uid).tasks[0].outcome == "家属情绪稳定"


def test_two_incidents_at_once_are_both_asked_for(house, incidents, running, clock):
    incidents.begin(known_at=clock.at)
    asked = [item for item in house.agenda.items() if "书面报告还没有登记" in item.what]
    assert len(asked) == 2
    house.store.sitter = Sitter("李校长", Role.PRINCIPAL)
    with pytest.raises(UserError):
        incidents.aftermath.texts(running.uid)


def test_an_outbreak_is_reported_again_every_day_until_five(house, incidents, running, clock):
    incidents.draft(running.uid, SAID | {"kind": "传染病"})
    sent = {"recipient": "镇教育办", "way": "传真", "signer": "李校长"}
    incidents.reports.send(running.uid, kind=Turn.FIRST, sent_at=clock.at, **sent)

    def asked():
        (item,) = [item for item in house.agenda.items() if item.uid == running.uid]
        return item.what.removeprefix("突发事件："), str(item.when), item.due_on

    going_on = "接着处置、续报，办结后点“办结”"
    assert asked() == (going_on, "七日内到期", DAY)
    clock.at = clock.at.replace(day=21)
    owed = "传染病今天的进程还没有续报"
    assert asked() == (owed, "七日内到期", date(2026, 11, 21))
    clock.at = clock.at.replace(hour=17, minute=1)
    assert asked() == (owed, "逾期", date(2026, 11, 21))
    more = {"kind": Turn.FURTHER, "sent_at": clock.at, "body": "没有新增"}
    incidents.reports.send(running.uid, **more, **sent)
    assert asked() == (going_on, "七日内到期", date(2026, 11, 21))
    clock.at = clock.at.replace(day=23)
    house.rules.switch("INC-EPI", is_on=False, reason="疾控直接报")
    assert asked()[0] == going_on
