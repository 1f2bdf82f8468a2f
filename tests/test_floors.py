"""Who may import whom. A red line here is a design signal, not an obstacle."""

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = {"people", "calendar", "hazards", "students", "letters", "privacy", "drills", "meetings"}
ROOMS |= {"duties", "ledgers", "incidents", "chemicals", "agenda", "handover"}
EVERY_OTHER = ROOMS - {"agenda", "handover"}
MAY_VISIT = {
    "people": set(),
    "calendar": set(),
    "hazards": {"people", "calendar"},
    "students": {"people", "calendar"},
    "letters": {"people", "calendar", "students"},
    "privacy": {"people", "students", "letters"},
    "drills": {"people", "calendar", "hazards", "students"},
    "meetings": {"people", "calendar", "hazards", "students"},
    "duties": {"people", "calendar"},
    "ledgers": {"people", "calendar"},
    "incidents": {"people", "calendar", "students", "letters"},
    "chemicals": {"people", "calendar"},
    "agenda": EVERY_OTHER,
    "handover": EVERY_OTHER,
}
TOP = {
    "shell",
    "cli",
    "commands",
    "command_words",
    "letter_commands",
    "student_commands",
    "house",
    "rooms",
    "hazard_rooms",
    "menu",
    "status",
}
TOP |= {"privacy_rooms", "boarding_rooms", "begin", "entrance", "sample", "sample_care", "demo"}
TOP |= {"sample_boarding", "sample_drills", "sample_meetings", "sample_calendar"}
TOP |= {
    "registers",
    "agenda_commands",
    "agenda_opening",
    "agenda_rooms",
    "sample_agenda",
    "drill_rooms",
    "meeting_rooms",
    "calendar_commands",
    "drill_commands",
    "duty_rooms",
    "roster_rooms",
    "post_rooms",
    "print_rooms",
    "duty_commands",
    "duty_book_rooms",
    "duty_sources",
    "report_sources",
    "sample_duty_book",
    "sample_duties",
    "ledger_rooms",
    "ledger_commands",
    "chemical_rooms",
    "sample_chemicals",
    "sample_ledgers",
    "handover_rooms",
    "handover_commands",
    "report_commands",
    "town_rooms",
    "town_commands",
    "town_shell",
    "sample_town",
    "sample_handover",
    "shipped",
}
MOST_LINES, MOST_OF_ONE = 400, 50


def _is_screen(path):
    return path.name == "page.py" or path.name.endswith(("_dialog.py", "_page.py", "_pane.py"))


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
            return "core knows no room: turn the call round, or pass a function in"
    if room == "ui" and other not in (None, "core", "ui"):
        return "ui knows no room: pass what it needs as an argument"
    return _broken_in_a_room(path, target, room, other) if room in ROOMS else None


def _broken_in_a_room(path, target, room, other):
    if path.name in ("rules.py", "standing.py", "words.py"):
        inside = other is None or target in ("app.core.errors", "app.core.calendar")
        outside = target.startswith(("PySide6", "sqlalchemy"))
        if outside or not (inside or target.startswith(f"app.{room}.")):
            return "rules are plain Python: take values, give values"
    if not _is_screen(path) and (target.startswith("PySide6") or other == "ui"):
        return "only page.py and the dialogs may know the screen"
    if other in TOP:
        return "the shell composes rooms, never the other way round"
    if other in ROOMS - {room} - MAY_VISIT[room]:
        return f"{room} has no way to {other}: arrows between rooms run one way"
    if other in ROOMS - {room} and target.count(".") > 1:
        return f"come in by the door: from app.{other} import …"
    return None


def _functions(text):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, node.end_lineno - node.lineno + 1


FILES = sorted((ROOT / "app").rglob("*.py"))
BUILD = [ROOT / "main.py", *sorted((ROOT / "build").rglob("*.py"))]


def _name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", FILES, ids=_name)
def test_it_imports_only_from_floors_below(path):
    broken = [f"{t}: {why}" for t in _imports(path) if (why := _broken_rule(path, t))]
    assert not broken, "\n".join(broken)


@pytest.mark.parametrize("path", [*FILES, *BUILD], ids=_name)
def test_no_file_grows_out_of_one_head(path):
    text = path.read_text(encoding="utf-8")
    lines = len(text.splitlines())
    assert lines <= MOST_LINES, f"{lines} lines: split it by what it is about"
    long = [f"{name}: {lines} lines" for name, lines in _functions(text) if lines > MOST_OF_ONE]
    assert not long, f"{long}: cut out the parts that have a name of their own"


@pytest.mark.parametrize(
    ("place", "target", "why"),
    [
        ("people/register.py", "app.hazards", "no way to"),
        ("hazards/page.py", "app.people.register", "come in by the door"),
        ("letters/register.py", "app.hazards", "no way to"),
        ("hazards/rules.py", "app.core.store", "plain Python"),
        ("hazards/register.py", "PySide6.QtWidgets", "only page.py"),
        ("ui/pages.py", "app.hazards", "ui knows no room"),
        ("core/store/store.py", "app.ui.jobs", "core knows no room"),
        ("core/store/migrations/0004_x.py", "app.core.store", "frozen"),
        ("agenda/register.py", "app.shell", "never the other way round"),
    ],
)
def test_a_way_that_does_not_exist_is_named(place, target, why):
    assert why in _broken_rule(ROOT / "app" / place, target)


@pytest.mark.parametrize(
    ("place", "target"),
    [
        ("hazards/register.py", "app.people"),
        ("letters/register.py", "app.students"),
        ("hazards/page.py", "app.ui.pages"),
        ("hazards/report_dialog.py", "PySide6.QtWidgets"),
        ("students/rules.py", "app.core.calendar"),
    ],
)
def test_a_way_that_exists_is_open(place, target):
    assert _broken_rule(ROOT / "app" / place, target) is None


def test_no_text_of_the_program_waits_to_be_written():
    texts = [*ROOT.glob("forms/**/*.toml"), *FILES, *ROOT.glob("app/**/*.sql")]
    waiting = ("PLACEHOLDER", "待补", "TODO", "FIXME")
    assert [p for p in texts if any(w in p.read_text(encoding="utf-8") for w in waiting)] == []
