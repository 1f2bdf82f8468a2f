"""Twenty hazards come home on paper and into the ledger without the mouse being touched."""

from datetime import date, datetime

import pytest
from PySide6.QtCore import Qt

from app.core.desk import create
from app.core.paths import Paths, find_paths
from app.house import House
from app.sample import FACTS
from app.shell import Shell
from tests.keyboard import Keyboard

TODAY = date(2026, 4, 1)
TAB, SPACE, LEFT = Qt.Key.Key_Tab, Qt.Key.Key_Space, Qt.Key.Key_Left
# As they stand on the paper: what is typed for the category, the place, the words, 重大 or not.
PAPER = (
    ("xfaq", "消防安全", "教学楼一楼西侧", "灭火器压力不足", False),
    ("xfaq", "消防安全", "教学楼三楼走廊", "应急灯一盏不亮", False),
    ("xfaq", "消防安全", "学生宿舍二楼", "安全出口被自行车挡住", True),
    ("ydyq", "用电用气", "食堂操作间", "燃气软管老化", True),
    ("ydyq", "用电用气", "四年级二班", "插座面板破损", False),
    ("ydyq", "用电用气", "配电室", "门没有上锁", False),
    ("xsjz", "校舍建筑", "教学楼二楼东楼梯", "扶手松动", False),
    ("xsjz", "校舍建筑", "围墙西北角", "砖缝开裂", False),
    ("xsjz", "校舍建筑", "音乐室", "吊顶板下垂", False),
    ("ldlt", "楼道楼梯/防踩踏", "教学楼西楼梯", "转角堆放课桌", False),
    ("spyyys", "食品与饮用水", "食堂库房", "大米直接放在地上", False),
    ("sushe", "宿舍", "学生宿舍一楼", "床架焊点开裂", False),
    ("tyss", "体育设施/活动", "操场单杠", "地脚螺栓外露", False),
    ("tyss", "体育设施/活动", "操场沙坑", "有碎玻璃", False),
    ("zrzh", "自然灾害/防汛防雷", "教学楼屋顶", "排水口堵塞", False),
    ("mwab", "门卫安保/三防", "校门口", "防撞桩缺一根", False),
    ("zbjt", "周边交通", "校门口斜坡", "没有减速带", False),
    ("syfns", "水域/防溺水", "石桥下河湾", "没有警示牌", False),
    ("sysywhp", "实验室与危化品", "科学实验室", "酒精没有上锁", False),
    ("zdzr", "制度/责任", "德育处", "值班表没有更新", False),
)


@pytest.fixture
def shell(user, tmp_path):
    """The window of a school with four people, just unlocked."""
    paths = Paths(find_paths().program, tmp_path / "校安台数据", tmp_path / "本机.json")
    desk, _ = create(paths, FACTS, "张老师", "红旗2026安全")
    house = House(desk.store, paths, lambda: TODAY, lambda: datetime(2026, 4, 1, 9, 0))
    for name in ("张老师", "李敏", "王建国", "刘玉兰"):
        house.staff.enter(name=name)
    yield user.opens(Shell(desk, house))
    desk.close()


@pytest.fixture
def hands(user):
    hands = Keyboard(user)
    yield hands
    hands.lets_go()


def test_twenty_hazards_are_entered_from_paper_with_the_keyboard_alone(user, shell, hands):
    hands.presses("Ctrl+2", "Ctrl+N")
    hands.writes("3-31")
    hands.presses(TAB, TAB)
    each = []
    for number, (typed, _, place, what, is_major) in enumerate(PAPER):
        before = hands.keys
        hands.chooses(typed)
        hands.presses(TAB, TAB)
        hands.writes(place)
        hands.presses(TAB, LEFT if is_major else SPACE, TAB, TAB)  # how one grades stays as it is
        hands.presses(*[TAB] * is_major)  # a grave one is asked for its clause
        if number == 0:
            hands.writes("zls、lm")
        hands.presses(TAB)
        hands.writes(what)
        hands.presses("Ctrl+S" if number == len(PAPER) - 1 else "Ctrl+Return")
        each.append(hands.keys - before - len(typed) - is_major)
    assert not user.sees_dialogs(), user.texts()
    assert hands.clicks == []
    assert set(each) == {8}, "six times Tab, the grade, and one key to save: no needless one"

    rows = {line.what: line for line in shell.house.hazards.lines()}
    assert len(rows) == len(PAPER) == 20
    for _, category, place, what, is_major in PAPER:
        line = rows[what]
        assert (line.category, line.place, line.grade) == (
            category,
            place,
            "重大" if is_major else "一般",
        )
        hazard = shell.house.hazards.get(line.uid)
        assert (hazard.found_on, hazard.found_by) == (date(2026, 3, 31), "张老师、李敏")
    assert user.sees("20 条未销账，逾期在前")


def test_a_list_is_walked_and_a_step_signed_with_the_keyboard_alone(user, shell, hands):
    for _, category, place, what, _ in PAPER[:3]:
        shell.house.hazards.report(
            found_on=TODAY,
            found_by="李敏",
            category=category,
            place=place,
            what=what,
            grade="一般",
        )
    hands.presses("Ctrl+2", Qt.Key.Key_Down, Qt.Key.Key_Return)
    hands.chooses("lyl")
    hands.presses(TAB)
    hands.writes("今天")
    hands.presses("Ctrl+S")
    assert not user.sees_dialogs(), user.texts()
    steps = {line.place: line.step for line in shell.house.hazards.lines()}
    assert steps["教学楼三楼走廊"] == "报告" and list(steps.values()).count("评估") == 2
    hands.presses("Alt+3")
    assert user.sees("还没有录入检查")
    hands.presses("Alt+1")
    assert len(user.reads_table()) == 3 and hands.clicks == []
