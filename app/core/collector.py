"""Python's collector of circular garbage, held still where it would only look in vain."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


def keep_loaded() -> None:
    """Let the collector pass over all there is: code and forms that stay until the program ends."""
    gc.freeze()


@contextmanager
def held_still() -> Iterator[None]:
    """Hold the collector still while a long list is made.

    Tens of thousands of new tuples make it look through everything again and again, and there is
    nothing to find: on 20,000 lines that is half of the time.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
