"""Start: a command goes to app/cli.py, nothing opens the window."""

from __future__ import annotations

import multiprocessing
import sys


def main() -> int:
    """Do the command there is, or open the window."""
    words = sys.argv[1:]
    if words and words != ["--store", *words[1:2]]:
        from app.cli import main as command

        return command(words)
    from app.entrance import open_window

    return open_window(words[1] if words else None)


if __name__ == "__main__":
    multiprocessing.freeze_support()  # the child that reads spreadsheets starts here too
    sys.exit(main())
