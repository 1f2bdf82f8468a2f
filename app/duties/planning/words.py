"""Why a cell is not full, in a teacher's words."""

from __future__ import annotations

from collections import Counter

from app.duties.planning.frame import Gap, Need, Post, Rule
from app.duties.planning.grid import Grid
from app.duties.planning.table import Table

_SHORT = {
    Rule.NO_NIGHTS: "不值夜班",
    Rule.AWAY: "请假或外出",
    Rule.DOUBLE: "同一时间有别的岗",
    Rule.REST: "刚值过夜班或接着要值夜班",
    Rule.MIX: "不是这里还缺的人",
}


def hindrance(grid: Grid, table: Table, cell: int, person: int) -> Rule | None:
    """Return what stands against somebody in a cell as the table is; None if nothing does."""
    bar = grid.why_not(person, cell)
    if bar is not None:
        return bar
    held = table.held[person] - {cell}
    if any(near in held for near in grid.near[cell]):
        return Rule.DOUBLE
    rests = not grid.people[person].lives_nights
    if rests and any(near in held for near in grid.near_rest[cell]):
        return Rule.REST
    return None if table.mixes_well(cell, person) else Rule.MIX


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
    found = Counter(
        why
        for q in range(len(grid.people))
        if q not in members and (why := hindrance(grid, table, cell, q)) is not None
    )
    missing = table.empty(cell)
    unfit = found.pop(Rule.QUALIFIED, 0)
    able = len(grid.people) - unfit
    asked = needs_words(post)
    if not able:
        return Gap(grid.cells[cell], missing, Rule.QUALIFIED, _nobody(asked))
    said = [f"{many}人{_SHORT[why]}" for why, many in found.most_common()]
    rule = found.most_common(1)[0][0] if found else Rule.QUALIFIED
    who = f"符合要求（{asked}）的" if asked else "名单上"
    head = f"要{post.heads}人，缺{missing}人：{who}只有{able}人"
    if members:
        said.insert(0, f"{len(members)}人已在这个岗")
    return Gap(grid.cells[cell], missing, rule, f"{head}，" + "，".join(said) + "。")


def _nobody(asked: str) -> str:
    return f"没有人符合要求（{asked}）。" if asked else "名单上没有人。"
