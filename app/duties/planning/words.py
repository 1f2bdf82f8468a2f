"""Why a cell is not full, in a teacher's words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from app.duties.planning.frame import Gap, Need, Person, Post, Rule
from app.duties.planning.grid import Grid
from app.duties.planning.rules import said
from app.duties.planning.table import Table

_SHORT = {
    Rule.NO_NIGHTS: "不值夜班",
    Rule.AWAY: "请假或外出",
    Rule.DOUBLE: "同一时间有别的岗",
    Rule.REST: "刚值过夜班或接着要值夜班",
    Rule.MIX: "不是这里还缺的人",
}


def hindrance(
    grid: Grid, table: Table, cell: int, person: int, *, leaves: Iterable[int] = (-1,)
) -> Rule | None:
    """Return what stands against somebody in a cell as the table is; None if nothing does.

    Whoever ``leaves`` makes a place; one of them is enough.
    """
    bar = grid.why_not(person, cell)
    if bar is not None:
        return bar
    if _held_near(grid.near[cell], table, cell, person):
        return Rule.DOUBLE
    rests = not grid.people[person].lives_nights
    if rests and _held_near(grid.near_rest[cell], table, cell, person):
        return Rule.REST
    mixed = any(table.mixes_well(cell, person, one) for one in leaves)
    return None if mixed else Rule.MIX


def _held_near(near: Iterable[int], table: Table, cell: int, person: int) -> list[int]:
    return [c for c in near if c != cell and c in table.held[person]]


def hindrance_words(grid: Grid, table: Table, cell: int, person: int, rule: Rule) -> str:
    """Say what stands against somebody: 夜班前后要休息：10月14日宿舍夜值."""
    post = grid.posts[grid.post[cell]]
    if rule in (Rule.DOUBLE, Rule.REST):
        near = grid.near[cell] if rule is Rule.DOUBLE else grid.near_rest[cell]
        others = _held_near(near, table, cell, person)
        named = "、".join(said(grid.cells[c], grid.posts[grid.post[c]]) for c in sorted(others))
        head = "同一时间有别的岗" if rule is Rule.DOUBLE else "夜班前后要休息"
        return f"{head}：{named}"
    if rule is Rule.QUALIFIED:
        return f"不符合要求：{lacking(grid.people[person], post)}"
    if rule is Rule.MIX:
        return f"这个岗还缺别的人：{needs_words(post)}"
    return "这天请假或外出" if rule is Rule.AWAY else "不值夜班"


def lacking(person: Person, post: Post) -> str:
    """Say what a post asks of everyone that this person is not: 要女、“女寝”."""
    asked = [need for need in post.needs if need.least == 0 or need.least >= post.heads]
    return "，".join(f"要{need.words}" for need in asked if not need.met_by(person))


def needs_words(post: Post) -> str:
    """Say what a post asks of those who stand it: 每人能“护学岗”，至少1人女."""
    return "，".join(_need_words(need, post) for need in post.needs)


def _need_words(need: Need, post: Post) -> str:
    if need.least == 0 or need.least >= post.heads:
        return f"要{need.words}"
    return f"至少{need.least}人要{need.words}"


def gap_of(grid: Grid, table: Table, cell: int) -> Gap:
    """Name the gap of a cell: how many are missing and what keeps the others out of it."""
    post = grid.posts[grid.post[cell]]
    members = set(table.members[cell])
    against = [hindrance(grid, table, cell, q) for q in range(len(grid.people)) if q not in members]
    free = against.count(None)
    found = Counter(why for why in against if why is not None)
    missing = table.empty(cell)
    unfit = found.pop(Rule.QUALIFIED, 0)
    able = len(grid.people) - unfit
    asked = needs_words(post)
    if not able:
        return Gap(grid.cells[cell], missing, Rule.QUALIFIED, _nobody(asked))
    whys = [f"{many}人{_SHORT[why]}" for why, many in found.most_common()]
    rule = found.most_common(1)[0][0] if found else Rule.QUALIFIED
    who = f"符合要求（{asked}）的" if asked else "名单上"
    head = f"要{post.heads}人，缺{missing}人：{who}{'有' if free > 0 else '只有'}{able}人"
    if members:
        whys.insert(0, f"{len(members)}人已在这个岗")
    if free > 0:
        whys.append(f"{free}人能来")
    return Gap(grid.cells[cell], missing, rule, f"{head}，" + "，".join(whys) + "。")


def _nobody(asked: str) -> str:
    return f"没有人符合要求（{asked}）。" if asked else "名单上没有人。"
