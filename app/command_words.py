"""What the words of all commands share: how one is added, and how a filter is written."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

Work = Callable[[argparse.Namespace], Any]
# Takes the name of a command, what it does (None where words below it do), and its help.
Add = Callable[[str, Work | None, str], argparse.ArgumentParser]


def takes_where(parser: argparse.ArgumentParser) -> None:
    """Let a command be given filters."""
    parser.add_argument("--where", action="append", default=[], metavar="KEY=VALUE", type=pair)


def pair(text: str) -> tuple[str, str]:
    """Read a filter or a fact as it is typed: KEY=VALUE.

    Raises:
        argparse.ArgumentTypeError: it has no key.

    """
    key, found, value = text.partition("=")
    if not found or not key:
        raise argparse.ArgumentTypeError("要写成 KEY=VALUE")
    return key, value
