"""A file written by hand may hold anything: whatever it is, it ends in a sentence."""

import tomllib

import pytest

from app.agenda.rulefiles import read_rule_file
from app.core.errors import UserError
from app.core.handwritten import read_json, read_toml
from app.drills.doing.entryreading import read_object
from app.hazards.checks.entryfile import read_entry
from app.hazards.clauses import read_clauses
from app.ledgers.entryfile import read_lines

TOML = {
    "lists in lists": "a = " + "[" * 100_000,
    "tables in tables": "a = " + "{a=" * 3_000,
    "keys in keys": "[" + "a." * 50_000 + "a]",
    "a number without end": "id = " + "9" * 5_000,
}
JSON = {
    "lists in lists": "[" * 200_000,
    "a number without end": "9" * 10_000,
    "half a character": '{"leader": "\\ud800"}',
    "nothing": "",
}


@pytest.mark.parametrize("case", TOML)
def test_a_toml_file_made_to_do_harm_is_refused_like_a_slip(tmp_path, case):
    with pytest.raises(tomllib.TOMLDecodeError):
        read_toml(TOML[case])
    path = tmp_path / "规则.toml"
    path.write_text(TOML[case], "utf-8")

    base, _ = read_rule_file(path)
    assert not base.rules
    assert "写法不对" in base.faults[0].what
    with pytest.raises(UserError, match="写法不对"):
        read_clauses(path)


@pytest.mark.parametrize("read", [read_entry, read_object, read_lines])
@pytest.mark.parametrize("case", JSON)
def test_a_json_file_made_to_do_harm_is_refused_like_a_slip(tmp_path, case, read):
    path = tmp_path / "录入.json"
    path.write_text(JSON[case], "utf-8")
    with pytest.raises(UserError) as caught:
        read(path)
    assert "：的" not in caught.value.what
    assert caught.value.do


def test_what_is_written_well_is_read(tmp_path):
    assert read_toml('a.b = "甲"') == {"a": {"b": "甲"}}
    path = tmp_path / "好.json"
    path.write_text('﻿{"a": "😀"}', "utf-8")
    assert read_json(path) == {"a": "😀"}
