"""The window over ten years of data: how soon it can be used, and how much it holds."""

import json
import os
import random
import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from time import perf_counter

WHO, PASSWORD = "张老师", "红旗2026安全"
HAZARDS, PUPILS = 5_000, 3_000
PLACES = ("教学楼东楼梯", "食堂操作间", "学生宿舍二楼", "校门口", "操场单杠", "科学实验室")
FAULTS = ("扶手松动", "燃气软管老化", "应急灯不亮", "没有减速带", "地脚螺栓外露", "酒精没有上锁")


def fill(store):
    """Ten years of hazards, most of them closed, and 3,000 pupils."""
    from app.hazards import Hazard
    from app.students import ClassKey, Student, StudentRegister

    dice = random.Random(3)
    students = StudentRegister(store)
    with store.change("造数据") as session:
        for number in range(HAZARDS):
            found = date(2016, 9, 1) + timedelta(days=number * 3650 // HAZARDS)
            is_open = number > HAZARDS - 40
            session.add(
                Hazard(
                    number=f"YH-{found.year}-{number:04}",
                    found_on=found,
                    found_by="张老师",
                    category="校舍建筑",
                    area="教学楼",
                    place=dice.choice(PLACES),
                    what=dice.choice(FAULTS),
                    grade=dice.choice(("一般", "一般", "较大", "重大")),
                    owner="李建国",
                    due_on=found + timedelta(days=15),
                    fixed_on=None if is_open else found + timedelta(days=9),
                    closed_on=None if is_open else found + timedelta(days=10),
                    step="治理" if is_open else None,
                    round=1,
                    due_is_default=True,
                )
            )
    with store.change("造学生"):
        for grade in range(1, 7):
            for number in range(1, 11):
                uid = students.open_class(ClassKey("小学", 2027 - grade, number))
                with store.change("一个班") as session:
                    for seat in range(1, PUPILS // 60 + 1):
                        session.add(_pupil(Student, dice, uid, seat, grade))


def _pupil(kind, dice, class_uid, seat, grade):
    names = "子涵梓轩雨桐欣怡浩然诺宇航思远佳琪明诗俊杰嘉博"
    return kind(
        name=dice.choice("赵钱孙李周吴郑王") + "".join(dice.sample(names, 2)),
        class_uid=class_uid,
        seat_no=seat,
        sex="女",
        born_on=date(2020 - grade, 1, 1),
        guardian1="家长",
        phone1="19900000000",
        status="在读",
    )


def start():
    """Time what follows a right password, to a window that answers, in a fresh process."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from app.core.desk import SchoolFacts, create
    from app.core.paths import Paths, find_paths

    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(find_paths().program, Path(folder) / "数据", Path(folder) / "本机.json")
        facts = SchoolFacts(name="云栖镇中心小学", code="YQ2026", kind="小学")
        desk, _code = create(paths, facts, WHO, PASSWORD, after=lambda desk: fill(desk.store))
        desk.close()
        return _in_a_fresh_process(paths.data)


def _in_a_fresh_process(data):
    code = f"from tests.bench.window import open_once; open_once({str(data)!r})"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return json.loads(made.stdout.splitlines()[-1])


def open_once(data):
    """Print what one start took; what the unlock window has loaded already is not counted."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    from app.core.opened import Desk
    from app.core.paths import Paths, find_paths
    from app.core.store import keys
    from app.core.store.lock import DataLock
    from app.core.store.tries import Clock
    from app.entrance import prepare
    from app.ui import theme
    from app.ui.subpages import Subpages
    from tests.bench.machine import held_mb, peak_mb

    for _part in prepare(find_paths()):  # what the unlock window does while one types
        pass
    application = QApplication([])
    theme.apply(application, "中")
    paths = Paths(find_paths().program, Path(data), Path(data).with_name("本机.json"))
    found, key = keys.open_with_password(keys.load(paths.keys), WHO, PASSWORD, Clock.read())
    unlocking = peak_mb()
    began = perf_counter()
    empty = QMainWindow()
    empty.show()
    application.processEvents()
    floor = perf_counter() - began
    empty.close()

    began = perf_counter()
    lock = DataLock(paths.lock, holder="测量")
    desk = Desk(paths, found, key, found.users[0], lock=lock, now=datetime.now)
    from app.house import House
    from app.shell import Shell

    window = Shell(desk, House(desk.store, desk.paths))
    window.resize(1366, 698)
    window.show()
    application.processEvents()
    window.grab()
    took = perf_counter() - began
    for _title in window.open_each():
        application.processEvents()
    seen = {"start_s": took, "start_floor": floor, "unlock_mb": unlocking, "window_mb": held_mb()}
    for _title in window.open_each():
        for pages in filter(Subpages.isVisible, window.findChildren(Subpages)):
            for _word in pages.open_each():
                application.processEvents()
    print(json.dumps(seen | {"pages_mb": held_mb()}), flush=True)
    os._exit(0)
