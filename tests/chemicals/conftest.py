from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from app.chemicals import open_chemicals
from app.core.paper import Context, load_papers
from app.people import StaffRegister
from app.ui.papers import Papers

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 10, 30, 16, 30)
FOUR = ("陈建国", "吴敏", "周海涛", "孙丽华")


class Clock:
    at = NOW

    def __call__(self):
        return self.at


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def staff(store):
    made = StaffRegister(store)
    for name in FOUR:
        made.enter(name=name)
    made.enter(name="王警官", kind="民警")
    return made


@pytest.fixture
def books(store, staff, clock):
    return open_chemicals(store, staff, now=clock)


@pytest.fixture
def chemicals(books):
    return books[0]


@pytest.fixture
def moves(books):
    return books[1]


@pytest.fixture
def counts(books):
    return books[2]


@pytest.fixture
def acid():
    return {
        "name": "浓硫酸", "categories": ["易制毒", "腐蚀"], "purpose": "实验", "spec": "500毫升/瓶",
        "unit": "毫升", "cabinet": "1号柜", "keeper_1": "陈建国", "keeper_2": "吴敏",
    }  # fmt: skip


@pytest.fixture
def signed():
    """What every movement must say, to be changed by a test."""
    return {
        "amount": Decimal(500), "hand_1": "周海涛", "hand_2": "孙丽华",
        "kept_1": "陈建国", "kept_2": "吴敏", "approved_by": "周海涛",
        "purpose": "九年级化学实验", "party": "县化工商店",
    }  # fmt: skip


@pytest.fixture
def move(moves, signed):
    def made(substance, kind, amount, at, **more):
        said = signed | {"kind": kind, "amount": Decimal(str(amount)), "moved_at": at} | more
        return moves.enter(substance.uid, **said)

    return made


@pytest.fixture
def papers():
    forms, faults = load_papers(ROOT / "forms/papers")
    assert not faults
    return Papers(
        forms,
        lambda form, words: Context(
            "青石镇小学", level=form.level, printed_by="张老师", filter_text=words
        ),
    )
