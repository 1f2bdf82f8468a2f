"""The school's own facts and choices, kept in the database and journaled like everything else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, mapped_column

from app.core.store import Record, Store

DAYS_TO_FIX = "hazards.days_to_fix"  # by grade
GRADE_SCHEME = "hazards.grade_scheme"
GRADE_STARTS = "hazards.grade_starts"  # by scheme, method and grade
KEEP_IDS = "students.keep_ids"


class Setting(Record):
    """One fact or choice; ``value`` is a small JSON object ``{"is": …}``."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(unique=True)
    value: Mapped[dict[str, Any] | None]


class Settings:
    """Facts by key, such as ``school.name``; a key never set reads as the default given."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def get(self, key: str, default: Any = None) -> Any:
        """Return the fact, or ``default``."""
        with self._store.read() as session:
            value = session.scalar(select(Setting.value).where(Setting.key == key))
        return default if value is None else value["is"]

    def among(self, prefix: str) -> dict[str, Any]:
        """Return every fact whose key begins so, in one look."""
        with self._store.read() as session:
            wanted = select(Setting.key, Setting.value).where(Setting.key.startswith(prefix))
            return {key: value["is"] for key, value in session.execute(wanted) if value}

    def put(self, facts: dict[str, Any], label: str = "修改设置") -> None:
        """Keep these facts, all in one change."""
        with self._store.change(label, undoable=False) as session:
            known = {
                setting.key: setting
                for setting in session.scalars(select(Setting).where(Setting.key.in_(facts)))
            }
            for key, value in facts.items():
                if key in known:
                    known[key].value = {"is": value}
                else:
                    session.add(Setting(key=key, value={"is": value}))
