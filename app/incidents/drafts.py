"""A draft of what is known, kept as JSON: nothing that was typed is lost, even half a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any

from app.core.forms import Field, Form
from app.core.values import show

SEALED = 3
_READ: dict[str, Any] = {
    "moment": datetime.fromisoformat,
    "date": date.fromisoformat,
    "time": time.fromisoformat,
    "number": Decimal,
}


def pack(form: Form, said: Mapping[str, Any], *, sealed: bool) -> dict[str, Any]:
    """Return the sealed or the open blanks that say something, as JSON keeps them."""
    return {
        field.key: _as_json(value)
        for field in form.fields
        if is_sealed(field) is sealed and (value := said.get(field.key)) not in (None, "", [])
    }


def unpack(form: Form, *kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return what stands in each blank; what could not be read when typed stays a text."""
    merged: dict[str, Any] = {}
    for words in kept:
        merged |= words
    return {field.key: _read(field, merged.get(field.key)) for field in form.fields}


def shown(form: Form, known: Mapping[str, Any]) -> dict[str, str]:
    """Return every blank as it reads on paper."""
    return {field.key: show(known.get(field.key)) for field in form.fields}


def is_sealed(field: Field) -> bool:
    """Say whether a blank is about persons, and goes when the incident is over."""
    return field.sensitive >= SEALED


def _as_json(value: Any) -> Any:
    if isinstance(value, (date, time)):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def _read(field: Field, value: Any) -> Any:
    if field.kind == "number" and isinstance(value, (int, float)):
        return Decimal(str(value))
    if not isinstance(value, str) or field.kind not in _READ:
        return value
    try:
        return _READ[field.kind](value)
    except (ValueError, InvalidOperation):
        return value
