"""今日 of a school of ten years with sixty rules: what one look costs: ``tests.bench.agenda``."""

import tempfile
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from time import process_time

from sqlalchemy import JSON

from app.core.paths import Paths
from app.core.store import Store
from app.core.store.records import Record
from app.core.views import Filter
from app.drills import Drill
from app.hazards.checks.records import Check
from app.house import House
from app.letters import LetterBatch
from app.meetings import Education, Meeting

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 18, 9, 0)
YEARS, RULES, MORE = 10, 60, 30
LOOKS = 15
FACTS = ("has_kindergarten", "boards", "has_canteen", "has_bus", "has_chemicals", "has_special")
FACTS += ("has_alarm", "has_fire_system", "has_lightning_rods", "near_woods")
# What is kept a year: its table, how many, the kinds in turn.
KEPT = (
    (Drill, 14, ("地震", "火灾", "夜间疏散", "校车", "防踩踏")),
    (Check, 260, ("日", "日", "周", "月", "学期", "节前")),
    (Meeting, 30, ("月研判会", "例会", "调度会")),
    (Education, 400, ("班会", "安全课", "升旗讲话", "培训")),
    (LetterBatch, 12, ("summer", "winter", "drowning", "constitution")),
)
_EMPTY = {str: "x", int: 1, bool: False, dict: {}, list: [], time: time(9, 0)}


def measure():
    """Return the CPU ms of a first look and of one more, and of reading the same rows alone."""
    with tempfile.TemporaryDirectory() as folder:
        _write_more(Path(folder) / "rules")
        store = Store(Path(folder) / "xiaoan.db", bytes(range(32)), now=lambda: NOW)
        house = House(store, Paths(ROOT, Path(folder)), today=NOW.date, now=lambda: NOW)
        _fill(house)
        assert len(house.rules.counting()) >= RULES
        began = process_time()
        day = house.agenda.day()
        first = (process_time() - began) * 1000
        assert day.items and len(day.turns) >= 12, "a day of this school asks for much"
        took = [_cpu(house.agenda.day) for _ in range(LOOKS)]
        floor = [_cpu(lambda: _bare(house)) for _ in range(LOOKS)]
        store.close()
    return {
        "agenda_ms": median(took),
        "agenda_first_ms": first,
        "agenda_floor_ms": median(floor),
    }


def _write_more(folder):
    """Write a file of rules as a county might hand out, so that there are sixty that count."""
    folder.mkdir()
    rules = [
        f'[[rule]]\nid = "MORE-{n}"\ntitle = "专项检查{n}"\nrhythm = "month"\nbasis = "县里"\n'
        f'evidence = "{"check" if n % 2 else "education"}"\nleast_days = 5\n'
        for n in range(MORE)
    ]
    (folder / "more.toml").write_text('field = "其他"\n\n' + "\n".join(rules), "utf-8")


def _cpu(work):
    began = process_time()
    work()
    return (process_time() - began) * 1000


def _bare(house):
    """Read the rows of a year that the rules are shown, and nothing else."""
    dues = house.dues
    first, last = NOW.date() - timedelta(days=365), NOW.date()
    return [provider(first, last) for provider in dues._evidence.values()]


def _fill(house: House):
    said = {f"school.{fact}": True for fact in FACTS}
    house.settings.put({**said, "school.kind": "小学", "store.created": "2016-09-01T08:00:00"})
    for line in house.rules.lines():
        if len(house.rules.counting()) >= RULES:
            break
        if line.fits and line.rule.is_owed and not line.is_on:
            house.rules.switch(line.rule.id, is_on=True, reason="量速度")
    with house.store.change("量速度") as session:
        number = 0
        for kind, times, words in KEPT:
            for n in range(YEARS * times):
                number += 1
                on = NOW.date() - timedelta(days=n * 365 // times)
                session.add(_row(kind, number, words[n % len(words)], on))


def _type_of(kind, column):
    """Return the type of a column; what is kept as JSON says it in its annotation."""
    if not isinstance(column.type, JSON):
        return column.type.python_type
    return list if "list" in str(kind.__annotations__[column.key]) else dict


def _row(kind: type[Record], number: int, word: str, on: date) -> Record:
    values: Filter = {}
    for column in kind.__table__.columns:
        if column.key in ("id", "uid", "rev", "void_reason") or column.nullable:
            continue
        python = _type_of(kind, column)
        if python is date:
            values[column.key] = on
        elif python is datetime:
            values[column.key] = datetime.combine(on, time(9, 0))
        else:
            values[column.key] = _EMPTY[python]
    said = {"number": f"N{number}", "code": f"C{number}", "kind": word, "letter": word}
    said |= {"done_on": on, "manner": "实操", "scope": "全校", "checklist": "check_fire"}
    said |= {"themes": ["消防"], "audiences": ["学生"]}
    return kind(**values | {k: v for k, v in said.items() if hasattr(kind, k)})


if __name__ == "__main__":
    print(measure())
