"""The manual's own parts: pictures from the running program, every message, every command.

Without an option everything but the figures is made anew; ``--words`` leaves the pictures,
``--measured`` runs the bench, counts the tests, and writes what they and their last run say.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))
MANUAL = ROOT / "docs" / "manual"


def main() -> None:
    """Make what the first word asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", action="store_true", help="only messages and commands")
    parser.add_argument("--measured", action="store_true", help="only docs/measured.md")
    parser.add_argument("pictures", nargs="*", help="names of pictures; all without any")
    options = parser.parse_args()
    if options.measured:
        from docs_measured import measured

        (ROOT / "docs" / "measured.md").write_text(measured(), "utf-8")
        return
    from docs_words import commands, messages

    for name, text in (("messages", messages()), ("commands", commands())):
        (MANUAL / f"{name}.md").write_text(text, "utf-8")
    if not options.words:
        from docs_pictures import take

        for name in take(MANUAL, options.pictures):
            print(name, flush=True)


if __name__ == "__main__":
    main()
