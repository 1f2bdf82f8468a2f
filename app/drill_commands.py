"""What the commands about drills do."""

from __future__ import annotations

import argparse
from argparse import Namespace
from pathlib import Path
from typing import Any

from app.command_words import Add
from app.commands import open_house
from app.core.views import Row
from app.drills import Proposal
from app.drills.doing.entryfile import DRILL_FILE as DRILL_FILE
from app.drills.doing.entryfile import enter_drill, read_drill


def plan(options: Namespace) -> dict[str, Any]:
    """Plan the drills of a term, or say what that would do."""
    with open_house(options) as (house, _desk):
        planner = house.planner
        draft = planner.draft(options.term)
        if draft.proposals and not options.dry_run:
            planner.carry_out(draft)
        return {
            "term": planner.term(options.term).term.code,
            "written": not options.dry_run,
            "drills": [_row(one) for one in draft.proposals],
            "stays": len(draft.stays),
            "remarks": list(draft.gaps),
        }


def record(options: Namespace) -> dict[str, Any]:
    """Enter a drill that was held from a JSON file: counts, record, problems."""
    with open_house(options) as (house, _desk):
        return enter_drill(house.doing, read_drill(options.file))


def _row(one: Proposal) -> Row:
    return {
        "for": one.word,
        "kind": str(one.kind),
        "title": one.title,
        "scope": one.scope,
        "on": one.on,
        "at": f"{one.hour.at:%H:%M}",
        "was_on": one.was_on,
        "provisional": one.provisional,
        "why": one.why,
        "why_not": one.why_not,
    }


def words(add: Add) -> None:
    """Add what these commands are called."""
    drills = add("drills", None, "排演练")
    acts = drills.add_subparsers(dest="act", required=True, metavar="plan|record")
    to_record = acts.add_parser(
        "record",
        help="录入一次做完的演练：清点、记录、问题",
        description=DRILL_FILE,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    to_record.add_argument("file", type=Path, metavar="FILE.json")
    to_record.set_defaults(work=record)
    to_plan = acts.add_parser("plan", help="自动排一个学期的演练")
    to_plan.add_argument("--term", default="", metavar="2026-2027-1", help="不写就是本学期")
    to_plan.add_argument("--dry-run", action="store_true", help="只看会做什么，不写入")
    to_plan.set_defaults(work=plan)
