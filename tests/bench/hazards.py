"""The ledger of hazards with 20,000 lines, through the real window: opened, searched, signed."""

import json
import os
import random
import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from PIL import Image

COUNT = 20_000
PRINTED = 5_000
SIGNED = 30
PHOTOS = 24
TODAY = date(2026, 9, 1)
AREAS = ("教学楼", "食堂", "宿舍楼", "校门口", "操场", "实验室")
FAULTS = ("扶手松动", "燃气软管老化", "应急灯不亮", "没有减速带", "地脚螺栓外露", "酒精没有上锁")
TYPED = ("应", "应急", "应急灯", "应急", "", "w", "wj", "wjg", "食堂", "2024-01", "2024-012", "")


def measure():
    """Return all figures of the ledger, each taken in a fresh process after the window is up."""
    from app.core.desk import SchoolFacts, create
    from app.core.paths import Paths, find_paths
    from tests.bench.window import PASSWORD, WHO

    with tempfile.TemporaryDirectory() as folder:
        paths = Paths(find_paths().program, Path(folder) / "数据", Path(folder) / "本机.json")
        facts = SchoolFacts(name="云栖镇中心小学", code="YQ2026", kind="小学")
        desk, _code = create(paths, facts, WHO, PASSWORD, after=lambda desk: fill(desk.store))
        desk.close()
        code = f"from tests.bench.hazards import in_a_window; in_a_window({folder!r})"
        made = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        )
        return json.loads(made.stdout.splitlines()[-1])


def fill(store, count=COUNT):
    """Ten years of hazards found by many people; one in forty and this year's last are open."""
    from app.hazards import Hazard

    dice = random.Random(4)
    names = [first + rest for first in "赵钱孙李周吴郑王" for rest in ("建国", "秀英", "志强")]
    with store.change("造数据") as session:
        for number in range(count):
            found = TODAY - timedelta(days=(count - number) * 3650 // count)
            is_open = number % 40 == 0 or number > count - 300
            session.add(
                Hazard(
                    number=f"YH-{found.year}-{number:05}",
                    found_on=found,
                    found_by=dice.choice(names),
                    category=dice.choice(("校舍建筑", "消防安全", "用电安全", "食品安全")),
                    area=dice.choice(AREAS),
                    place=f"{dice.choice(AREAS)}{number % 97}号",
                    what=f"{dice.choice(FAULTS)}，第{number % 211}处",
                    grade=dice.choice(("一般", "一般", "较大", "重大")),
                    measures="更换新件，由总务处验收" if number % 3 else None,
                    owner=dice.choice(names),
                    due_on=found + timedelta(days=15),
                    fixed_on=None if is_open else found + timedelta(days=9),
                    closed_on=None if is_open else found + timedelta(days=10),
                    step="评估" if is_open else None,
                    round=1,
                    due_is_default=True,
                )
            )


def in_a_window(folder):
    """Print what the ledger takes in the window of a school that has just been opened."""
    from PySide6.QtWidgets import QApplication

    from app.core.opened import Desk
    from app.core.paths import Paths, find_paths
    from app.core.store import keys
    from app.core.store.lock import DataLock
    from app.core.store.tries import Clock
    from app.house import House
    from app.shell import Shell
    from app.ui import theme
    from tests.bench.window import PASSWORD, WHO

    application = QApplication([])
    theme.apply(application, "中")
    paths = Paths(find_paths().program, Path(folder) / "数据", Path(folder) / "本机.json")
    found, key = keys.open_with_password(keys.load(paths.keys), WHO, PASSWORD, Clock.read())
    lock = DataLock(paths.lock, holder="测量")
    desk = Desk(paths, found, key, found.users[0], lock=lock, now=datetime.now)
    house = House(desk.store, desk.paths, today=lambda: TODAY)
    shell = Shell(desk, house)
    shell.resize(1366, 698)
    shell.show()
    shell.grab()
    _rest(application, 1.0)
    figures = _opened(shell, application) | _searched(shell, application)
    figures |= _charted(shell, application) | _photographed(shell, application)
    figures |= _signed(desk, house) | _printed(house)
    print(json.dumps(figures), flush=True)
    os._exit(0)


def _opened(shell, application):
    """Press the tab, and count until the lines and the numbers on the chips are painted."""
    began, began_wall = process_time(), perf_counter()
    page = shell.go("hazards")
    shell.repaint()
    took, took_wall = process_time() - began, perf_counter() - began_wall
    chips = {chip.chip.word: chip.number() for chip in page.filters.chips}
    assert chips["未销账"] == page.table.ledger.rowCount() > 700, chips
    _rest(application, 1.0)
    return {"list_s": took, "list_wall_s": took_wall, "list_floor": _bare_read(shell.desk.store)}


def _bare_read(store):
    """Return the CPU seconds of the bare SELECT of the same columns, and nothing done with it."""
    from sqlalchemy.dialects import sqlite

    from app.hazards.lines import query

    with store.read() as session:
        words = str(query().compile(dialect=sqlite.dialect()))
        bare = session.connection().connection.driver_connection
        began = process_time()
        assert len(bare.execute(words).fetchall()) == COUNT
        return process_time() - began


def _searched(shell, application):
    """Type over all lines with and without a drop-down; return the median and the worst key."""
    page, took = shell.go("hazards"), []
    page.filters.choose_tag("")
    assert page.table.ledger.rowCount() == COUNT
    _rest(application, 0.3)
    for choice in ("", "用电安全"):
        page.filters.choose("category", choice)
        _rest(application, 0.3)
        for text in TYPED:
            began = process_time()
            page.filters.search.setText(text)
            page.table.viewport().repaint()
            took.append((process_time() - began) * 1000)
            application.processEvents()
    return {"list_key_ms": median(took), "list_key_worst_ms": max(took)}


def _signed(desk, house):
    """Sign 评估 of thirty hazards, then keep two photos: all is on the disk at the end."""
    from app.hazards import Step

    open_lines = [line for line in house.hazards.lines() if line.step is Step.ASSESS]
    desk.store._listeners.clear()  # what the screen does then is measured as the opening
    took = []
    for line in open_lines[:SIGNED]:
        began = perf_counter()
        house.hazards.sign(line.uid, Step.ASSESS, by="李建国", on=TODAY, words="一般隐患。")
        took.append((perf_counter() - began) * 1000)
    held = [_noise(0), _noise(1)]
    began = perf_counter()
    house.hazards.photos.add(line.uid, [house.hazards.photos.hold(data) for data in held])
    kept = (perf_counter() - began) * 1000
    return {"sign_ms": median(took), "sign_worst_ms": max(took), "photos_kept_ms": kept}


def _charted(shell, application):
    """Count and draw all there ever was, with its reading; the best of three."""
    from app.hazards.charts.rules import Span

    page, took = shell.go("charts"), []
    _rest(application, 0.3)
    for _ in range(3):
        began = process_time()
        page.choose_span(Span.EVER)
        page.grab()
        took.append(process_time() - began)
    return {"charts_s": min(took)}


def _photographed(shell, application):
    """Add 24 photos, as large as they are ever kept, to one hazard; choose it, twice."""
    from app.ui.jobs import running_jobs

    page, hazards = shell.go("hazards"), shell.house.hazards
    first, second = page.shown_uids()[:2]
    page.choose(second)
    hazards.photos.add(first, [hazards.photos.hold(_noise(n)) for n in range(PHOTOS)])
    assert len(hazards.get(first).photos) == PHOTOS
    figures = {}
    for name in ("photos_ms", "photos_again_ms"):
        page.choose(second)
        _rest(application, 0.3)
        began = process_time()
        page.choose(first)
        page.repaint()
        figures[name] = (process_time() - began) * 1000
        while running_jobs():
            application.processEvents()
    return figures


def _noise(number):
    """Return a photo that is as large as one may be: it has nothing that could be left out."""
    from app.core.photos import shrink

    picture = Image.frombytes("RGB", (200, 150), os.urandom(90_000)).resize((1600, 1200))
    out = BytesIO()
    picture.save(out, "JPEG", quality=80)
    return shrink(out.getvalue(), str(number))


def _printed(house):
    """Print the newest five thousand on each list; the CPU seconds count their reading."""
    from app.core.paper import print_paper

    took = {}
    for name, paper, view in (
        ("real_ledger_cpu", "hazard_ledger", "ledger"),
        ("self_check_cpu", "hazard_self_check", "self_check"),
        ("platform_cpu", "platform", "platform"),
    ):
        form = house.papers[paper]
        began = process_time()
        rows = house.hazards.views[view]({})[-PRINTED:]
        printed = print_paper(form, rows, house.context(form))
        took[name] = process_time() - began
        assert len(rows) == PRINTED and printed.pages > 100
    return took


def _rest(application, seconds):
    """Let the program do what it does while nobody touches it."""
    until = perf_counter() + seconds
    while perf_counter() < until:
        application.processEvents()


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:20} {value:8.3f}")
