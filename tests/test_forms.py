"""The forms that come with the product: all load, all are in the glossary, all find their rows."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from app.core.paper.wording import asked_keys
from app.core.paths import Paths
from app.core.store import Store
from app.house import House
from app.sample import fill
from tests.conftest import KEY

ROOT = Path(__file__).parents[1]
TERMS = (ROOT / "app/TERMS.md").read_text(encoding="utf-8")
OUTSIDE = {"today", "title", "school", "year"}  # what a sheet is told besides its rows


@pytest.fixture
def house(tmp_path):
    store = Store(tmp_path / "xiaoan.db", KEY)
    yield House(store, Paths(ROOT, tmp_path))
    store.close()


def test_every_form_loads_and_is_called_as_its_file(house):
    assert house.faults == []
    files = sorted(path.stem for path in (ROOT / "forms").rglob("*.toml"))
    drawers = (
        *(house.forms, house.papers, house.letters.letter_forms),
        house.privacy.checks.forms,
        house.doing.forms,
        house.report_forms,
        *(house.checks.checklists, house.campaign_forms, house.plan_wordings),
        house.hazards.clauses.books,
    )
    assert sorted(key for drawer in drawers for key in drawer) == files


def test_the_glossary_lists_exactly_the_forms_there_are():
    listed = re.findall(r"^\| ([a-z_]+) \|", TERMS.split("## 表单编号")[1], re.M)
    assert sorted(listed) == sorted(path.stem for path in (ROOT / "forms").rglob("*.toml"))


def test_no_two_papers_carry_the_same_form_number(house):
    papers = sorted(house.papers.values(), key=lambda paper: paper.number)
    shared = [(a.id, b.id) for a, b in pairwise(papers) if a.number == b.number]
    assert shared == []


def test_every_paper_finds_what_it_prints_and_filters_by_in_the_sample_school(house):
    fill(house, date.today())
    assert house.printable()
    for form in house.printable():
        rows = house.view(form.source)({})
        missing = (
            set(asked_keys(form)) - OUTSIDE - (set(rows[0]) if rows else set(asked_keys(form)))
        )
        assert not missing, form.id
        for key in form.filters:
            assert house.view(form.source)({key: "没有这个值"}) == [], (form.id, key)


def test_the_sample_school_uses_only_words_the_forms_offer(house):
    fill(house, date.today())
    choices = {field.key: field.choices for field in house.forms["hazard"].fields if field.choices}
    for line in house.hazards.lines():
        if not line.is_old:
            hazard = house.hazards.get(line.uid)
            said = {key: getattr(hazard, key) for key in choices if getattr(hazard, key)}
            assert {key for key, word in said.items() if word not in choices[key]} == set()
