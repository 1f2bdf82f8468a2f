"""A person at both ends: schools write, the town takes twelve and answers, a school takes it."""

from datetime import time, timedelta

import pytest

from app.core.desk import TownFacts, create
from app.core.paths import Paths, find_paths
from app.handover.answers.rules import Verdict
from app.sample_town import TOWN, TOWN_CODE
from app.town_shell import TownShell
from tests.handover.town.conftest import NOW, TODAY, open_town


def hand_in(school, town, stick, name="1.zip"):
    """Take a school's file to the town."""
    school.handover.export(stick / name)
    (outcome,) = town.town.take([stick / name])
    assert outcome.how == "收下", outcome
    return town.town.roster.all()[0]


def give_key(school, town, stick):
    path = stick / "镇.xiaoan-key"
    path.write_bytes(town.town_keys.file())
    school.answers.keys.take(path, on=TODAY)


def answer(town, stick):
    (written,) = town.verdicts.write(stick / "回")
    return written.path


def test_what_the_town_says_stands_on_the_hazard_and_in_the_day(school, town, tmp_path):
    hand_in(school, town, tmp_path)
    give_key(school, town, tmp_path)
    one, other, third = town.town.hazards({})[:3]
    due = TODAY + timedelta(days=3)
    say = town.verdicts.judge
    say(one.school_uid, one.uid, title=one.title, verdict=Verdict.SUPERVISED, words="三天内加固",
        due_on=due)  # fmt: skip
    say(other.school_uid, other.uid, title=other.title, verdict=Verdict.RETURNED, words="没写措施")
    path = answer(town, tmp_path)
    assert path.name == "校安台回执_云栖镇石桥小学_20260422.zip"

    taken = school.answers.take(path)
    assert (taken.received, taken.counts) == (1, {"督办": 1, "退回": 1})
    (said,) = school.answers.told(one.uid)
    assert said.startswith("督办：三天内加固，最迟2026年4月25日（")
    assert school.answers.told(other.uid)[0].startswith("退回：没写措施")
    assert school.answers.told("019dffff-0000-7000-8000-000000000000") == [], "entered later"
    items = [x for x in school.agenda.items() if x.what.startswith("镇里")]
    assert [(x.what, x.due_on, x.uid) for x in items] == [
        ("镇里督办：三天内加固", due, one.uid),
        ("镇里退回：没写措施", TODAY + timedelta(days=7), other.uid),
    ]
    demand = next(x for x in school.answers.demands() if x.verdict == "督办")
    school.answers.settle(demand.uid, "已经加固，拍了照")
    assert [x.what for x in school.agenda.items() if x.what.startswith("镇里督办")] == []
    assert "已办结：已经加固，拍了照" in school.answers.told(one.uid)[0]
    school.answers.reopen(demand.uid)
    assert len(school.answers.demands()) == 2
    assert third.uid not in {x.row_uid for x in school.answers.demands()}


def test_the_town_s_own_deadline_reaches_the_school_until_its_rule_says_the_same(
    school, town, tmp_path
):
    hand_in(school, town, tmp_path)
    give_key(school, town, tmp_path)

    def asked():
        return [x for x in school.agenda.items() if "要求周报" in x.what]

    school.answers.take(answer(town, tmp_path))
    assert school.answers.weekly_due() is None and asked() == [], "the town has set none"
    town.town.set_deadline(day=3, at=time(12))
    school.answers.take(answer(town, tmp_path))
    (item,) = asked()
    assert item.what == "镇里要求周报每周四12:00前报" and "每周五14:30前" in item.why
    assert (item.room, item.uid, item.link) == ("rules", "WEEK-FRI", "去改")
    school.rules.change(
        "WEEK-FRI", params={"by_weekday": 4, "by_time": "12:00"}, basis=None, reason="镇里改了"
    )
    assert asked() == []


def test_a_later_answer_changes_withdraws_and_an_older_one_does_nothing(school, town, tmp_path):
    hand_in(school, town, tmp_path)
    give_key(school, town, tmp_path)
    one, other = town.town.hazards({})[:2]
    for line in (one, other):
        town.verdicts.judge(
            line.school_uid, line.uid, title="x", verdict=Verdict.RETURNED, words="写清楚"
        )
    first = answer(town, tmp_path)
    town.verdicts.judge(
        one.school_uid, one.uid, title="x", verdict=Verdict.RECEIVED, words="收到了"
    )
    town.verdicts.take_back(town.verdicts.of(other.school_uid, other.uid).uid)
    second = answer(town, tmp_path)
    school.answers.take(second)
    assert [x.verdict for x in school.answers.lines()] == ["已收"]
    assert school.answers.take(first).is_old and school.answers.take(second).is_old
    assert [x.verdict for x in school.answers.lines()] == ["已收"]
    town.verdicts.judge(
        other.school_uid, other.uid, title="y", verdict=Verdict.RETURNED, words="再写"
    )
    school.answers.take(answer(town, tmp_path))
    assert sorted(x.words for x in school.answers.lines()) == ["再写", "收到了"]


def test_an_answer_is_refused_unless_it_is_our_towns_and_for_us(school, town, tmp_path):
    hand_in(school, town, tmp_path)
    path = answer(town, tmp_path)

    def refused(at=path):
        with pytest.raises(Exception) as told:
            school.answers.take(at)
        return told.value.what

    assert "还没有收过镇级公钥" in refused()
    other = open_town(tmp_path / "other")
    give_key(school, other, tmp_path)
    assert "不是“云栖镇中心校”签的名" in refused()
    school.settings.put({"handover.town_key": None})
    give_key(school, town, tmp_path)
    school.settings.put({"school.code": "XX9999"})
    assert "是给“云栖镇石桥小学”的" in refused()
    school.settings.put({"school.code": "YQ0002"})
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "bad.zip").write_bytes(bytes(data))
    assert "不能用" in refused(tmp_path / "bad.zip")
    school.handover.export(tmp_path / "own.zip")
    assert "可能拿错了" in refused(tmp_path / "own.zip")
    assert school.answers.lines() == [] and school.answers.newest() is None
    other.store.close()


def test_the_answers_of_a_town_on_a_new_computer_count_from_one_again(school, town, tmp_path):
    hand_in(school, town, tmp_path)
    give_key(school, town, tmp_path)
    for _ in range(3):
        school.answers.take(answer(town, tmp_path))
    other = open_town(tmp_path / "other")
    hand_in(school, other, tmp_path, "2.zip")
    path = tmp_path / "新.xiaoan-key"
    path.write_bytes(other.town_keys.file())
    school.answers.keys.take(path, on=TODAY, fingerprint=other.town_keys.own().fingerprint)
    line = other.town.hazards({})[0]
    other.verdicts.judge(
        line.school_uid, line.uid, title="x", verdict=Verdict.RETURNED, words="写清楚"
    )
    first = answer(other, tmp_path)
    assert not school.answers.take(first).is_old and school.answers.newest().seq == 1
    assert [x.words for x in school.answers.lines()] == ["写清楚"]
    assert school.answers.take(first).is_old
    other.store.close()


def test_the_answers_on_the_stick_are_not_offered_to_the_town_again(school, town, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    hand_in(school, town, stick)
    town.verdicts.write(stick / "回执")
    assert [one.how for one in town.town.take([stick])] == ["已有"]


def test_a_data_file_is_never_taken_for_an_answer_nor_the_other_way(school, town, tmp_path):
    hand_in(school, town, tmp_path)
    (one,) = town.town.take([answer(town, tmp_path)])
    assert (one.how, one.code) == ("没收", "FORMAT")


def test_the_town_asks_for_a_reason_and_a_day(school, town, tmp_path):
    hand_in(school, town, tmp_path)
    line = town.town.hazards({})[0]
    for verdict, words, due in (
        (Verdict.RETURNED, " ", None),
        (Verdict.SUPERVISED, "", TODAY),
        (Verdict.SUPERVISED, "快改", None),
        (Verdict.SUPERVISED, "快改", TODAY - timedelta(days=1)),
    ):
        with pytest.raises(Exception, match=r"没有写|过去了"):
            town.verdicts.judge(
                line.school_uid, line.uid, title="", verdict=verdict, words=words, due_on=due
            )
    assert town.verdicts.waiting() == 0


@pytest.fixture
def window(user, tmp_path):
    """The town's window, as the entrance opens it; nothing taken in yet."""
    paths = Paths(find_paths().program, tmp_path / "t", tmp_path / "本机.json")
    desk, _ = create(paths, TownFacts(TOWN, TOWN_CODE), "李主任", "chang-kou-ling-8")
    from app.entrance import _window_of
    from app.house import House

    house = House(desk.store, desk.paths, lambda: TODAY, lambda: NOW)
    window = _window_of(desk, house)
    assert isinstance(window, TownShell)
    user.opens(window)
    yield window
    desk.close()


def test_a_person_takes_twelve_schools_and_answers_them(user, window, stick, tmp_path, school):
    own = tmp_path / "U盘"
    own.mkdir()
    school.handover.export(own / "校安台报送_石桥.zip")
    user.clicks("收文件夹")
    user.chooses_file(stick)
    user.waits_for("收下12份")
    user.clicks("知道了")
    rows = user.reads_table()
    assert len(rows) == 12 and "重大1条没有销账" in rows[0][0]

    page = window.go("town_schools")
    page.take([own / "校安台报送_石桥.zip"])
    user.waits_for("签名换了")
    user.clicks("核对后收下…")
    user.clicks("核对过了，收下")
    user.waits_for("收下1份")
    user.clicks("知道了")

    user.picks_row("石桥小学")
    assert user.sees("看隐患")
    user.clicks("看隐患")
    user.settles()
    lines = user.reads_table()
    assert lines and {line[1] for line in lines} == {"云栖镇石桥小学"}
    user.presses("F7")
    user.clicks("没有整改措施，请补上。")
    assert user.reads_table()[0][5] == "退回"
    user.picks_row(1)
    user.presses("F6")
    assert user.reads_table()[1][5] == "已收"
    user.presses("F8")
    user.fills("督办要求", "三天内修好")
    user.fills("最迟哪天办好", TODAY + timedelta(days=3))
    user.clicks("保存")
    assert [line[5] for line in user.reads_table()[:2]] == ["退回", "督办"]

    user.clicks("设置")
    assert user.sees(window.house.town_keys.own().fingerprint)
    user.clicks("写公钥文件")
    user.chooses_file(own / "镇.xiaoan-key")
    user.clicks("知道了")
    user.clicks("各校")
    user.clicks("写回执")
    user.chooses_file(own)
    user.waits_for("给12所学校写好了回执")
    user.clicks("知道了")

    back = next(own.glob("校安台回执_云栖镇石桥小学*.zip"))
    school.answers.keys.take(own / "镇.xiaoan-key", on=TODAY)
    taken = school.answers.take(back)
    assert taken.counts == {"退回": 1, "督办": 1}


def test_the_school_takes_key_and_answer_on_its_screen(user, school, town, tmp_path):
    from app.handover.answers.page import AnswerPage

    hand_in(school, town, tmp_path)
    line = town.town.hazards({"is_open": "是"})[0]
    town.verdicts.judge(
        line.school_uid, line.uid, title=line.title, verdict=Verdict.RETURNED, words="写清楚些"
    )
    (tmp_path / "镇.xiaoan-key").write_bytes(town.town_keys.file())
    path = answer(town, tmp_path).rename(tmp_path / "镇里给的.zip")
    went = []
    page = user.opens(AnswerPage(school.answers, go=lambda *where: went.append(where)))
    school.store.on_change(lambda topics: page.hear(topics))
    user.clicks("收镇级公钥")
    user.chooses_file(tmp_path / "镇.xiaoan-key")
    assert user.sees(town.town_keys.own().fingerprint)
    user.clicks("核对过了，收下")
    page.take()
    user.chooses_file(path)
    assert user.sees("镇里收到了1份文件") and user.sees("退回1条")
    user.clicks("知道了")
    (row,) = user.reads_table()
    assert (row[0], row[3]) == ("退回", "等着办") and "写清楚些" in row[1]
    user.clicks("看这条隐患")
    assert went == [("hazards", line.uid)]
    user.clicks("办结")
    user.fills("办理情况", "已经写清楚")
    user.clicks("保存")
    assert user.reads_table()[0][3] == "办结"


def test_the_window_calls_the_clerk_what_a_town_calls_one(user, window):
    assert not user.sees("安全员") and window.menu.button.text() == "经办人 李主任"
    from app.ui.users_dialog import open_users

    open_users(window, window.desk, [])
    user.settles()
    assert user.sees("经办人：全部内容，能收文件、写意见") and not user.sees("安全员")
