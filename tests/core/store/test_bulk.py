"""Bulk writes: for tables declared so alone, in changes that nobody could undo."""

import pytest
from sqlalchemy import delete, insert, text, update
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store.bulk import Bulk, declare_index, write_in_bulk
from app.core.store.journal import Action
from tests.core.store.toy import ToyHazard


class ToyTaken(Bulk):
    __tablename__ = "toy_taken"

    id: Mapped[int] = mapped_column(primary_key=True)
    said: Mapped[str]


@pytest.fixture
def taken(store, toys):
    """Make the table as a step of the migrations would."""
    from contextlib import closing

    from app.core.store.database import connect
    from tests.conftest import KEY

    with closing(connect(store.path, KEY)) as opened:
        opened.execute("CREATE TABLE toy_taken (id INTEGER PRIMARY KEY, said TEXT NOT NULL)")
        opened.execute("CREATE TABLE toy_search (id INTEGER PRIMARY KEY, said TEXT NOT NULL)")
    return store


def _said(store):
    with store.read() as session:
        return session.scalars(ToyTaken.__table__.select().with_only_columns(ToyTaken.said)).all()


def test_rows_go_in_in_lots_and_the_action_alone_is_written_down(taken):
    heard = []
    taken.on_change(heard.append)
    with taken.change("收下", undoable=False) as session:
        rows = [{"said": "一"}, {"said": "二"}]
        assert write_in_bulk(session, insert(ToyTaken), rows) == 2
        assert write_in_bulk(session, insert(ToyTaken), []) == 0
        write_in_bulk(session, update(ToyTaken.__table__).values(said="三").where(ToyTaken.id == 1))
        write_in_bulk(session, delete(ToyTaken.__table__).where(ToyTaken.id == 2))
    assert _said(taken) == ["三"]
    assert heard == [{"toy_taken"}]
    assert taken.actions(1)[0].label == "收下"
    assert taken.history("收下") == []


@pytest.mark.parametrize(
    "statement",
    [
        insert(ToyHazard).values(owner="x"),
        update(ToyHazard).values(owner="x"),
        delete(Action),
        text("DELETE FROM toy_taken"),
    ],
)
def test_tables_of_the_journal_are_refused(taken, statement):
    with (
        pytest.raises(RuntimeError, match="journal"),
        taken.change("x", undoable=False) as session,
    ):
        write_in_bulk(session, statement)


def test_a_change_that_can_be_undone_takes_no_bulk_rows(taken):
    with pytest.raises(RuntimeError, match="no undo"), taken.change("x") as session:
        write_in_bulk(session, insert(ToyTaken), [{"said": "一"}])
    with pytest.raises(RuntimeError, match="no undo"), taken.read() as session:
        write_in_bulk(session, insert(ToyTaken), [{"said": "一"}])
    assert _said(taken) == []


def test_the_connection_is_shut_again_also_after_a_failure(taken):
    with taken.change("收下", undoable=False) as session:
        write_in_bulk(session, insert(ToyTaken), [{"said": "一"}])
        with pytest.raises(RuntimeError, match="journal"):
            session.execute(text("DELETE FROM toy_taken"))
    with (
        pytest.raises(Exception, match="UNIQUE"),
        taken.change("收下", undoable=False) as session,
    ):
        write_in_bulk(session, insert(ToyTaken), [{"id": 7, "said": "a"}, {"id": 7, "said": "b"}])
    with pytest.raises(RuntimeError, match="journal"), taken.change("x") as session:
        session.execute(text("DELETE FROM toy_taken"))
    assert _said(taken) == ["一"]


def test_half_of_a_change_that_fails_is_not_kept(taken):
    with taken.change("收下", undoable=False):
        with taken.change("第一份", undoable=False) as session:
            write_in_bulk(session, insert(ToyTaken), [{"said": "一"}])
        with pytest.raises(ValueError), taken.change("第二份", undoable=False) as session:
            write_in_bulk(session, insert(ToyTaken), [{"said": "二"}])
            raise ValueError
    assert _said(taken) == ["一"]


def test_a_search_index_is_named_before_it_may_be_written(taken):
    from sqlalchemy import column, table

    search = table("toy_search", column("id"), column("said"))
    with (
        pytest.raises(RuntimeError, match="journal"),
        taken.change("x", undoable=False) as session,
    ):
        write_in_bulk(session, insert(search), [{"said": "一"}])
    declare_index("toy_search")
    with taken.change("x", undoable=False) as session:
        assert write_in_bulk(session, insert(search), [{"said": "一"}]) == 1


def test_a_rooms_table_is_a_record_or_bulk():
    from app.core.store.records import Base

    with pytest.raises(TypeError, match="Record"):

        class Stray(Base):
            __tablename__ = "stray"
            id: Mapped[int] = mapped_column(primary_key=True)
