"""A sample town: twelve invented schools, each with a data file written by the real writer."""

from __future__ import annotations

import random
import secrets
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from app.core.desk import Desk
from app.core.founding import SchoolFacts, TownFacts
from app.core.paths import Paths, find_paths
from app.core.roles import Sitter
from app.core.store import Store
from app.drills import Kind
from app.handover import ReportKind
from app.handover.town.standing import last_due_week
from app.hazards import Step, Verdict
from app.house import House

TOWN = "云栖镇中心校"
TOWN_CODE = "YQZ001"
OFFICER = "样例老师"
FACTS = TownFacts(TOWN, TOWN_CODE)
USER, PASSWORD = OFFICER, "yunqi2026"
_NAMES = (
    ("云栖镇第一小学", "小学"), ("云栖镇石桥小学", "小学"), ("云栖镇白沙小学", "小学"),
    ("云栖镇柳湾小学", "小学"), ("云栖镇大坪教学点", "教学点"), ("云栖镇高桥小学", "小学"),
    ("云栖镇中学", "初中"), ("云栖镇幼儿园", "幼儿园"), ("云栖镇南岭小学", "小学"),
    ("云栖镇松树坪教学点", "教学点"), ("云栖镇河口九年一贯制学校", "九年一贯"),
    ("云栖镇黄泥岗小学", "小学"),
)  # fmt: skip
_FOUND = (
    ("校舍建筑", "教学楼", "教学楼东楼梯", "扶手两处焊点松动，用手可晃动"),
    ("消防安全", "宿舍", "学生宿舍一楼", "应急灯两盏不亮"),
    ("用电用气", "食堂", "食堂操作间", "燃气软管老化，没有金属保护"),
    ("体育设施/活动", "操场", "操场单杠", "地脚螺栓外露"),
    ("水域/防溺水", "上学路", "石桥下河湾", "没有警示牌和救生绳"),
    ("周边交通", "校门外", "校门口斜坡", "雨天湿滑，没有减速带"),
    ("校舍建筑", "围墙/大门", "围墙西北角", "砖缝开裂约三米，向外倾斜"),
    ("消防安全", "教学楼", "二楼走廊", "灭火器压力不足两具"),
)
_MEASURES = "停用并拉警戒线，请人维修，修好前每天有人看。"
_MORNING, _BEFORE_DUE = time(9), time(13, 40)
_WEEKS = 3
_DRILLS = (Kind.FIRE, Kind.QUAKE, Kind.CRUSH)


@dataclass(frozen=True)
class SampleSchool:
    """One invented school; ``troubled`` ones leave hazards open past their day."""

    number: int
    name: str
    kind: str

    @property
    def code(self) -> str:
        """The code the town knows it by."""
        return f"YQ{self.number:04}"

    @property
    def is_troubled(self) -> bool:
        """Whether somebody had better call it."""
        return self.number % 4 == 1


def sample_schools() -> tuple[SampleSchool, ...]:
    """Return the twelve schools."""
    return tuple(SampleSchool(n, name, kind) for n, (name, kind) in enumerate(_NAMES, start=1))


def furnish_town(desk: Desk, tick: Callable[[int, int, str], object] = lambda *_: None) -> None:
    """Fill a new town with the files of the twelve schools, as if they came on a stick today."""
    house = House(desk.store, desk.paths)
    house.make_town_keys()
    schools = sample_schools()
    with tempfile.TemporaryDirectory() as place:
        paths = []
        for number, (path, _house) in enumerate(open_schools(Path(place), house.today())):
            tick(number, len(schools), path.stem)
            paths.append(path)
        house.town.take(paths)


def write_files(
    folder: Path, today: date, schools: tuple[SampleSchool, ...] | None = None
) -> list[Path]:
    """Write one data file a school into a folder, through each school's own books."""
    return [path for path, house in open_schools(folder, today, schools) if house]


def open_schools(
    folder: Path, today: date, schools: tuple[SampleSchool, ...] | None = None
) -> Iterator[tuple[Path, House]]:
    """Yield each school's file and its open house, which closes when the next is asked for."""
    for school in schools or sample_schools():
        with tempfile.TemporaryDirectory() as place:
            paths = Paths(find_paths().program, Path(place))
            store = Store(paths.data / "school.db", secrets.token_bytes(32))
            try:
                house = furnish_school(store, paths, school, today)
                path = folder / f"校安台报送_{school.name}_{today:%Y%m%d}.zip"
                house.handover.export(path)
                yield path, house
            finally:
                store.close()


def furnish_school(store: Store, paths: Paths, school: SampleSchool, today: date) -> House:
    """Fill an empty store with a year of one sample school."""
    store.sitter = Sitter(OFFICER)
    house = House(store, paths, lambda: today, lambda: datetime.combine(today, _MORNING))
    facts = SchoolFacts(school.name, school.code, school.kind).checked()
    house.settings.put(facts.settings(datetime.combine(today, _MORNING), sample=True))
    house.handover.make_key()
    dice = random.Random(school.number)
    _find(house, school, today, dice)
    _report(house, school, today)
    _drill(house, today, dice)
    return house


def _find(house: House, school: SampleSchool, today: date, dice: random.Random) -> None:
    """Find hazards over three months; most are closed, some stand open, a few are late."""
    for number in range(4 + school.number % 4):
        category, area, place, what = dice.choice(_FOUND)
        days_ago = dice.randint(3, 80) if school.is_troubled or number % 3 else dice.randint(1, 9)
        found_on = today - timedelta(days=days_ago)
        is_major = school.is_troubled and number == 0
        hazard = house.hazards.report(
            found_on=found_on,
            found_by=OFFICER,
            category=category,
            area=area,
            place=place,
            what=what,
            grade="重大" if is_major else "一般",
            source="日常巡查",
            measures=_MEASURES,
            owner=OFFICER,
        )
        if not is_major and number % 3 and not (school.is_troubled and number % 2):
            _close(house, hazard.uid, found_on, today)


def _close(house: House, uid: str, found_on: date, today: date) -> None:
    steps = (Step.ASSESS, Step.REPORT, Step.WATCH, Step.TREAT, Step.ACCEPT, Step.CLOSE)
    for step in steps:
        house.hazards.sign(
            uid,
            step,
            by=OFFICER,
            on=min(today, found_on + timedelta(days=2)),
            words="已办",
            is_skipped=step is Step.REPORT,
            verdict=Verdict.PASSED if step is Step.ACCEPT else None,
        )


def _report(house: House, school: SampleSchool, today: date) -> None:
    """Send the reports of the last weeks: most in time, some of nothing, some late or not."""
    last = last_due_week(datetime.combine(today, _MORNING))
    for back in range(_WEEKS):
        if school.number % 5 == back:  # the one nobody sent
            continue
        monday = last - timedelta(days=7 * back)
        year, week, _ = monday.isocalendar()
        key = f"{year}-W{week:02}"
        is_zero = school.number % 3 == 0
        begin = house.reports.zero if is_zero else house.reports.begin
        report = begin(ReportKind.WEEKLY, key)
        is_late = school.number % 4 == back
        friday = monday + timedelta(days=5 if is_late else 4)
        house.reports.send(
            report.uid,
            sent_at=datetime.combine(friday, _BEFORE_DUE),
            way="U盘",
            recipient=TOWN,
            by=OFFICER,
            reason="样例资料一次录入",
        )


def _drill(house: House, today: date, dice: random.Random) -> None:
    """Hold a drill in each of the last three months, or one less."""
    for back in range(dice.randint(1, 3)):
        on = today - timedelta(days=2 + 30 * back)
        house.drills.enter_held(
            {
                "done_on": on,
                "seconds": dice.randint(95, 180),
                "target_seconds": 120,
                "pupils_due": 120,
                "pupils_there": 118,
                "staff_due": 14,
                "staff_there": 14,
                "place": "操场",
                "commander": OFFICER,
            },
            kind=_DRILLS[back % len(_DRILLS)],
        )
