import json
from datetime import date, timedelta

import pytest

from app.core.errors import UserError
from app.drills.doing.entryfile import DRILL_FILE, KEYS, enter_drill, read_drill
from app.drills.doing.rules import Node
from tests.drills.doing.conftest import TODAY

WHOLE = {
    "date": "2026-10-14",
    "started": "10:05",
    "ended": "10:20",
    "place": "教学楼",
    "weather": "晴",
    "recorder": "李敏",
    "counts": [
        {"class": "小1班", "there": 2, "time": "55"},
        {"class": "一年级1班", "there": 2, "absent": "发热1人", "time": "1:12", "by": "李敏"},
        {"class": "二年级1班", "there": 4, "time": "1:20"},
    ],
    "staff": {"due": 4, "there": 4},
    "moments": {"开始疏散": "0:30", "最后一人出楼": "1:25"},
    "experts": "镇消防站",
    "process": "迅速准确",
    "summary": "有序",
    "verdict": "优",
    "feedback": "家长群",
    "told": ["师生", "家长"],
    "problems": [
        {"what": "东门没有开", "fix": "钥匙交门卫", "owner": "赵刚", "due": "2026-10-20"},
        {"what": "应急灯不亮", "hazard": True},
    ],
}


@pytest.fixture
def enters(house, tmp_path):
    def enters(**said):
        file = tmp_path / "演练.json"
        file.write_text(json.dumps(said, ensure_ascii=False), "utf-8")
        return enter_drill(house.doing, read_drill(file))

    return enters


def test_a_planned_drill_comes_in_whole(house, drill, enters):
    said = enters(drill=drill.number, **WHOLE)
    (hazard,) = house.hazards.lines()
    assert said == {
        "drill": drill.number,
        "seconds": 55,
        "missing": ["演练预案"],
        "hazards": [hazard.number],
    }
    held = house.drills.get(drill.uid)
    assert (held.done_on, held.pupils_due, held.pupils_there) == (TODAY, 9, 8)
    assert (held.staff_there, held.started_at.hour, held.ended_at.minute) == (4, 10, 20)
    record = house.doing.records.of(drill.uid)
    assert record.nodes == {"开始疏散": 30, "最后一人出楼": 85, "清点完毕": 85}
    assert [gap.owner for gap in house.doing.records.gaps()] == ["赵刚", ""]
    house.store.undo()  # all of it was one act
    assert house.drills.get(drill.uid).done_on is None and house.hazards.is_empty()


def test_a_drill_nobody_planned_comes_in_by_its_kind(house, enters):
    said = enters(kind="防踩踏", date="2026-10-13", pupils={"due": 9, "there": 9})
    (drill,) = house.drills.all()
    assert (drill.number, drill.title, drill.pupils_there) == (said["drill"], "楼道防踩踏疏散", 9)


def test_every_wrong_key_is_named_at_once(house, drill, enters):
    with pytest.raises(UserError) as told:
        enters(
            drill=drill.number,
            date="14.10.2026",
            verdict="很好",
            wetter="晴",
            counts=[{"class": "一年级1班", "there": -1}, {"time": "1:99"}, 3],
            moments={"信号": "0:00", "喊": "0:01"},
            told=["记者"],
            problems=[{"hazard": "yes"}],
        )
    said = told.value.what
    for fault in (
        "wetter不认识",
        "verdict只能写：优、良、合格、不合格",
        "date要写成2026-10-14这样",
        "counts第1条的there要写成人数",
        "counts第2条的class没有写",
        "counts第2条的time要写成1:52这样",
        "counts第3条要写成一组",
        "moments.喊不认识",
        "told要写成一串",
        "problems第1条的what没有写",
        "problems第1条的hazard要写true或false",
    ):
        assert fault in said, fault
    assert told.value.safe == "什么都没有录入。"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"date": "2026-10-15"}, "还没有到"),
        ({"date": "2026-10-01"}, "补录原因"),
        ({"drill": "YL-2026-0099"}, "没有编号是YL-2026-0099的演练"),
        ({"counts": [{"class": "九年级9班", "there": 1}]}, "counts里没有叫“九年级9班”的班"),
        ({"counts": [{"class": "一年级1班", "there": 4}]}, "“一年级1班”实到4人，比应到3人多"),
        ({"counts": [{"class": "一年级1班", "due": 99, "there": 9}]}, "名册上3人，应到不能写99人"),
        ({"staff": {"due": 4, "there": 5}}, "教职工实参5人，比应参4人多"),
        ({"pupils": {"due": 500, "there": 5}}, "比名册上的9人多"),
        ({"plan": "没有的预案"}, "没有叫“没有的预案”的预案"),
        ({"moments": {"最后一人出楼": "1:00", "清点完毕": "0:40"}}, "比“最后一人出楼”（1:00）还早"),
        ({"started": "10:30", "ended": "10:05"}, "“结束时刻”比“开始时刻”早"),
    ],
)
def test_what_the_rules_refuse_leaves_nothing_behind(house, drill, enters, said, why):
    newest = house.store.newest()
    with pytest.raises(UserError, match=why):
        enters(**{"drill": drill.number, **WHOLE, **said})
    assert house.store.newest() == newest
    assert house.doing.records.of(drill.uid) is None and house.hazards.is_empty()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"{", "第1行的写法不对"),
        (b"[1, 2]", "要写成一个JSON对象"),
        (b"\xff\xfe\x00", "没有存成UTF-8"),
        (b"[" * 100_000, "写法太绕"),
        (b"{}", "date没有写.*drill和kind都没有写"),
    ],
)
def test_a_broken_file_is_named_in_words(tmp_path, data, why):
    file = tmp_path / "坏.json"
    file.write_bytes(data)
    with pytest.raises(UserError, match=why):
        read_drill(file)


def test_the_file_is_told_whole_in_the_help():
    missing = [key for key in KEYS if f'"{key}"' not in DRILL_FILE and key != "kind"]
    assert missing == [] and all(str(node) in DRILL_FILE for node in list(Node)[1:])


def test_a_late_file_says_why_and_keeps_the_real_time(house, drill, enters, clock):
    day = TODAY - timedelta(days=30)
    enters(drill=drill.number, date=day.isoformat(), late_reason="转校长办公室漏了")
    record = house.doing.records.of(drill.uid)
    assert record.entered_at == clock.at and house.drills.get(drill.uid).done_on == date(
        2026, 9, 14
    )
