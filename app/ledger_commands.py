"""What the commands about plain ledgers do."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path
from typing import Any

from app.command_words import Add
from app.commands import open_house
from app.core.errors import UserError
from app.core.forms import load_form, load_forms
from app.core.imports import Fate, Plan
from app.core.paths import find_paths
from app.core.plainforms import why_not_beside, width_of
from app.core.roles import Right
from app.core.sheets import read_book
from app.core.views import Row
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
    try:
        form = load_form(options.file)
    except UserError as error:
        return {"ok": False, "problems": [error.what]}
    if not form.plain:
        what = "这个文件里没有写plain = true，它只是一张表的空，不是一本台账。"
        return {"ok": False, "problems": [what]}
    shipped, _ = load_forms(find_paths().shipped_forms / "ledgers")
    if why := why_not_beside(form, shipped):
        return {"ok": False, "problems": [f"这本台账放进来用不了：{why}。"]}
    return {
        "ok": True,
        "id": form.id,
        "title": form.title,
        "group": form.group,
        "fields": len(form.fields),
        "width_mm": width_of(form),
        "problems": [],
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
    acts = add("ledger", None, "核对一个台账文件").add_subparsers(
        dest="act", required=True, metavar="check"
    )
    to_check = acts.add_parser("check", help="这个表格文件能不能做成一本台账")
    to_check.add_argument("file", type=Path, metavar="FILE.toml")
    to_check.set_defaults(work=check)
