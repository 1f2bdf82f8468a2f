"""Who may import whom. A red line here is a design signal, not an obstacle."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FEATURES = {"hazards", "ledgers", "people"}
MAY_VISIT = {"hazards": {"people"}, "ledgers": {"people"}, "people": set()}
SCREEN_FILES = {"page.py"}
TOP = {"shell"}


def _imports(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def _broken_rule(path, target):
    room = path.relative_to(ROOT / "app").parts[0]
    other = target.split(".")[1] if target.startswith("app.") else None
    if path.parent.name == "migrations" and target.split(".")[0] not in sys.stdlib_module_names:
        return "a released step is frozen: standard library only, never our models"
    if room == "core":
        if target.startswith("PySide6"):
            return "core knows no screen: move it to app/ui"
        if other not in (None, "core"):
            return "core knows no feature: turn the call round, or pass a function in"
    if room == "ui" and other in FEATURES | TOP:
        return "ui knows no feature: pass what it needs as an argument"
    if room in FEATURES:
        pure = other in (None, "core") and not target.startswith(("PySide6", "sqlalchemy"))
        if path.name == "rules.py" and not pure:
            return "rules are plain Python: take values, give values"
        if path.name not in SCREEN_FILES and (target.startswith("PySide6") or other == "ui"):
            return "only page.py may know the screen"
        if other in TOP:
            return "the shell composes features, never the other way round"
        if other in FEATURES - {room} - MAY_VISIT[room]:
            return f"{room} has no way to {other}: arrows between rooms run one way"
        if other in FEATURES - {room} and target.count(".") > 1:
            return f"come in by the door: from app.{other} import …"
    return None


@pytest.mark.parametrize(
    "path", sorted((ROOT / "app").rglob("*.py")), ids=lambda p: str(p.relative_to(ROOT))
)
def test_it_imports_only_from_floors_below(path):
    broken = [f"{t}: {why}" for t in _imports(path) if (why := _broken_rule(path, t))]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize(
    ("place", "target", "why"),
    [
        ("people/register.py", "app.hazards", "no way to"),
        ("hazards/page.py", "app.people.register", "come in by the door"),
        ("core/migrations/0004_x.py", "app.core.store.store", "frozen"),
    ],
)
def test_a_way_that_does_not_exist_is_named(place, target, why):
    assert why in _broken_rule(ROOT / "app" / place, target)


def test_a_room_may_use_the_staff_list_through_its_door():
    assert _broken_rule(ROOT / "app/hazards/register.py", "app.people") is None
