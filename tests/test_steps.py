"""The shipped migration steps against the tables of every room."""

import hashlib
import importlib
from pathlib import Path

from sqlalchemy import text

from app.core.store import migrate
from app.core.store.records import Base

APP = Path(__file__).parents[1] / "app"
RELEASED: dict[str, str] = {}  # step → the first 16 digits of its SHA-256; pinned when released


def test_tables_made_by_the_steps_are_the_tables_the_rooms_say(store):
    for register in sorted(APP.glob("*/register.py")):
        importlib.import_module(f"app.{register.parent.name}")
    ours = [m for m in Base.registry.mappers if m.class_.__module__.startswith("app.")]
    with store.read() as session:
        for table in {m.local_table for m in ours}:
            made = {r[1] for r in session.execute(text(f"PRAGMA table_info({table.name})"))}
            assert made == set(table.columns.keys()), table.name


def test_released_steps_are_never_edited():
    found = {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        for path in migrate.STEPS.glob("[0-9]*")
    }
    assert {name: found.get(name) for name in RELEASED} == RELEASED
