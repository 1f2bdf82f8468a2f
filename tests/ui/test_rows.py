import gc

from PySide6.QtTest import QAbstractItemModelTester

from app.core.collector import held_still
from app.ui.rows import LateRow, Row
from app.ui.tables import Column, LedgerModel, Wanted

COLUMNS = (Column("部位", 6), Column("责任人", 4))


def lines(written):
    """Forty lines that note down when they are written out."""

    def write(uid):
        written.append(uid)
        number = int(uid)
        place = ("食堂", "宿舍")[number % 2]
        return Row(uid, (f"{place}{number}号", "李敏"), "lm", facets={"place": place})

    tag = {True: frozenset({"open"}), False: frozenset({"closed"})}
    return [LateRow(str(n), tag[n % 4 == 0], write) for n in range(40)]


def shown(model):
    return [row.uid for row in model.shown_rows()]


def test_a_line_is_written_out_when_it_is_first_looked_at_and_only_once(qtbot):
    written = []
    model = LedgerModel(COLUMNS)
    model.show(lines(written))
    model.seek(Wanted(tag="open"))
    assert model.rowCount() == 10 and written == []
    assert model.text_at(1, 0) == "食堂4号" and model.text_at(1, 1) == "李敏"
    assert written == ["4"]


def test_every_line_is_found_though_none_was_looked_at(qtbot):
    written = []
    model = LedgerModel(COLUMNS)
    model.show(lines(written))
    model.seek(Wanted(("39",)))
    assert shown(model) == ["39"] and len(written) == 40
    model.seek(Wanted(("lm",)))
    assert len(shown(model)) == 40 and len(written) == 40


def test_lines_are_written_out_while_nobody_types(qtbot):
    written = []
    model = LedgerModel(COLUMNS)
    model.show(lines(written))
    model.prepare()
    qtbot.waitUntil(lambda: len(written) == 40, timeout=20_000)
    model.show(lines(written)[:2])
    model.seek(Wanted(("1号",)))
    assert shown(model) == ["1"], "new lines are not found by the words of the old ones"


def test_words_tag_drop_down_and_order_narrow_together_in_any_sequence(qtbot):
    model = LedgerModel(COLUMNS)
    QAbstractItemModelTester(model)
    model.show(lines([]))
    model.order_by(0, is_descending=True)
    model.seek(Wanted(("1",), facets={"place": "宿舍"}))
    assert shown(model) == ["31", "21", "1", "19", "17", "15", "13", "11"]
    model.seek(Wanted(("1",), "open", {"place": "食堂"}))
    assert shown(model) == ["16", "12"]
    model.seek(Wanted(("12",), "open", {"place": "食堂"}))
    assert shown(model) == ["12"]
    model.seek(Wanted((), "open", {"place": "食堂"}))
    model.order_by(-1)
    assert shown(model) == [str(n) for n in range(0, 40, 4)]
    model.seek(Wanted(("2",), "", {"place": "宿舍"}))
    assert shown(model) == ["21", "23", "25", "27", "29"]


def test_the_collector_goes_on_even_after_a_list_that_broke():
    assert gc.isenabled()
    try:
        with held_still():
            assert not gc.isenabled()
            raise ValueError
    except ValueError:
        pass
    assert gc.isenabled()
