"""What stands beside a ledger's list: one line with all that was filled in, and its history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QLayout, QWidget

from app.core.forms import MOST_SENSITIVE, Field, Form
from app.core.store import Store
from app.core.values import show
from app.ledgers.filling import read
from app.ledgers.lines import Line
from app.ui.delegates import HIDDEN
from app.ui.details import Part, facts
from app.ui.history import HistoryPane
from app.ui.widgets import Pill, hbox, label

_SAID = "said"


def head(line: Line, status: tuple[str, str, str]) -> list[Part]:
    """Return which line it is, and how it stands."""
    pill = Pill(*status) if line.form.closing or line.next_on else 0
    said = f"{line.number} · {show(line.on)}"
    return [
        hbox((label(line.name, "h2", wrap=True), 1), pill),
        label(said, "note", wrap=True),
    ]


def parts(line: Line, *, opened: bool) -> list[tuple[str, QLayout | QWidget]]:
    """Return what was filled in, part by part, in the order of the form."""
    named: dict[str, list[tuple[str, str]]] = {}
    for field in line.form.fields:
        if field.kind != "photo":
            named.setdefault(field.part, []).append((field.label, _words(line, field, opened)))
    found: list[tuple[str, QLayout | QWidget]] = []
    for title, pairs in named.items():
        if any(words for _, words in pairs):
            found.append((title or "情况", facts(pairs)))
    return found or [("情况", label("没有可以看的内容。", "note"))]


def photo_fields(form: Form, *, opened: bool) -> list[Field]:
    """Return the blanks of photos that may be shown."""
    return [
        f for f in form.fields if f.kind == "photo" and (opened or f.sensitive < MOST_SENSITIVE)
    ]


def history(store: Store, line: Line) -> HistoryPane:
    """Return who changed the line, when, and what stood there before."""
    more = {
        action.id: tuple(_changes(line.form, change.before, change.after))
        for action, change in store.history(line.uid)
        if change.before is not None
    }
    return HistoryPane(store, line.uid, more=more)


def _words(line: Line, field: Field, opened: bool) -> str:
    if field.sensitive >= MOST_SENSITIVE and not opened:
        return HIDDEN
    value = line[field.key]
    if value is None:
        return ""
    return f"{show(value)}{field.unit if field.kind == 'number' else ''}"


def _changes(
    form: Form, before: Mapping[str, Any] | None, after: Mapping[str, Any]
) -> Iterator[tuple[str, str, str]]:
    """Yield blank by blank what a change did; of a sealed one only that it was changed."""
    old: Mapping[str, Any] = (before or {}).get(_SAID) or {}
    new: Mapping[str, Any] = after.get(_SAID) or {}
    for field in form.fields:
        was, now = old.get(field.key), new.get(field.key)
        if was == now:
            continue
        if field.sensitive >= MOST_SENSITIVE:
            yield field.label, HIDDEN, HIDDEN
        elif field.kind == "photo":
            yield field.label, _many(was), _many(now)
        else:
            yield field.label, show(read(field, was)), show(read(field, now))


def _many(photos: Sequence[str] | None) -> str:
    return f"{len(photos)}张" if photos else ""
