"""The history of one record: who changed it, when, and what stood there before."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import groupby
from types import MappingProxyType
from typing import Any, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.core.store import Action, Change, Store
from app.core.values import show
from app.ui import theme as t
from app.ui.delegates import HIDDEN
from app.ui.widgets import button, hide_unless, label, vbox

AT_FIRST = 8
_VOID = "void_reason"
_HASH = re.compile(r"[0-9a-f]{64}")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT[\d:.]+")


class Event(NamedTuple):
    """One thing that was done to or about a record; ``changes`` say label, before, after."""

    at: datetime
    who: str
    what: str
    changes: tuple[tuple[str, str, str], ...] = ()


class HistoryPane(QWidget):
    """What was done to a record, the newest first.

    ``labels`` names the fields to be told of by their labels; others are not. Of a field in
    ``sealed`` it is only said that it was changed. ``names`` say how a value of a field is called
    that is itself no word, by field and value. ``more`` are changes of what belongs to the record,
    by the id of their action.
    """

    def __init__(
        self,
        store: Store,
        uid: str,
        labels: Mapping[str, str] | None = None,
        *,
        sealed: frozenset[str] = frozenset(),
        names: Mapping[str, Mapping[str, str]] | None = None,
        more: Mapping[int, Sequence[tuple[str, str, str]]] | None = None,
    ) -> None:
        super().__init__()
        self._events = events_of(store, uid, labels or {}, sealed, names or {}, more or {})
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(t.M)
        self._grid.setVerticalSpacing(t.XS)
        self._grid.setColumnStretch(1, 1)
        self._more = button("", "link", press=self._show_all)
        self.setLayout(vbox(self._grid, self._more, gap=t.XS))
        self._write(self._events[:AT_FIRST])
        self._more.setText(f"全部 {len(self._events)} 条")
        hide_unless(self._more, len(self._events) > AT_FIRST)

    def _show_all(self) -> None:
        self._more.hide()
        self._write(self._events[AT_FIRST:])

    def _write(self, events: list[Event]) -> None:
        top = Qt.AlignmentFlag.AlignTop
        if not events:
            self._grid.addWidget(label("还没有改动。", "note"), 0, 0, 1, 2)
        for event in events:
            line = self._grid.rowCount()
            self._grid.addWidget(label(_when(event.at), "note"), line, 0, top)
            said = "\n".join(
                [f"{event.who} {event.what}".strip(), *(_told(*change) for change in event.changes)]
            )
            self._grid.addWidget(label(said, "note", wrap=True), line, 1, top)


def events_of(
    store: Store,
    uid: str,
    labels: Mapping[str, str],
    sealed: frozenset[str] = frozenset(),
    names: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    more: Mapping[int, Sequence[tuple[str, str, str]]] = MappingProxyType({}),
) -> list[Event]:
    """Return what was done to a record or noted about it, the newest first."""
    told: dict[int, tuple[Action, list[tuple[str, str, str]]]] = {}
    for action, change in store.history(uid):
        told.setdefault(action.id, (action, []))[1].extend(_changes(change, labels, sealed, names))
    for action in store.actions(200, about=uid):
        told.setdefault(action.id, (action, []))
    events = [
        Event(action.at, action.who, action.label, (*changes, *more.get(action.id, ())))
        for _, (action, changes) in sorted(told.items(), reverse=True)
    ]
    return list(_together(events))


def _together(events: Sequence[Event]) -> Iterator[Event]:
    """Yield one event for each run of the same by the same person that tells of no field."""
    for (who, what, changes), run in groupby(events, key=lambda one: one[1:]):
        same = list(run)
        times = 1 if changes else len(same)
        if times == 1:
            yield from same
        else:
            yield Event(same[0].at, who, f"{what}（{times}次，从{_when(same[-1].at)}起）", ())


def _changes(
    change: Change,
    labels: Mapping[str, str],
    sealed: frozenset[str],
    names: Mapping[str, Mapping[str, str]],
) -> Iterator[tuple[str, str, str]]:
    """Yield what a change did to the fields that have a label; a new record says nothing more."""
    before = change.before
    if before is None:
        return
    for key, name in {**labels, _VOID: "作废原因"}.items():
        old, new = before.get(key), change.after.get(key)
        if old != new:
            if called := names.get(key):
                old, new = called.get(str(old), old), called.get(str(new), new)
            yield (name, HIDDEN, HIDDEN) if key in sealed else (name, _read(old), _read(new))


def _told(name: str, old: str, new: str) -> str:
    if old == new == HIDDEN:
        return f"{name}：有改动（保密）"
    if not old:
        return f"{name}：填 {new}"
    return f"{name}：{old} → {new or '空'}"


def _read(value: Any) -> str:
    """Return a value of the journal as it reads on the screen."""
    if isinstance(value, str):
        if _HASH.fullmatch(value):
            return "照片"
        if _DAY.fullmatch(value):
            return show(date.fromisoformat(value))
        if _MOMENT.fullmatch(value):
            return show(datetime.fromisoformat(value))
    if isinstance(value, list):
        if value and all(isinstance(part, str) and _HASH.fullmatch(part) for part in value):
            return f"{len(value)}张"
        return "、".join(_read(part) for part in value)
    if isinstance(value, dict):
        return "、".join(_read(part) for part in value.values())
    return show(value)


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"
