"""What may be wrong with a file from outside: a code for programs, a sentence for people."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with a file; docs/data-file.md lists the codes."""

    code: str
    message: str


class Fault(Exception):  # noqa: N818 - becomes a line of the report
    """A problem after which reading on makes no sense."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code)
        self.problem = Problem(code, message)
