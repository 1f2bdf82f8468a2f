"""The power fails while a new version opens an older school for the first time."""

from contextlib import closing

from app.core.store import Store
from app.core.store.backup import copies_in
from app.core.store.database import connect
from tests.conftest import KEY, NOW
from tests.core.store.forks import killed_at, on_unix
from tests.core.store.toy import LOOSE_RAIL, PLAYGROUND, Toys

OLD, NEW = 2, 7
STEPS = {
    "0003_floor.sql": "ALTER TABLE toy_hazard ADD COLUMN floor TEXT;",
    "0004_fill.sql": "UPDATE toy_hazard SET floor = place || '一层';",
    "0005_anew.sql": (
        "CREATE TABLE made AS SELECT id, uid, form_id FROM toy_entry; DROP TABLE toy_entry;"
        "ALTER TABLE made RENAME TO toy_entry;"
    ),
    "0006_python.py": (
        "def step(connection):\n"
        "    for (number,) in connection.execute('SELECT id FROM toy_hazard').fetchall():\n"
        "        change = 'UPDATE toy_hazard SET what = ? WHERE id = ?'\n"
        "        connection.execute(change, ('都查过', number))\n"
    ),
    "0007_index.sql": "CREATE UNIQUE INDEX by_uid ON toy_hazard (uid);",
}


@on_unix
def test_killed_at_any_line_each_step_stands_whole_or_not_at_all(tmp_path, steps):
    path, backups = tmp_path / "xiaoan.db", tmp_path / "backups"
    with closing(Store(path, KEY, now=lambda: NOW)) as store:
        Toys(store).report(**LOOSE_RAIL)
        Toys(store).report(**PLAYGROUND)
    old = path.read_bytes()
    for name, text in STEPS.items():
        (steps / name).write_text(text)
    line, killed, reached = 0, True, set()
    while killed:
        line += 7
        for file in (*tmp_path.glob("xiaoan*"), *backups.glob("*")):
            file.unlink()
        path.write_bytes(old)
        killed = killed_at(line, lambda: Store(path, KEY, backups=backups, now=lambda: NOW).close())
        reached.add(steps_had(path))
        assert all(steps_had(copy.path) == OLD for copy in copies_in(backups))
        with closing(Store(path, KEY, backups=backups, now=lambda: NOW)) as store:  # the next day
            assert {h.place for h in Toys(store).all()} == {"楼梯", "操场"}
        assert steps_had(path) == NEW and copies_in(backups)
    assert reached == set(range(OLD, NEW + 1))


def steps_had(path):
    """Return how many steps a file has had, having seen that it holds just what they leave."""
    with closing(connect(path, KEY)) as opened:
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        (had,) = opened.execute("PRAGMA user_version").fetchone()
        hazards = [*map(str, opened.execute("SELECT * FROM toy_hazard"))]
        columns = {row[1] for row in opened.execute("PRAGMA table_info(toy_hazard)")}
        indexes = {row[1] for row in opened.execute("PRAGMA index_list(toy_hazard)")}
    assert len(hazards) == 2 and ("floor" in columns) is (had >= 3)
    assert all(("一层" in hazard) is (had >= 4) for hazard in hazards)
    assert all(("都查过" in hazard) is (had >= 6) for hazard in hazards)
    assert ("by_uid" in indexes) is (had >= 7)
    return had
