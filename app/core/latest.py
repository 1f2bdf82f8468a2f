"""Two windows at one record: whoever saves second is told what the first one changed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from typing import Any

from app.core.errors import UserError
from app.core.store import Record, Store
from app.core.values import show


def check_unchanged(
    store: Store,
    record: Record,
    seen: int | None,
    *,
    name: str,
    labels: Mapping[str, str],
    sealed: Collection[str] = (),
) -> None:
    """Go on only if a record is as it was when a dialog was opened, at revision ``seen``.

    ``name`` says in the sentence which record it is, ``labels`` what its fields are called; of a
    ``sealed`` one it is only said that it was changed.

    Raises:
        UserError: it was changed meanwhile; the text says by whom, when and how.

    """
    if seen is None or record.rev == seen:
        return
    told = "；".join(_news(store, record.uid, seen, labels, sealed))
    raise UserError(
        f"您填写的时候，{name}在别处改过了：{told}。",
        safe="您填的没有存上，别人改的都在。",
        do="请关上这个窗口，看过新的内容再填。",
    )


def _news(
    store: Store, uid: str, seen: int, labels: Mapping[str, str], sealed: Collection[str]
) -> Iterator[str]:
    for action, change in store.history(uid):
        if change.after.get("rev", 0) <= seen:
            continue
        said = f"{action.who or '有人'}{action.at:%H:%M}{action.label}"
        changes = "，".join(changed_fields(change.before or {}, change.after, labels, sealed))
        yield f"{said}（{changes}）" if changes else said


def changed_fields(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    labels: Mapping[str, str],
    sealed: Collection[str] = (),
) -> Iterator[str]:
    """Yield of each field that differs between two images of a record how it was and is."""
    for key, label in labels.items():
        if before.get(key) == after.get(key):
            continue
        if key in sealed:
            yield f"{label}有改动"
        else:
            yield f"{label}由{_word(before.get(key))}改为{_word(after.get(key))}"


def _word(value: Any) -> str:
    if isinstance(value, str):
        try:
            return show(date.fromisoformat(value))
        except ValueError:
            return f"“{value}”"
    return show(value) or "空"
