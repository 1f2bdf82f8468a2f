"""What the product promises in figures, each beside its floor measured in the same run.

Every figure is taken in a process of its own, three times (once where that takes long already),
and the median is shown: CPU seconds are user and system of that process and its children, memory
is the peak of the process.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "build")]

from figures import FIGURES  # noqa: E402

RUNS = 3
LONG_S = 8.0  # what takes longer is taken once: the whole has to end within minutes
# A thousand spoiled pages take minutes to make, and are an average in themselves.
ONCE = {"bundle", "county", "scans", "duty", "duty_room"}


def measure_import() -> dict[str, float]:
    """Import 3,000 pupils from a real file."""
    from tests.bench import sheets, students

    return {
        "import_cpu": students.import_students(3000),
        "import_floor": sheets.bare_read(3000),
    }


def measure_letters() -> dict[str, float]:
    """Print 1,000 letters."""
    from tests.bench import paper

    cpu, size = paper.letters(1000)
    return {
        "letters_cpu": cpu,
        "letters_mb": size / 1e6,
        "letters_floor": paper.raw_letters(1000)[0],
    }


def measure_batch() -> dict[str, float]:
    """Print a batch of 3,000 letters as the letters room does, from its receipts."""
    from tests.bench import letters

    return letters.measure(3000)


def measure_ledger() -> dict[str, float]:
    """Print a ledger of 5,000 rows."""
    from tests.bench import paper
    from tests.bench.machine import peak_mb

    cpu, _size = paper.ledger(5000)
    return {"ledger_cpu": cpu, "ledger_mb": peak_mb()}


def measure_window() -> dict[str, float]:
    """Open the window on ten years of data."""
    from tests.bench import window

    return window.start()


def measure_bundle() -> dict[str, float]:
    """Start the built program, where it has been built, and weigh the packages."""
    from tests.bench import bundle

    return bundle.measure()


def measure_hazards() -> dict[str, float]:
    """Open, search, sign and print a ledger of 20,000 hazards."""
    from tests.bench import hazards

    return hazards.measure()


def measure_search() -> dict[str, float]:
    """Type into the search field of a ledger of 20,000 rows."""
    from tests.bench import ui

    usual, worst = ui.search_key_ms(20_000)
    return {
        "search_ms": usual,
        "search_worst_ms": worst,
        "search_floor": ui.bare_search_ms(20_000),
    }


def measure_care() -> dict[str, float]:
    """Type into the search field of 3,000 pupils who are cared for."""
    from tests.bench import care

    usual, worst, _read = care.search_key_ms()
    return {"care_ms": usual, "care_worst_ms": worst}


def measure_handover() -> dict[str, float]:
    """Write a year for the town, read it back, and spoil it three thousand times."""
    from tests.bench import handover

    return handover.measure()


def measure_agenda() -> dict[str, float]:
    """Count what is due by sixty rules in a school of ten years."""
    from tests.bench import agenda

    return agenda.measure()


def measure_calendar() -> dict[str, float]:
    """Ask the school calendar for six weeks, and for a year after a change."""
    from tests.bench import calendar

    grid, year = calendar.days_ms()
    return {"grid_ms": grid, "year_ms": year}


def measure_duty() -> dict[str, float]:
    """Make rosters for random schools; beside an exact solver where highspy is installed."""
    from tests.bench import duties

    return duties.measure()


def measure_duty_room() -> dict[str, float]:
    """Take a roster, show a month of it, and replay two years with what people carry."""
    from tests.bench import duty_room

    return duty_room.measure()


def measure_scans() -> dict[str, float]:
    """Read 500 receipts from a tired scanner, and 500 from a copy of a copy."""
    from tests.bench import scans

    return scans.read_back(500)


def measure_drills() -> dict[str, float]:
    """Plan a term after ten years of drills, and paint a month of them."""
    from tests.bench import drills

    return drills.measure()


def measure_ledgers() -> dict[str, float]:
    """Open the page of all plain ledgers, one of them, and count what they remind of."""
    from tests.bench import ledgers

    return ledgers.measure()


def measure_proof() -> dict[str, float]:
    """Print the proof sheet of a pupil who was sent letters for nine years."""
    from tests.bench import scans

    return {"proof_s": scans.prove(18)}


def measure_loop() -> dict[str, float]:
    """Press what takes long, and count how long the window does not listen."""
    from tests.bench import loop

    return loop.measure()


def measure_town() -> dict[str, float]:
    """Take the files of three hundred schools in two orders."""
    from tests.bench import town

    return town.merging()


def measure_county() -> dict[str, float]:
    """Look at a county of a million rows."""
    from tests.bench import town

    return town.county()


def measure_binder() -> dict[str, float]:
    """Bind a school's year of six hundred sheets."""
    from tests.bench import binder

    return binder.measure()


PARTS: dict[str, Callable[[], dict[str, float]]] = {
    "import": measure_import,
    "letters": measure_letters,
    "batch": measure_batch,
    "ledger": measure_ledger,
    "window": measure_window,
    "bundle": measure_bundle,
    "hazards": measure_hazards,
    "search": measure_search,
    "care": measure_care,
    "handover": measure_handover,
    "binder": measure_binder,
    "agenda": measure_agenda,
    "calendar": measure_calendar,
    "duty": measure_duty,
    "duty_room": measure_duty_room,
    "scans": measure_scans,
    "proof": measure_proof,
    "drills": measure_drills,
    "ledgers": measure_ledgers,
    "loop": measure_loop,
    "town": measure_town,
    "county": measure_county,
}


def _median_of_runs() -> dict[str, float]:
    seen: dict[str, list[float]] = {}
    for part in PARTS:
        began = monotonic()
        for run in range(1 if part in ONCE else RUNS):
            if run == 1 and monotonic() - began > LONG_S:
                break
            made = subprocess.run(
                [sys.executable, __file__, "--part", part], capture_output=True, text=True, cwd=ROOT
            )
            if made.returncode:
                sys.exit(f"{part}：没有量成\n{made.stderr}")
            for name, value in json.loads(made.stdout.splitlines()[-1]).items():
                seen.setdefault(name, []).append(value)
    return {name: statistics.median(values) for name, values in seen.items()}


def main() -> None:
    """Measure everything and print a table, or one JSON value."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--part", choices=PARTS)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(PARTS[options.part]()))
        return
    found = _median_of_runs()
    if options.json:
        print(
            json.dumps(
                {f.name: {"is": found[f.name], "most": f.most} for f in FIGURES if f.name in found}
            )
        )
        return
    for figure in FIGURES:
        if figure.name not in found:
            continue  # its part needs a solver, or a package, that is not there
        value = found[figure.name]
        goal = "" if figure.most is None else f"不超过 {figure.most:g}"
        verdict = "" if figure.most is None else "达到" if value <= figure.most else "没有达到"
        print(f"{value:10.3f} {figure.unit:6} {goal:14} {verdict:5} {figure.what}")


if __name__ == "__main__":
    main()
