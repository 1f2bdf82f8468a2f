from datetime import date, datetime, time

import pytest

from app.core.paper import Context, print_paper
from tests.core.paper.reading import misplaced, texts
from tests.duties.book.conftest import POINTS, WEDNESDAY


@pytest.fixture
def prints(papers):
    def printed(paper, rows):
        found = print_paper(papers.forms[paper], rows, Context("青石镇小学", printed_by="张老师"))
        assert misplaced(found) == []
        return texts(found)

    return printed


def test_the_sheets_of_a_week_have_day_shift_and_people_and_room_for_the_pen(log, prints):
    pages = prints("duty_record", log.views["week"]({}))
    assert len(pages) == 5
    assert "2026年11月2日" in pages[0] and "星期一" in pages[0]
    assert "夜间值班" in pages[0] and "孙丽华、吴敏" in pages[0] and "周海涛" in pages[0]
    assert "接班人：" in pages[0]


def test_a_full_record_of_a_shift_stands_on_one_sheet(log, watch, prints):
    log.enter(**{**watch, "duty_on": date(2026, 11, 3)}, matters=[{"what": "东门锁坏了"}])
    (old,) = log.open_matters()
    record = log.enter(
        **watch,
        patrols=[
            {"at": time(hour), "route": "教学楼、宿舍、食堂一圈", "found": "三楼灯没有关"}
            for hour in range(18, 24)
        ],
        doors="门窗都关好，水电正常",
        incidents="有人翻墙进校，穿黑衣服，往食堂方向跑了",
        handling="两人一起上前劝离，报告派出所和带班领导",
        calls=[
            {"at": time(20), "unit": "镇应急办", "content": "明天大风", "handled": "已转告"},
            {"at": time(21), "unit": "家长", "content": "问孩子到没到", "handled": "已答复"},
        ],
        carried=[{"uid": old.uid, "ended": True, "words": "换了新锁"}],
        matters=[{"what": "三楼饮水机漏水"}],
        given_by="吴敏",
        taken_by="陈建国",
        handed_at=datetime(2026, 11, 5, 7, 10),
    )
    (page,) = prints("duty_record", log.views["records"]({"number": record.number}))
    for words in ("21:00", "换了新锁", "镇应急办", "三楼饮水机漏水", "吴敏交，陈建国接"):
        assert words in page
    (ledger,) = prints("duty_ledger", log.views["list"]({}))
    assert "东门锁坏了" in ledger


def test_the_patrol_sheet_is_printed_empty_and_with_its_ticks(patrols, walk, prints):
    (blank,) = prints("patrol_sheet", patrols.views["blank"]({}))
    assert all(point in blank for point in POINTS) and "第6次" in blank
    walk["results"] = {**walk["results"], "配电室": "×"}
    patrols.enter(**walk, faults={"配电室": {"what": "门没有锁"}}, handling="当场锁好")
    (page,) = prints("patrol_sheet", patrols.views["sheets"]({}))
    assert "×" in page and "门没有锁" in page and "当场锁好" in page
    (ledger,) = prints("patrol_ledger", patrols.views["list"]({}))
    assert "配电室：门没有锁" in ledger.replace("\n", "")


def test_the_gate_is_printed_for_a_week_and_as_it_was(gates, gate, prints):
    week = "".join(prints("gate_sheet", gates.views["week"]({})))
    assert week.count("校门上学") >= 5 and "至少4人" in week and "赵保安" in week
    gate["lines"][2]["mark"] = "缺岗"
    gates.enter(**gate, handling="带班领导顶上")
    (page,) = prints("gate_sheet", gates.views["sheets"]({}))
    assert "应到4人，实到3人，缺岗1人" in page and "带班领导顶上" in page
    (ledger,) = prints("gate_ledger", gates.views["list"]({}))
    assert "75.0%" in ledger


def test_a_log_is_one_sheet_a_day_however_much_happened(diary, prints):
    words = "上午第二节课间有三处，都已经当场处理并报告带班领导，"
    entries = dict.fromkeys(("hazards", "incidents"), words * 3)
    entries |= dict.fromkeys(("leader", "gate", "morning", "noon", "evening"), "正常，没有问题")
    diary.enter(log_on=WEDNESDAY, entries=entries, written_by="吴敏", weather="晴")
    (page,) = prints("safety_log", diary.views["days"]({}))
    assert "星期三" in page and "校长阅签：" in page
    assert len(prints("safety_log", diary.views["week"]({}))) == 5
    (ledger,) = prints("safety_log_ledger", diary.views["list"]({}))
    assert "吴敏" in ledger


def test_a_school_without_a_roster_prints_one_empty_sheet(log, gates, roster, prints):
    roster.days = []
    assert len(prints("duty_record", log.views["week"]({}))) == 1
    assert len(prints("gate_sheet", gates.views["week"]({}))) == 1
