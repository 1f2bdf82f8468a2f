import pytest

from app.core.errors import UserError
from app.core.store.database import connect
from app.core.store.migrate import migrate
from app.core.store.store import Store
from tests.conftest import KEY

FROZEN: dict[str, str] = {}


@pytest.fixture
def file(tmp_path):
    connection = connect(tmp_path / "x.db", KEY)
    yield connection
    connection.close()


def version(connection):
    return connection.execute("PRAGMA user_version").fetchone()[0]


def columns(connection):
    return {r[1] for r in connection.execute("PRAGMA table_info(toy_hazard)")}


def test_a_step_that_breaks_half_way_leaves_the_old_database_whole(file, steps):
    migrate(file)
    released = version(file)
    bad = steps / f"{released + 1:04}_bad.sql"
    bad.write_text("ALTER TABLE toy_hazard ADD COLUMN floor TEXT;\nNONSENSE;")
    with pytest.raises(Exception, match="NONSENSE"):
        migrate(file)
    assert version(file) == released
    assert "floor" not in columns(file)
    bad.write_text("ALTER TABLE toy_hazard ADD COLUMN floor TEXT;")
    migrate(file)
    assert version(file) == released + 1


def test_a_python_step_runs_in_its_turn_and_only_once(file, steps):
    migrate(file)
    released = version(file)
    (steps / f"{released + 1:04}_floor.sql").write_text(
        "ALTER TABLE toy_hazard ADD COLUMN floor TEXT;"
    )
    (steps / f"{released + 2:04}_fill.py").write_text(
        "def step(connection):\n"
        "    connection.execute(\"INSERT INTO counter VALUES ('YH', 2026, 7)\")\n"
    )
    migrate(file)
    migrate(file)
    assert version(file) == released + 2
    assert file.execute("SELECT last FROM counter").fetchall() == [(7,)]


def test_a_python_step_that_breaks_leaves_nothing(file, steps):
    migrate(file)
    released = version(file)
    (steps / f"{released + 1:04}_bad.py").write_text(
        "def step(connection):\n"
        "    connection.execute(\"INSERT INTO counter VALUES ('YH', 2026, 7)\")\n"
        "    1 / 0\n"
    )
    with pytest.raises(ZeroDivisionError):
        migrate(file)
    assert version(file) == released
    assert file.execute("SELECT last FROM counter").fetchall() == []


def test_a_step_that_leaves_orphans_is_taken_back(file, steps):
    migrate(file)
    released = version(file)
    (steps / f"{released + 1:04}_orphan.sql").write_text(
        "INSERT INTO toy_step (uid, rev, hazard_id, done_on, what)"
        " VALUES ('u', 1, 99, '2026-01-01', 'x');"
    )
    with pytest.raises(RuntimeError, match="parent"):
        migrate(file)
    assert version(file) == released


@pytest.mark.parametrize("name", ["0099_far.sql", "0001_twin.sql"])
def test_a_gap_or_a_twin_in_the_numbers_is_an_error(file, steps, name):
    (steps / name).write_text("SELECT 1;")
    with pytest.raises(RuntimeError, match="missing or doubled"):
        migrate(file)


def test_data_of_a_newer_program_is_refused_untouched(file, tmp_path):
    migrate(file)
    file.execute("PRAGMA user_version = 99")
    with pytest.raises(UserError) as refusal:
        Store(tmp_path / "x.db", KEY)
    assert "新版" in refusal.value.what
    assert version(file) == 99
