"""A small room for the store's own tests: hazards, the steps taken, and books told apart."""

from datetime import date, timedelta

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store.journal import Action
from app.core.store.records import Record

STEP = """
CREATE TABLE toy_hazard (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    number TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,
    what TEXT NOT NULL,
    grade TEXT NOT NULL,
    found_on DATE NOT NULL,
    due_on DATE NOT NULL,
    owner TEXT NOT NULL,
    photo TEXT,
    fixed_on DATE
);
CREATE TABLE toy_step (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    hazard_id INTEGER NOT NULL REFERENCES toy_hazard (id),
    done_on DATE NOT NULL,
    what TEXT NOT NULL
);
CREATE TABLE toy_entry (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    rev INTEGER NOT NULL,
    void_reason TEXT,
    form_id TEXT NOT NULL,
    title TEXT
);
CREATE UNIQUE INDEX toy_entry_title ON toy_entry (title) WHERE void_reason IS NULL;
"""
LOOSE_RAIL = dict(
    place="楼梯", what="扶手松动", grade="重大", found_on=date(2026, 3, 30), owner="李建国"
)
PLAYGROUND = {**LOOSE_RAIL, "place": "操场"}


class ToyHazard(Record):
    __tablename__ = "toy_hazard"

    number: Mapped[str] = mapped_column(unique=True)
    place: Mapped[str]
    what: Mapped[str]
    grade: Mapped[str]
    found_on: Mapped[date]
    due_on: Mapped[date]
    owner: Mapped[str]
    photo: Mapped[str | None]
    fixed_on: Mapped[date | None]


class ToyStep(Record):
    __tablename__ = "toy_step"

    hazard_id: Mapped[int] = mapped_column(ForeignKey("toy_hazard.id"))
    done_on: Mapped[date]
    what: Mapped[str]


class ToyEntry(Record):
    __tablename__ = "toy_entry"

    form_id: Mapped[str]
    title: Mapped[str | None]

    @classmethod
    def topic(cls, image):
        return f"toy_entry/{image['form_id']}"


class Toys:
    def __init__(self, store):
        self._store = store

    def report(self, *, found_on, **facts):
        with self._store.change("登记隐患") as session:
            hazard = ToyHazard(
                number=self._store.number("YH", found_on.year),
                found_on=found_on,
                due_on=found_on + timedelta(days=3),
                **facts,
            )
            session.add(hazard)
        return hazard

    def take_step(self, uid, what, done_on):
        with self._store.change("登记整改步骤") as session:
            hazard = self._store.get(ToyHazard, uid)
            session.add(ToyStep(hazard_id=hazard.id, what=what, done_on=done_on))

    def fix(self, uid, fixed_on):
        with self._store.change("隐患整改完成"):
            self._store.get(ToyHazard, uid).fixed_on = fixed_on

    def void(self, uid, reason):
        with self._store.change("作废隐患"):
            self._store.get(ToyHazard, uid).void(reason)

    def get(self, uid):
        return self._store.get(ToyHazard, uid)

    def all(self):
        with self._store.read() as session:
            return session.scalars(select(ToyHazard).order_by(ToyHazard.id)).all()

    def steps(self, uid):
        with self._store.read() as session:
            steps = select(ToyStep).join(ToyHazard, ToyStep.hazard_id == ToyHazard.id)
            return session.scalars(steps.where(ToyHazard.uid == uid).order_by(ToyStep.id)).all()

    def lines(self):
        with self._store.read() as session:
            return session.execute(select(ToyHazard.uid, ToyHazard.place)).all()

    def places(self):
        return [h.place for h in self.all()]


def actions(store):
    """Every action there is, the oldest first."""
    with store.read() as session:
        return session.scalars(select(Action).order_by(Action.id)).all()
