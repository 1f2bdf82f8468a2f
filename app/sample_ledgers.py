"""The sample school's plain ledgers: invented, as of today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from app.house import House

Said = dict[str, Any]
_VISITS: tuple[tuple[int, int, str, str, str, str], ...] = (
    (0, 9, "王大山", "送孩子落下的书包", "门卫转交", "13900001111"),
    (1, 10, "李师傅", "检修饮水机", "周海涛", "13900002222"),
    (2, 14, "赵明", "家长约谈", "孙丽华", "13900003333"),
)
_DISHES = ("西红柿炒鸡蛋、米饭、冬瓜汤", "土豆烧牛肉、馒头、紫菜汤", "青椒肉丝、米饭、豆腐汤")
# Name, kind, months since it was made, whether it was serviced, months ago.
_BOTTLES: tuple[tuple[str, str, int, int], ...] = (
    ("教学楼一楼东", "干粉", 59, 0),
    ("教学楼二楼东", "干粉", 70, 9),
    ("食堂操作间", "水基", 35, 0),
    ("配电室", "二氧化碳", 40, 0),
)
_COOKS: tuple[tuple[str, str, int], ...] = (
    ("刘桂芳", "厨师", 12),
    ("陈秀英", "打饭", 200),
    ("马国强", "采购", -2),
)


def keep_ledgers(house: House, today: date) -> None:
    """Fill some of the plain ledgers: the last days, and dates that come soon."""
    names = list(house.staff.names()) or ["样例老师"]
    for id, said in _lines(names, today):
        house.ledgers.enter(id, said)
    closed = house.ledgers.enter("dispute", _dispute(names, today, 40, "学生之间", "低"))
    house.ledgers.close(
        closed.uid,
        {"settled_on": today - timedelta(days=33), "outcome": "双方家长到校，握手言和。"},
    )


def _lines(names: list[str], today: date) -> Iterator[tuple[str, Said]]:
    yield from (("gate_visit", one) for one in _visits(today))
    yield from (("canteen_dine", one) for one in _dinners(names, today))
    yield from (("canteen_sample", one) for one in _samples(names, today))
    yield from (("canteen_health", one) for one in _cooks(today))
    yield from (("extinguisher", one) for one in _bottles(names, today))
    yield "school_bus", _bus(today)
    yield (
        "insurance",
        {
            "on": today - timedelta(days=345),
            "kind": "校方责任险",
            "company": "样例保险公司云栖支公司",
            "paper": "样例2026-0088",
            "until": today + timedelta(days=20),
        },
    )
    yield "dispute", _dispute(names, today, 8, "家校之间", "中")
    yield (
        "warning",
        {
            "at": datetime.combine(today - timedelta(days=4), time(16, 20)),
            "source": "县气象台",
            "kind": "大风",
            "colour": "蓝",
            "what": "未来24小时平均风力6级以上",
            "told": "各班主任、值班领导",
            "did": "停止操场活动，检查宣传栏和树木。",
        },
    )


def _visits(today: date) -> Iterator[Said]:
    for ago, hour, name, purpose, host, phone in _VISITS:
        came = datetime.combine(today - timedelta(days=ago + 1), time(hour, 5))
        yield {
            "came_at": came,
            "visitor": name,
            "heads": Decimal(1),
            "purpose": purpose,
            "host": host,
            "agreed": True,
            "checked": True,
            "phone": phone,
            "left_at": came + timedelta(minutes=40),
            "guard": "门卫老何",
        }


def _dinners(names: list[str], today: date) -> Iterator[Said]:
    for n, dishes in enumerate(_DISHES):
        yield {
            "on": today - timedelta(days=n + 1),
            "meal": "午餐",
            "dishes": dishes,
            "heads": Decimal(236 + n),
            "who": names[n % len(names)],
            "role": "校领导" if n == 0 else "教师",
            "taste": "良",
            "portion": "足",
            "warm": "热",
            "clean": "优",
            "order": "良",
            "service": "良",
            "grade": "良",
        }


def _samples(names: list[str], today: date) -> Iterator[Said]:
    for n, dishes in enumerate(_DISHES):
        for food in dishes.split("、")[:2]:
            yield {
                "kept_at": datetime.combine(today - timedelta(days=n + 1), time(11, 20)),
                "meal": "午餐",
                "food": food,
                "grams": Decimal(150),
                "by": "刘桂芳",
                "fridge": "留样柜1号",
                "degrees": Decimal(4),
            }


def _cooks(today: date) -> Iterator[Said]:
    for name, post, left in _COOKS:
        until = today + timedelta(days=left)
        yield {
            "issued_on": until - timedelta(days=365),
            "name": name,
            "post": post,
            "paper": f"样例{left + 100:05}",
            "office": "云栖镇卫生院",
            "until": until,
        }


def _bottles(names: list[str], today: date) -> Iterator[Said]:
    for n, (place, kind, months, served) in enumerate(_BOTTLES, start=1):
        made = today - timedelta(days=30 * months)
        said: Said = {
            "made_on": made,
            "code": f"MH{n:03}",
            "kind": kind,
            "spec": "4公斤" if kind == "干粉" else "3升",
            "place": place,
            "keeper": names[n % len(names)],
        }
        if served:
            said["served_on"] = today - timedelta(days=30 * served)
        yield said


def _bus(today: date) -> Said:
    return {
        "on": today - timedelta(days=500),
        "plate": "样A·校001",
        "model": "19座",
        "special": True,
        "seats": Decimal(19),
        "owner": "云栖镇中心小学",
        "provider": "学校自有",
        "sign": "样校字第001号",
        "check_until": today + timedelta(days=6),
        "sign_until": today + timedelta(days=6),
        "traffic_until": today + timedelta(days=160),
        "liability_until": today + timedelta(days=160),
        "route": "石桥村—云栖镇中心小学",
    }


def _dispute(names: list[str], today: date, ago: int, kind: str, grade: str) -> Said:
    return {
        "found_on": today - timedelta(days=ago),
        "kind": kind,
        "heads": Decimal(2),
        "what": "家长对课间受伤的处理有意见，几次到校。",
        "grade": grade,
        "measures": "分管领导和班主任一起家访，说明经过，商定治疗费用。",
        "owner": names[0],
        "leader": names[-1],
        "due_on": today + timedelta(days=10 - ago // 5),
    }
