from datetime import date

import pytest

from app.core.errors import UserError
from tests.duties.book.conftest import THURSDAY, WEDNESDAY


@pytest.fixture
def told(diary):
    """What the rooms say of any day, to be changed by a test."""
    said = {"leader": "周海涛", "hazards": ["YH-2026-0001 篮板松动"], "leaves": "2人"}
    for key in said:
        diary.sources[key] = lambda day, key=key: said[key]
    return said


def test_a_log_begins_with_what_all_rooms_know_of_the_day(diary, told):
    told["hazards"].append("YH-2026-0002 灯坏了")
    assert diary.prefill(WEDNESDAY) == {
        "leader": "周海涛",
        "hazards": "YH-2026-0001 篮板松动；YH-2026-0002 灯坏了",
        "leaves": "2人",
    }


def test_what_changed_later_in_a_room_is_said_and_never_overwrites(diary, told):
    entries = {**diary.prefill(WEDNESDAY), "leaves": "2人，都是病假", "breaks": "正常"}
    log = diary.enter(log_on=WEDNESDAY, entries=entries, written_by="孙丽华")
    assert diary.news(log) == []
    told["hazards"] = ["YH-2026-0001 篮板松动", "YH-2026-0003 窗破了"]
    told["leaves"] = "3人"
    news = {one.key: (one.before, one.now) for one in diary.news(log)}
    assert news == {
        "hazards": ("YH-2026-0001 篮板松动", "YH-2026-0001 篮板松动；YH-2026-0003 窗破了"),
        "leaves": ("2人", "3人"),
    }
    assert diary.get(log.uid).entries["hazards"] == "YH-2026-0001 篮板松动"
    diary.take_news(log.uid)
    kept = diary.get(log.uid).entries
    assert kept["hazards"].endswith("窗破了")
    assert kept["leaves"] == "2人，都是病假", "typed words stay"
    assert kept["breaks"] == "正常"
    assert diary.news(diary.get(log.uid)) == []


def test_what_one_may_not_see_is_no_news(diary, told):
    log = diary.enter(log_on=WEDNESDAY, entries={"leaves": "2人"}, written_by="孙丽华")
    told["leaves"] = None
    assert diary.news(log) == []
    assert "leaves" not in diary.prefill(WEDNESDAY)


def test_a_room_that_says_nothing_any_more_is_news(diary, told):
    log = diary.enter(log_on=WEDNESDAY, entries={"leaves": "2人"}, written_by="孙丽华")
    told["leaves"] = ""
    assert [(one.before, one.now) for one in diary.news(log)] == [("2人", "")]
    diary.take_news(log.uid)
    assert "leaves" not in diary.get(log.uid).entries


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"entries": {"leader": " "}}, "日志里一项也没有写"),
        ({"written_by": ""}, "“记录人”没有填"),
        ({"log_on": date(2026, 11, 6)}, "“日期”不能晚于今天"),
        ({"entries": {"nonsense": "x"}}, "安全日志里没有“nonsense”这一项"),
    ],
)
def test_what_a_log_lacks_is_said(diary, change, sentence):
    said = {"log_on": WEDNESDAY, "entries": {"leader": "周海涛"}, "written_by": "孙丽华"}
    with pytest.raises(UserError) as refused:
        diary.enter(**{**said, **change})
    assert sentence in refused.value.what
    assert not diary.all()


def test_a_day_has_one_log_that_the_leader_signs(diary):
    said = {"entries": {"leader": "周海涛"}, "written_by": "孙丽华"}
    log = diary.enter(log_on=WEDNESDAY, **said)
    with pytest.raises(UserError, match="11月4日的安全日志已经有了"):
        diary.enter(log_on=WEDNESDAY, **said)
    with pytest.raises(UserError, match="要在日志那天和今天之间"):
        diary.sign(log.uid, by="李校长", on=date(2026, 11, 3))
    diary.sign(log.uid, by="李校长", on=THURSDAY)
    (row,) = diary.views["list"]({"signed_by": "李校长"})
    assert row["when"] == "2026年11月4日　星期三"
    assert [done.on for done in diary.done(WEDNESDAY, THURSDAY)] == [WEDNESDAY]


def test_the_oldest_school_day_without_a_log_is_offered(diary):
    assert diary.next_day() == THURSDAY, "a school that begins today owes nothing"
    said = {"entries": {"leader": "周海涛"}, "written_by": "孙丽华"}
    diary.enter(log_on=date(2026, 11, 2), **said)
    assert diary.next_day() == date(2026, 11, 3)
