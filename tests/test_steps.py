"""The shipped migration steps against the tables of every room."""

import hashlib
import importlib
from pathlib import Path

from sqlalchemy import text

from app.core.store import migrate
from app.core.store.records import Base

APP = Path(__file__).parents[1] / "app"
# Step → the first 16 digits of its SHA-256; a step is pinned here when it is handed out.
RELEASED = {
    "0001_core.sql": "8bb507d28d8f3625",
    "0002_people.sql": "7bef4bf4fcd34238",
    "0003_students.sql": "0c6557b4dc676326",
    "0004_hazards.sql": "71a78beb04873e97",
    "0005_letters.sql": "4d22721de0f5444c",
    "0006_handover.sql": "e553087506bb65f5",
    "0007_hazard_states.sql": "2a25a728b65b9986",
    "0008_checks.sql": "3659d804cfc84c73",
    "0009_risks.sql": "637bc553d0b1fe23",
    "0010_campaigns.sql": "9bffccd4566606b5",
}


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
