"""What writing, undoing and opening cost, in seconds of CPU: ``python -m tests.bench.store``."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from datetime import date
from pathlib import Path
from time import process_time
from typing import Any

from sqlalchemy import create_engine
from sqlalchemy.orm import Mapped
from sqlalchemy.schema import CreateTable

from app.core.store import Record, Store, migrate

KEY = bytes(range(32))
ROWS = 3000
TEXTS = 15


class BenchPupil(Record):
    """A row as wide as a pupil's."""

    __tablename__ = "bench_pupil"
    __annotations__ = {
        **{f"text_{n}": Mapped[str] for n in range(TEXTS)},
        "born_on": Mapped[date],
        "came_on": Mapped[date | None],
        "boards": Mapped[bool],
        "left_behind": Mapped[bool | None],
        "seat_no": Mapped[int | None],
        "phones": Mapped[list[Any]],
    }


def pupils():
    """Return the values of as many pupils as the biggest school has."""
    for n in range(ROWS):
        yield {
            **{f"text_{t}": f"第{n}名学生的第{t}栏" for t in range(TEXTS)},
            "born_on": date(2015, 1 + n % 12, 1 + n % 28),
            "came_on": None,
            "boards": n % 3 == 0,
            "left_behind": None,
            "seat_no": n % 60,
            "phones": ["13900000000", "13800000000"],
        }


def measure(folder):
    """Return what each piece of work cost; ``floor`` is the bare database doing the writing."""
    store = Store(folder / "bench.db", KEY)
    figures = {}

    def time(name, work):
        started = process_time()
        result = work()
        figures[name] = round(process_time() - started, 3)
        return result

    def add():
        with store.change("导入") as session:
            session.add_all(BenchPupil(**values) for values in pupils())

    time("add 3000", add)
    with store.read() as session:
        uids = session.scalars(BenchPupil.__table__.select().with_only_columns(BenchPupil.uid))
        uids = uids.all()

    def edit():
        with store.change("升级") as session:
            for pupil in session.query(BenchPupil):
                pupil.text_0 = "新"

    time("edit 3000", edit)
    time("undo the edit", store.undo)
    time("undo the import", store.undo)
    store.close()
    time("open", lambda: Store(folder / "bench.db", KEY).close())
    time("floor: 3000 rows and 3000 journal lines, plain", lambda: _floor(folder))
    return figures


def _floor(folder):
    with closing(sqlite3.connect(folder / "floor.db")) as plain:
        plain.execute(
            "CREATE TABLE a (id INTEGER PRIMARY KEY, " + ",".join("abcdefghijklmno") + ")"
        )
        plain.execute("CREATE TABLE b (id INTEGER PRIMARY KEY, image)")
        rows = [[v for k, v in values.items() if k.startswith("text")] for values in pupils()]
        plain.executemany(f"INSERT INTO a VALUES (NULL{', ?' * 15})", rows)
        plain.executemany("INSERT INTO b VALUES (NULL, ?)", [(str(row),) for row in rows])
        plain.commit()


def run():
    """Measure in a folder of its own, with a step for the wide table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        steps, shipped = folder / "steps", migrate.STEPS
        steps.mkdir()
        shutil.copy(shipped / "0001_core.sql", steps)
        make = CreateTable(BenchPupil.__table__).compile(create_engine("sqlite://"))
        (steps / "0002_bench.sql").write_text(f"{make};", encoding="utf-8")
        migrate.STEPS = steps
        try:
            return measure(folder)
        finally:
            migrate.STEPS = shipped


if __name__ == "__main__":
    for name, seconds in run().items():
        print(f"{seconds:8.3f}  {name}")
