"""Plain ledgers with ten years: the page of all, one ledger, 今日: ``tests.bench.ledgers``."""

import json
import os
import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time

LEDGERS, LINES = 40, 5_000  # 200,000 lines in all
NOW = datetime(2026, 11, 20, 16, 30)
TURNS = 5
_LOT = 10_000


def measure():
    """Return the figures in ms, taken in a fresh process."""
    made = subprocess.run(
        [sys.executable, "-c", "from tests.bench.ledgers import in_a_window; in_a_window()"],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    return json.loads(made.stdout.splitlines()[-1])


def in_a_window():
    """Fill a school, open the pages as a person does, and print what it took."""
    from PySide6.QtWidgets import QApplication

    from app.agenda.expiries import of_ledgers
    from app.core.forms import load_forms
    from app.core.paper import Context
    from app.core.store import Store
    from app.ledgers import LedgerRegister
    from app.ledgers.page import LedgersPage
    from app.ui import theme
    from app.ui.papers import Papers

    app = QApplication([])
    theme.apply(app, "中")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "xiaoan.db", bytes(range(32)), now=lambda: NOW)
        forms, _ = load_forms(Path(__file__).parents[2] / "forms/ledgers")
        register = LedgerRegister(store, forms.values(), now=lambda: NOW)
        ids = _fill(store, register)
        papers = Papers(register.papers, lambda form, words: Context("云栖镇中心小学"))
        overview, opened, dues = [], [], []
        for turn in range(TURNS):
            page, took = _shown(app, lambda: LedgersPage(register, papers=papers))
            overview.append(took)
            began = process_time()
            page.open(ids[turn])
            page.repaint()
            opened.append((process_time() - began) * 1000)
            began = process_time()
            list(of_ledgers(register, store.sitter, NOW.date()))
            dues.append((process_time() - began) * 1000)
            page.close()
        store.close()
    print(
        json.dumps(
            {
                "ledgers_all_ms": median(overview),
                "ledgers_one_ms": median(opened),
                "ledgers_today_ms": median(dues),
            }
        )
    )
    sys.stdout.flush()
    os._exit(0)


def _shown(app, make):
    began = process_time()
    page = make()
    page.resize(1366, 698)
    page.show()
    page.repaint()
    return page, (process_time() - began) * 1000


def _fill(store, register):
    """Ten years of every ledger, each line as its form asks; return the ids, the fullest first."""
    from app.ledgers.filling import pack
    from app.ledgers.records import LedgerLine
    from app.ledgers.register import write_down
    from tests.ledgers.filled import filled

    forms = register.all()[:LEDGERS]
    lines = []
    for form in forms:
        said = filled(form, NOW)
        packed = pack(form, said)
        for n in range(LINES):
            line = LedgerLine(ledger=form.id, number=f"{form.number}-{n:06}")
            if not n:
                write_down(line, form, said)
            day = date(2016, 11, 20) + timedelta(days=n * 3650 // LINES)
            line.said = {
                **packed,
                form.day: packed[form.day].replace(packed[form.day][:10], f"{day}"),
            }
            line.line_on = day
            is_open = n > LINES - 60
            expires = any(field.expires_days for field in form.fields)
            line.closed_on = None if is_open or not form.closing else day
            line.next_on = NOW.date() + timedelta(days=n % 400) if is_open and expires else None
            if line.next_on is not None:
                keys = [field.key for field in form.fields if field.expires_days]
                line.said |= dict.fromkeys(keys, line.next_on.isoformat())
            lines.append(line)
    for start in range(0, len(lines), _LOT):
        with store.change("造数据") as session:
            session.add_all(lines[start : start + _LOT])
    return [form.id for form in forms]


if __name__ == "__main__":
    print(measure())
