"""What the commands about duties do."""

from __future__ import annotations

from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

from app.command_words import Add
from app.commands import open_house
from app.core.errors import UserError
from app.core.sheets import read_book
from app.core.views import Row
from app.duties import DutyRegister
from app.duties.planning import Cell, Standing
from app.duties.spans import check_span
from app.duties.views import roster_rows
from app.hazards.stepping import read_on


def generate(options: Namespace) -> dict[str, Any]:
    """Plan the rosters of a span and write them: how many seats, the gaps, how fair it is."""
    first, last = _span(options)
    with open_house(options) as (house, _desk):
        duties = house.duties
        proposal = duties.plan(first, last, seed=options.seed)
        duties.take(proposal)
        return {
            "filled": len(proposal.roster.seats),
            "gaps": [
                {"on": gap.cell.on, "post": _name(duties, gap.cell), "why": gap.why}
                for gap in proposal.gaps
            ],
            "spread": proposal.spread(),
            "remarks": list(proposal.remarks),
        }


def show(options: Namespace) -> list[Row]:
    """List who stands where on the days of a span."""
    first, last = _span(options)
    check_span(first, last)
    with open_house(options) as (house, _desk):
        rows = roster_rows(house.duties, first, last)
        return [{key: row[key] for key in row if key != "month"} for row in rows]


def explain(options: Namespace) -> dict[str, Any]:
    """Say why those stand there who do, why nobody else, and who could stand in."""
    on = read_on(options.on)
    with open_house(options) as (house, _desk):
        duties = house.duties
        cell = _cell(duties, on, options.post)
        told = duties.month(on).explain(cell)
        names = {uid: one.name for uid, one in duties.people().items()}
        return {
            "on": on,
            "post": options.post,
            "people": [_standing(one, names) for one in told.here],
            "stand_ins": [_standing(one, names) for one in told.stand_ins],
            "others": [_standing(one, names) for one in told.others],
            "breaks": list(told.breaks),
            "gap": told.gap,
        }


def check_file(options: Namespace) -> dict[str, Any]:
    """Check a roster in a spreadsheet by the same rules; nothing is written."""
    with open_house(options) as (house, _desk):
        return house.duty_files.check(read_book(options.file))


def _span(options: Namespace) -> tuple[date, date]:
    return read_on(options.first), read_on(options.last)


def _name(duties: DutyRegister, cell: Cell) -> str:
    post = duties.post(cell)
    return post.name if post else ""


def _cell(duties: DutyRegister, on: date, name: str) -> Cell:
    posts = {post.name: post.uid for post, _people in duties.on(on)}
    if name not in posts:
        raise UserError(
            f"{on.month}月{on.day}日没有“{name}”这个岗。",
            safe="什么都没有改动。",
            do=f"这一天的岗位有：{'、'.join(posts)}。" if posts else "这一天没有要值的岗位。",
        )
    return Cell(on, posts[name])


def _standing(one: Standing, names: dict[str, str]) -> Row:
    return {
        "name": names[one.person_uid],
        "why": one.why,
        "rule": one.rule,
        "this_burden": one.here,
        "all": one.all,
        "mean": round(one.mean, 2),
        "over": round(one.over, 2),
        "last_on": one.last,
        "next_on": one.next,
        "locked": one.locked,
    }


def words(add: Add) -> None:
    """Add what these commands are called."""
    duty = add("duty", None, "排班")
    acts = duty.add_subparsers(dest="act", required=True, metavar="generate|list|explain|…")
    to_generate = acts.add_parser("generate", help="排一段日子的班：锁定的不动，公布过的尽量少动")
    to_generate.add_argument(
        "--seed", type=int, default=0, metavar="N", help="同样的数排出同样的表"
    )
    to_generate.set_defaults(work=generate)
    listing = acts.add_parser("list", help="哪天哪个岗是谁")
    listing.set_defaults(work=show)
    for act in (to_generate, listing):
        act.add_argument("--from", dest="first", required=True, metavar="DATE")
        act.add_argument("--to", dest="last", required=True, metavar="DATE", help="连这一天")
    to_explain = acts.add_parser("explain", help="一格为什么是这几位，别人为什么不是，谁能替")
    to_explain.add_argument("on", metavar="DATE")
    to_explain.add_argument("post", metavar="POST", help="岗位的名称")
    to_explain.set_defaults(work=explain)
    check = acts.add_parser("check", help="核对一份做好的值班表，只看不写入")
    check.add_argument("file", type=Path, metavar="FILE.xlsx")
    check.set_defaults(work=check_file)
