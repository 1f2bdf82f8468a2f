"""What the commands about plain ledgers do."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path
from typing import Any

from app.command_words import Add
from app.commands import open_house
from app.core.errors import UserError
from app.core.forms import Form, load_forms
from app.core.imports import Fate, Plan
from app.core.paths import find_paths
from app.core.plainforms import width_of
from app.core.roles import Right
from app.core.sheets import read_book
from app.core.views import Row
from app.ledgers.bringing import differences, give_out, read_brought
from app.ledgers.entryfile import LINE_FILE as LINE_FILE
from app.ledgers.entryfile import enter_lines, read_lines
from app.ledgers.importing import carry_out, plan_lines


def ledgers(options: Namespace) -> list[Row]:
    """Name the plain ledgers: how many lines each has, and its next day."""
    with open_house(options) as (house, _desk):
        return [
            {
                "id": one.form.id,
                "title": one.form.title,
                "group": one.form.group,
                "lines": one.lines,
                "next_due": one.next_on,
            }
            for one in house.ledgers.standings()
        ]


def enter(options: Namespace) -> dict[str, Any]:
    """Enter lines into a ledger from a JSON file or a spreadsheet."""
    with open_house(options) as (house, _desk):
        register, id = house.ledgers, options.ledger
        register.store.sitter.demand(Right.LEDGERS)
        register.form(id)
        if options.file.suffix.lower() == ".json":
            return enter_lines(register, id, read_lines(options.file))
        plan = plan_lines(register, id, read_book(options.file))
        if plan.count(Fate.ADDED):
            carry_out(register, id, plan)
        return _report(plan)


def check(options: Namespace) -> dict[str, Any]:
    """Say whether a form file would do as a ledger, and what it would give."""
    shipped, _ = load_forms(find_paths().shipped_forms / "ledgers")
    try:
        form = read_brought(options.file, shipped, shipped.keys())
    except UserError as error:
        return {"ok": False, "problems": [error.what]}
    return _told(form) | {"ok": True, "width_mm": width_of(form), "problems": []}


def take(options: Namespace) -> dict[str, Any]:
    """Take in a ledger's form file, or the new shape of one taken in before."""
    with open_house(options) as (house, _desk):
        house.store.sitter.demand(Right.LEDGERS)
        form = read_brought(options.file, house.forms, house.shapes.shipped)
        before = house.ledgers.forms.get(form.id)
        changes = [] if before is None else list(differences(form, before))
        house.shapes.take_in(form)
        return _told(form) | {"replaced": before is not None, "changes": changes}


def give(options: Namespace) -> dict[str, Any]:
    """Write a ledger's form file for other schools."""
    with open_house(options) as (house, _desk):
        form = house.ledgers.form(options.ledger)
        return _told(give_out(house.shapes, form, options.out))


def versions(options: Namespace) -> list[Row]:
    """Name the versions of a ledger's form that were kept here, the newest first."""
    with open_house(options) as (house, _desk):
        form = house.ledgers.form(options.ledger)
        return [
            {
                "version": one.version,
                "made_on": one.made_on,
                "source": one.source,
                "words": one.words,
            }
            for one in house.shapes.versions(form.id)
        ]


def _told(form: Form) -> dict[str, Any]:
    return {
        "id": form.id,
        "title": form.title,
        "group": form.group,
        "number": form.number,
        "fields": len(form.fields),
    }


def _report(plan: Plan) -> dict[str, Any]:
    counts = {fate.name.lower(): plan.count(fate) for fate in Fate}
    return counts | {"problems": [vars(one) for one in plan.problems], "columns": plan.columns}


def words(add: Add) -> None:
    """Add what these commands are called."""
    add("ledgers", ledgers, "有哪些台账，各有多少条")
    to_enter = add("enter", enter, "往一本台账里录入")
    to_enter.description = LINE_FILE
    to_enter.formatter_class = argparse.RawDescriptionHelpFormatter
    to_enter.add_argument("ledger", metavar="LEDGER", help="台账的编号，如 dispute")
    to_enter.add_argument("file", type=Path, metavar="FILE.json|FILE.xlsx")
    acts = add("ledger", None, "核对、放进、给出一个台账文件").add_subparsers(
        dest="act", required=True, metavar="check|take|give|versions"
    )
    to_check = acts.add_parser("check", help="这个表格文件能不能做成一本台账")
    to_check.set_defaults(work=check)
    to_take = acts.add_parser("take", help="放进一本别处来的台账，或者换上它的新样子")
    to_take.set_defaults(work=take)
    for one in (to_check, to_take):
        one.add_argument("file", type=Path, metavar="FILE.toml")
    to_give = acts.add_parser("give", help="把一本台账的样子写成文件，给别的学校")
    to_give.set_defaults(work=give)
    to_list = acts.add_parser("versions", help="一本台账的样子改过哪几次")
    to_list.set_defaults(work=versions)
    for one in (to_give, to_list):
        one.add_argument("ledger", metavar="LEDGER", help="台账的编号，如 dispute")
    to_give.add_argument("--out", type=Path, required=True, metavar="FILE.toml")
