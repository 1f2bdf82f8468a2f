import json
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum

import pytest
from sqlalchemy import JSON, Column, LargeBinary, Uuid
from sqlalchemy import Enum as EnumType
from sqlalchemy.orm import Mapped

from app.core.store.codec import from_journal, kind_of, writer
from app.core.store.records import Base, Record


class Colour(Enum):
    RED = "红"


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (str, "扶手"),
        (int, 2**40),
        (float, 0.1),
        (bool, True),
        (date, date(2026, 3, 5)),
        (datetime, datetime(2026, 3, 5, 14, 30, 0, 1)),
        (time, time(14, 30)),
        (Decimal, Decimal("12.50")),
        (dict, {"a": [1, None, "二"]}),
        (Colour, Colour.RED),
        (date, None),
    ],
    ids=str,
)
def test_every_value_comes_back_as_it_was(kind, value):
    write = writer(kind)
    is_plain = value is None or write is None
    text = json.dumps(value if is_plain else write(value))
    back = from_journal(kind, json.loads(text))
    assert back == value
    assert type(back) is type(value)
    assert str(back) == str(value)


def test_the_kind_follows_from_the_column():
    assert kind_of(Column("a", EnumType(Colour))) is Colour
    assert kind_of(Column("a", JSON())) is dict


@pytest.mark.parametrize("column", [Column("a", LargeBinary()), Column("a", Uuid())], ids=repr)
def test_a_type_the_journal_cannot_keep_has_no_kind(column):
    with pytest.raises(TypeError, match="cannot keep"):
        kind_of(column)


def test_a_table_with_such_a_column_cannot_even_be_declared():
    with pytest.raises(TypeError, match="cannot keep bytes"):

        class Photo(Record):
            __tablename__ = "photo"
            content: Mapped[bytes]

    assert "photo" not in Base.metadata.tables


def test_a_rooms_table_cannot_escape_the_journal():
    with pytest.raises(TypeError, match="Record"):

        class Loose(Base):
            __tablename__ = "loose"

    assert "loose" not in Base.metadata.tables
