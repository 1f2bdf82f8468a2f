"""The sample school's one incident: invented, reported in time, over."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from app.incidents import Turn

if TYPE_CHECKING:
    from app.house import House

_ABOVE = "云栖镇教育办公室"
# Unit, person, kind, number: invented numbers that ring nowhere.
_PHONES = (
    (_ABOVE, "李主任", "教育", "0000-5550101"),
    ("镇政府值班室", "", "村镇", "0000-5550102"),
    ("镇卫生院", "王医生", "医疗", "0000-5550103"),
    ("派出所", "赵警官", "公安", "0000-5550104"),
)


def live_through(house: House, today: date) -> None:
    """Enter whom to call, and an incident of twelve days ago from the first minute to the end."""
    for unit, name, kind, number in _PHONES:
        said = {"on": today, "unit": unit, "name": name, "kind": kind, "phone": number}
        house.ledgers.enter("phone_book", said)
    names = list(house.staff.names()) or ["样例老师"]
    happened = datetime.combine(today - timedelta(days=12), time(10, 15))
    known = happened + timedelta(minutes=5)
    incidents = house.incidents
    said = {
        "happened_at": happened,
        "kind": "体育活动",
        "grade": "一般",
        "site": "校内",
        "place": "操场单杠",
        "what": "课间学生从单杠上滑落，手臂擦伤。",
        "dead": Decimal(0),
        "missing": Decimal(0),
        "badly_hurt": Decimal(0),
        "hurt": Decimal(1),
        "measures": "校医处理伤口，送镇卫生院检查，通知家长。",
        "recipient": _ABOVE,
        "contact": names[0],
    }
    uid = incidents.begin(known_at=known, said=said).uid
    incidents.calls.enter(
        uid,
        unit=_ABOVE,
        called_at=known + timedelta(minutes=15),
        is_report=True,
        answered_by="李主任",
        answer="先看好伤，有变化再报。",
        caller=names[0],
    )
    incidents.reports.send(
        uid,
        kind=Turn.FIRST,
        sent_at=known + timedelta(minutes=42),
        recipient=_ABOVE,
        way="传真",
        signer=names[0],
    )
    incidents.close(
        uid,
        on=today - timedelta(days=10),
        result="学生检查没有骨折，第二天照常上课。",
        aftercare="单杠下面加了垫子，体育课讲了器械安全。",
    )
