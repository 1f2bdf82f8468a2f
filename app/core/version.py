"""Which version of the program this is, and what each version brought."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

_PROGRAM = Path(__file__).resolve().parents[2]


class Edition(NamedTuple):
    """One version in the words of the change log."""

    title: str
    news: tuple[str, ...]


@cache
def version() -> str:
    """Return the version as the file VERSION says it, the one place it is written."""
    return (_PROGRAM / "VERSION").read_text(encoding="utf-8").strip()


def name_and_version() -> str:
    """Return what the program answers to --version."""
    return f"校安台 {version()}"


def editions() -> list[Edition]:
    """Return what every version brought, the newest first."""
    found: list[Edition] = []
    for line in (_PROGRAM / "CHANGELOG.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            found.append(Edition(line.removeprefix("## "), ()))
        elif line.startswith("- "):
            last = found[-1]
            found[-1] = last._replace(news=(*last.news, line.removeprefix("- ")))
    return found
