"""A ledger's form written out as the form file it is read from, facts that go without saying left.

A shape is kept, and given to other schools, as these words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import MISSING, Field, fields
from typing import Any

from app.core.forms import Form

_LATER = ("fields", "hidden", "rooms")


def text_of(form: Form) -> str:
    """Return the words of a form file that reads as this form."""
    lines = [*_facts(form)]
    for name, blanks in (("field", form.fields), ("hidden", form.hidden)):
        for blank in blanks:
            lines += ["", f"[[{name}]]", *_facts(blank)]
    return "\n".join(lines) + "\n"


def _facts(thing: Any) -> Iterator[str]:
    for one in fields(thing):
        value = getattr(thing, one.name)
        if one.name not in _LATER and value != _usual(one) and value is not None:
            yield f"{one.name} = {_written(value)}"


def _usual(one: Field[Any]) -> object:
    return None if one.default is MISSING else one.default


def _written(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(_written, value))}]"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    return str(value)
