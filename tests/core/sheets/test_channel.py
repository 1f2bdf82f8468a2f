"""What passes between the child that reads a spreadsheet and the program."""

import json
import pickle
from datetime import date, datetime
from pathlib import Path

import pytest

from app.core.sheets.book import Book, CellError, Limits, Sheet, Span
from app.core.sheets.channel import packed, unpacked
from app.core.unreadable import UnreadableError

LIMITS = Limits(rows=3, columns=4, sheets=2)
ROWS = [
    ("姓名", 1, 2.5, None),
    (date(2026, 9, 1), datetime(2026, 9, 1, 8, 30), True, CellError("#N/A")),
]
SHEET = Sheet("一年级", ROWS, True, frozenset({2}), (Span(1, 1, 1, 2),), 7)


class Bomb:
    """Whoever unpickles this leaves a mark."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return Path.touch, (self.mark,)


def test_a_book_arrives_as_it_was_sent():
    book = Book("名册.xlsx", "xlsx", (SHEET,), since_1904=True)
    assert unpacked(packed(book), "名册.xlsx", LIMITS) == book
    cells = unpacked(packed(book), "名册.xlsx", LIMITS).sheets[0].rows[1]
    assert [type(cell) for cell in cells] == [date, datetime, bool, CellError]


def test_a_refusal_arrives_in_its_words():
    said = unpacked(packed(UnreadableError("文件坏了。", "请重新拷贝。")), "x", LIMITS)
    assert (said.reason, said.do) == ("文件坏了。", "请重新拷贝。")


def told(*, kind="xlsx", sheets=None, **changed):
    sheet = {"name": "甲", "hidden": False, "rows_hidden": [], "merged": [], "out": 0, "rows": []}
    return json.dumps([kind, False, sheets or [list((sheet | changed).values())]]).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"7",
        b"null",
        b'["a"]',
        b"[" * 100_000,
        told(kind="exe"),
        told(sheets=[[]] * 3),
        told(rows=[["a"]] * 4),
        told(rows=[["a"] * 5]),
        told(rows=[["a"], ["a", "b"]]),
        told(rows=[[["a"]]]),
        told(rows=[[{"run": "x"}]]),
        told(rows=[[{"date": "明天"}]]),
        told(rows=[[{"date": 7}]]),
        told(out=-1),
        told(out="1"),
        told(merged=[[1, 1, 1]]),
        told(rows_hidden=["1"]),
        told(name="长" * 500),
        json.dumps(["x", 7]).encode(),
    ],
)
def test_what_no_sound_child_sends_is_refused(data):
    with pytest.raises(ValueError):
        unpacked(data, "x", LIMITS)


def test_a_child_taken_over_runs_nothing(tmp_path):
    mark = tmp_path / "ran"
    with pytest.raises(ValueError):
        unpacked(pickle.dumps(Bomb(mark)), "x", LIMITS)
    assert not mark.exists()
