"""Start: a command goes to app/cli.py, nothing opens the window."""

from __future__ import annotations

import multiprocessing
import sys
from io import TextIOWrapper

from app.core.version import name_and_version


def main() -> int:
    """Do the command there is, or open the window."""
    words = sys.argv[1:]
    if words == ["--version"]:  # a script asks often, and the commands take a second to load
        _speak_utf8()
        print(name_and_version())  # noqa: T201 - the answer to a command
        return 0
    if words and words != ["--store", *words[1:2]]:
        from app.cli import main as command

        _speak_utf8()
        return command(words)
    from app.begin import begin

    return begin(words[1] if words else None)


def _speak_utf8() -> None:
    """Print UTF-8 into pipes and files too: Windows would use the code page of the PC there."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


if __name__ == "__main__":
    multiprocessing.freeze_support()  # the child that reads spreadsheets starts here too
    sys.exit(main())
