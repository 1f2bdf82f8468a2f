"""The file is what its description says, to a stranger and to the validator of the standard."""

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from app.handover.fields import TABLES
from tests import stranger
from tests.handover.test_sources import open_house

ROOT = Path(__file__).parents[2]
DOC = (ROOT / "docs" / "data-file.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    house = open_house(tmp_path_factory.mktemp("school"))
    yield house
    house.store.close()


@pytest.fixture(scope="module")
def file(house, tmp_path_factory):
    path = tmp_path_factory.mktemp("stick") / "报送.zip"
    house.handover.export(path)
    return path


def test_a_stranger_gets_the_same_totals_in_fifty_lines_of_plain_python(house, file):
    script = ROOT / "tests" / "stranger.py"
    text = script.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 53
    imported = {
        name.partition(".")[0]
        for node in ast.walk(ast.parse(text))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert imported <= sys.stdlib_module_names
    told = json.loads(
        subprocess.run(
            [sys.executable, "-I", script, file], capture_output=True, check=True, timeout=60
        ).stdout
    )
    hazards = house.hazards.views["list"]({})
    (batch,) = house.letters.batches()
    year = house.handover.sent()[0].period
    done = [d for d in house.drills.between(year.first, year.last) if d.done_on]
    here = {row["number"] for row in all_rows(file)["hazards"] if not row["void"]}
    assert {h["number"] for h in hazards if h["status"] != "已销账"} <= here
    assert {h["number"] for h in hazards if h["found_on"] >= year.first} <= here
    assert told["students"] == house.students.count()
    assert told["letters"] == [batch.issued, batch.returned]
    assert told["drilled"] == sum(d.pupils_there or 0 for d in done)
    assert told["open"] == sum(h["status"] != "已销账" for h in hazards)
    assert sum(told["hazards"].values()) == len(here) < len(hazards)
    assert told["days"] == [year.first.isoformat(), year.last.isoformat()]


def test_a_stranger_sees_a_changed_byte(file, tmp_path):
    from tests.handover.made import members, rezip

    files = members(file.read_bytes())
    files["data/hazards.csv"] = files["data/hazards.csv"].replace(b"YH-", b"YX-", 1)
    other = tmp_path / "changed.zip"
    other.write_bytes(rezip(files))
    with pytest.raises(AssertionError, match="hazards"):
        stranger.totals(other)


def test_the_validator_of_the_standard_finds_nothing_wrong(file, tmp_path):
    from zipfile import ZipFile

    import frictionless

    with ZipFile(file) as package:
        package.extractall(tmp_path)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "note"])
    assert {task.name: task.stats.get("rows", 0) for task in report.tasks} == {
        name: len(rows) for name, rows in all_rows(file).items()
    }
    csv = tmp_path / "data" / "school.csv"
    csv.write_bytes(csv.read_bytes().replace("小学".encode(), "中学".encode()))
    assert not frictionless.validate(str(tmp_path / "datapackage.json")).valid


def all_rows(file):
    from app.handover import inspect

    return inspect(file.read_bytes()).tables


def test_the_description_tells_every_table_and_every_column(house):
    made = {t.name: t.fields for t in house.handover.tables(house.handover.period("本学年"))}
    ledgers = {name: made.pop(name) for name in list(made) if name.startswith("ledger_")}
    assert made | {"ledger_months": ledgers.pop("ledger_months")} == TABLES
    part = re.search(r"^### ledger_…　(.*?)(?=^###? )", DOC, re.M | re.S)
    told = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", part[0], re.M)
    for columns in ledgers.values():
        own = [c for c in columns if c.name not in ("uid", "rev", "void")]
        assert told == [(c.name, c.kind, c.title) for c in own][: len(told)]
    for name, columns in TABLES.items():
        part = re.search(rf"^### {name}　(.*?)(?=^###? |\Z)", DOC, re.M | re.S)
        assert part, f"{name} is not told"
        told = re.findall(r"^\| `(\w+)` \| (\w+) \| (.+) \|$", part[0], re.M)
        own = [c for c in columns if c.name not in ("uid", "rev", "void")]
        assert told == [(c.name, c.kind, c.title) for c in own]


def test_the_description_tells_every_code():
    room = ROOT / "app" / "handover"
    codes = Counter(
        code
        for path in room.glob("*.py")
        for code in re.findall(r"\b(?:Fault|Problem)\(\s*\"([A-Z0-9]+)\"", path.read_text("utf-8"))
    )
    told = set(re.findall(r"`([A-Z0-9]+)`", DOC.split("## 八、")[1]))
    assert set(codes) == told
