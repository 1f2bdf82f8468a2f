from datetime import date, datetime, time

import pytest

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.duties import Shift
from tests.duties.book.conftest import THURSDAY, WEDNESDAY


def test_a_shift_is_written_up_and_numbered(log, watch):
    record = log.enter(**watch, matters=[{"what": "东门锁坏了"}, {"what": "  "}])
    assert record.number == "ZJ-2026-0001"
    assert record.post_uid == "p-night"
    (row,) = log.views["list"]({})
    assert row["people"] == "孙丽华、吴敏"
    assert (row["matters"], row["open"], row["weekday"]) == ("东门锁坏了", 1, "星期三")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"people": []}, "“值班人员”没有填"),
        ({"post": " "}, "“班次”没有填"),
        ({"came_at": None}, "“到岗时间”没有填"),
        ({"duty_on": date(2026, 11, 6)}, "“日期”不能晚于今天"),
        ({"incidents": "有人翻墙"}, "“处置经过”也要写"),
        ({"calls": [{"at": time(20), "unit": "镇办"}]}, "来电来文第1行的“内容”没有填"),
        ({"patrols": [{"at": time(20)}]}, "巡查第1行的“路线和地点”没有填"),
        ({"taken_by": "陈建国"}, "“交班人”也要写"),
        (
            {"given_by": "吴敏", "taken_by": "吴敏", "handed_at": datetime(2026, 11, 5, 7)},
            "不能是同一个人",
        ),
        ({"given_by": "吴敏", "taken_by": "陈建国"}, "“交接时间”也要写"),
        ({"handed_at": datetime(2026, 11, 5, 20)}, "“交接时间”不能晚于现在"),
        ({"handed_at": datetime(2026, 11, 3, 7)}, "不能早于值班那天"),
    ],
)
def test_what_a_record_lacks_is_said_and_nothing_is_saved(log, watch, change, sentence):
    with pytest.raises(UserError) as refused:
        log.enter(**{**watch, **change})
    assert sentence in refused.value.what
    assert not log.all()


def test_midnight_is_a_time_like_any_other(log, watch):
    assert log.enter(**{**watch, "came_at": time(0)}).came_at == time(0)


def test_one_shift_has_one_record_until_that_is_void(log, watch):
    first = log.enter(**watch, matters=[{"what": "东门锁坏了"}])
    with pytest.raises(UserError, match="已经有值班记录ZJ-2026-0001"):
        log.enter(**watch)
    log.void(first.uid, "重复登记")
    assert log.open_matters() == []
    assert log.enter(**watch).number == "ZJ-2026-0002"


def test_a_matter_goes_from_shift_to_shift_until_it_has_ended(log, watch):
    log.enter(**{**watch, "duty_on": date(2026, 11, 2)}, matters=[{"what": "东门锁坏了"}])
    (open_,) = log.open_matters()
    second = log.enter(
        **{**watch, "duty_on": date(2026, 11, 3)},
        carried=[{"uid": open_.uid, "ended": False, "words": "锁匠明天来"}],
        matters=[{"what": "三楼灯不亮"}],
    )
    assert second.carried[0]["state"] == "继续"
    assert [one.what for one in log.open_matters()] == ["东门锁坏了", "三楼灯不亮"]
    third = log.enter(**watch, carried=[{"uid": open_.uid, "ended": True, "words": "换了新锁"}])
    assert third.carried[0] == {
        "uid": open_.uid,
        "what": "东门锁坏了",
        "state": "办结",
        "words": "换了新锁",
    }
    assert log.open_matters(datetime(2026, 11, 3, 18, 0)) == [], "it was not known that evening"
    (left,) = log.open_matters()
    assert left.title == "三楼灯不亮（11月3日夜间值班）"
    log.end(left.uid, on=THURSDAY, words="电工来过")
    assert log.open_matters() == []
    with pytest.raises(UserError, match="要在值班那天和今天之间"):
        log.end(left.uid, on=date(2026, 11, 1))


def test_a_matter_that_has_ended_is_not_taken_out_of_the_record(log, watch):
    record = log.enter(**watch, matters=[{"what": "东门锁坏了"}, {"what": "灯不亮"}])
    lock, lamp = log.matters(record.uid)
    log.end(lock.uid, on=THURSDAY)
    with pytest.raises(UserError, match="已经办结，不能去掉"):
        log.correct(record.uid, matters=[{"uid": lamp.uid, "what": "灯不亮"}])
    log.correct(record.uid, matters=[{"uid": lock.uid, "what": "东门锁坏了"}])
    assert [line.what for line in log.matters()] == ["东门锁坏了"]


def test_both_sign_when_a_shift_is_handed_over(log, watch):
    record = log.enter(**watch)
    assert log.handed(WEDNESDAY, WEDNESDAY) == []
    at = datetime(2026, 11, 5, 7, 10)
    log.take_over(record.uid, given_by="吴敏", taken_by="陈建国", handed_at=at)
    (done,) = log.handed(WEDNESDAY, WEDNESDAY)
    assert (done.on, done.uid) == (WEDNESDAY, record.uid)
    with pytest.raises(UserError, match="不能是同一个人"):
        log.take_over(record.uid, given_by="吴敏", taken_by="吴敏", handed_at=at)
    assert log.get(record.uid).taken_by == "陈建国"


def test_the_oldest_shift_without_a_record_is_offered_first(log, watch):
    assert [shift.on.day for shift in log.missing(date(2026, 11, 1), THURSDAY)] == [2, 3, 4]
    assert log.next_shift().on == date(2026, 11, 2)
    record = log.enter(**{**watch, "duty_on": date(2026, 11, 3)})
    assert log.next_shift(record).on == WEDNESDAY


def test_two_shifts_that_begin_together_are_offered_one_after_the_other(log, watch, roster):
    def both(day):
        night = {"starts": time(20, 30), "ends": time(6, 30), "people": ("吴敏",)}
        return [Shift(day, "男寝夜值", **night), Shift(day, "女寝夜值", **night)]

    roster.shifts_of = both
    said = {**watch, "duty_on": date(2026, 11, 2), "post": "男寝夜值", "came_at": time(20, 40)}
    follows = log.next_shift(log.enter(**said))
    assert (follows.on.day, follows.post) == (2, "女寝夜值")


def test_a_matter_is_open_again_once_the_record_that_ended_it_is_void(log, watch):
    first = log.enter(**{**watch, "duty_on": date(2026, 11, 2)}, matters=[{"what": "东门锁坏了"}])
    (lock,) = log.open_matters()
    second = log.enter(**watch, carried=[{"uid": lock.uid, "ended": True}])
    assert log.open_matters() == []
    log.void(second.uid, "登记错了")
    assert [line.what for line in log.open_matters()] == ["东门锁坏了"]
    log.void(first.uid, "登记错了")
    assert log.open_matters() == []
    log.store.revive(first.uid)
    assert [line.what for line in log.open_matters()] == ["东门锁坏了"]


def test_a_night_shift_is_missing_only_after_its_morning(log, clock):
    clock.at = datetime(2026, 11, 5, 6, 59)
    assert WEDNESDAY not in [shift.on for shift in log.missing(date(2026, 11, 1), THURSDAY)]
    clock.at = datetime(2026, 11, 5, 7, 0)
    assert WEDNESDAY in [shift.on for shift in log.missing(date(2026, 11, 1), THURSDAY)]


def test_a_day_is_done_once_all_its_shifts_are_written_up(log, watch, roster):
    log.enter(**{**watch, "post": "宿舍值班"})
    assert log.done(WEDNESDAY, WEDNESDAY) == []
    log.enter(**watch)
    assert [done.on for done in log.done(WEDNESDAY, WEDNESDAY)] == [WEDNESDAY]
    roster.days = []
    assert log.days(date(2026, 9, 1), THURSDAY) == []


def test_a_record_somebody_else_changed_meanwhile_is_not_overwritten(log, watch):
    record = log.enter(**watch)
    log.correct(record.uid, doors="都关好了")
    with pytest.raises(UserError, match="门窗水电由空改为“都关好了”"):
        log.correct(record.uid, seen=record.rev - 1, doors="没有关")


@pytest.mark.parametrize("role", [Role.PRINCIPAL])
def test_who_only_reads_writes_nothing(log, watch, store, role):
    record = log.enter(**watch)
    store.sitter = Sitter("李校长", role)
    for act in (
        lambda: log.enter(**{**watch, "duty_on": THURSDAY}),
        lambda: log.correct(record.uid, doors="关"),
        lambda: log.take_over(
            record.uid, given_by="吴敏", taken_by="陈建国", handed_at=datetime(2026, 11, 5, 7)
        ),
        lambda: log.void(record.uid, "重复登记"),
    ):
        with pytest.raises(UserError, match="不能写值班记录"):
            act()
    assert len(log.all()) == 1


def test_a_post_that_is_called_otherwise_later_has_its_records_all_the_same(log, watch, roster):
    log.enter(**watch)
    roster.days = [WEDNESDAY]
    shifts_of = roster.shifts_of
    roster.shifts_of = lambda day: [one._replace(post=f"新{one.post}") for one in shifts_of(day)]
    assert log.missing(WEDNESDAY, WEDNESDAY) == [] and log.next_shift() is None
    assert [done.on for done in log.done(WEDNESDAY, WEDNESDAY)] == [WEDNESDAY]
