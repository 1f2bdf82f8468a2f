"""Whether what lines say fits a ledger's new shape, and how it is kept there."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from app.core.errors import UserError
from app.core.forms import Field, Form
from app.core.values import show
from app.ledgers.filling import LONGEST, as_kept, read, settle
from app.ledgers.records import LedgerLine
from app.ledgers.wording import KIND_WORDS, read_words

_WORDS = ("text", "long", "person")
_NAMED = 5  # lines that are named in the sentence
_APART = ("photo", "lines")
_TOLD_EVERY = 500
Tick = Callable[[int, int], object]


def refit(lines: Sequence[LedgerLine], old: Form, new: Form, today: date, tick: Tick) -> None:
    """Let lines say under the new shape what they said under the old one; only inside a change.

    Raises:
        UserError: a line says what its blank could no longer hold; it names the lines.

    """
    changed = list(_changed(old, new))
    wrong = []
    for was, now in changed:
        bad = [
            line for line in lines if line.void_reason is None and not _fits(line, was, now, today)
        ]
        if bad:
            wrong.append(_sentence(was, now, sorted(line.number for line in bad)))
    if wrong:
        raise UserError(
            "".join(wrong),
            safe="台账没有改动，登记的内容都在。",
            do="请先更正这几条，或者另加一个空，把原来的收起。",
        )
    for n, line in enumerate(lines, start=1):
        _rewrite(line, changed, new, today)
        if n % _TOLD_EVERY == 0:
            tick(n, len(lines))


def is_counted_otherwise(old: Form, new: Form) -> bool:
    """Say whether what lines say, or the days that follow from it, has to be gone through."""
    return _counted(old) != _counted(new)


def _counted(form: Form) -> object:
    facts = {
        field.key: (field.kind, field.choices, field.expires_days, field.settled_by)
        for field in form.every
    }
    return facts, {field.key for field in form.hidden}, form.day, form.closing


def _changed(old: Form, new: Form) -> Iterable[tuple[Field, Field]]:
    known = {field.key: field for field in old.every}
    for now in new.every:
        was = known.get(now.key)
        if was is not None and (was.kind, was.choices) != (now.kind, now.choices):
            yield was, now


def _fits(line: LedgerLine, was: Field, now: Field, today: date) -> bool:
    return was.key not in line.said or _converted(was, now, line.said[was.key], today) is not None


def _converted(was: Field, now: Field, stored: Any, today: date) -> Any:
    """Return what is kept of a value in a changed blank, None where it would be lost."""
    value = read(was, stored)
    if was.kind in _APART or now.kind in _APART:
        return stored if was.kind == now.kind else None
    text = show(value)
    if now.kind in _WORDS:
        return text if len(text) <= LONGEST[now.kind] and _lies(now, text) else None
    try:
        found = read_words(now, text, today)
        if was.kind in _WORDS and isinstance(found, datetime) and str(found.year) not in text:
            return None
        back = found if was.kind in _WORDS else read_words(was, show(found), today)
    except ValueError:
        return None
    if was.kind not in _WORDS and back != value:
        return None
    return None if now.check(found) else as_kept(found)


def _lies(field: Field, text: str) -> bool:
    """Say whether a text of several lines has room for them."""
    return field.kind == "long" or "\n" not in text


def _rewrite(
    line: LedgerLine, changed: Sequence[tuple[Field, Field]], new: Form, today: date
) -> None:
    said = dict(line.said)
    for was, now in changed:
        if was.key in said:
            found = _converted(was, now, said[was.key], today)
            said[was.key] = said[was.key] if found is None else found
    if said != line.said:
        line.said = said
    settle(line, new)


def _sentence(was: Field, now: Field, numbers: Sequence[str]) -> str:
    named = "、".join(numbers[:_NAMED])
    more = f"等{len(numbers)}条" if len(numbers) > _NAMED else ""
    if was.kind == now.kind:
        return f"“{now.label}”的选项不能去掉：{named}{more}选的是去掉的那一项。"
    kind = KIND_WORDS[now.kind]
    return f"“{now.label}”不能改成{kind}：{named}{more}填的内容放不进去。"
