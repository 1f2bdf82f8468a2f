"""现成的岗位: a set that came with the program, taken as it is or in part."""

from __future__ import annotations

from collections.abc import Callable, Collection

from PySide6.QtWidgets import QWidget

from app.core.errors import UserError
from app.duties.posts.register import PostRegister
from app.duties.posts.rules import PostFacts, asks, days_words, hours_words
from app.duties.posts.sets import PostSet
from app.ui.asking import tell
from app.ui.errors import show_error
from app.ui.sheet import Sheet
from app.ui.tick_table import TickTable
from app.ui.widgets import button, label, vbox

_WIDTH, _HEIGHT = 980, 640
_SAID = "不需要的把勾去掉。采用以后，名称、时间、人数和要求都可以一个一个改，也可以撤销。"
_TITLES = ("名称", "时间", "人数", "哪些日子", "要什么人")


def open_set(
    parent: QWidget,
    register: PostRegister,
    chosen: PostSet,
    then: Callable[[], object],
    *,
    lacks: Collection[str] = (),
) -> Sheet | None:
    """Show a set with a tick at each post; families the school ``lacks`` (食堂) come unticked.

    Posts that are there by name are left out; None where all of them are.
    """
    there = {one.name for one in register.on(register.today())}
    offered = {facts.name: facts for facts in chosen.facts if facts.name not in there}
    if not offered:
        tell(parent, f"“{chosen.title}”里的岗位都已经有了。")
        return None
    off = [name for name, facts in offered.items() if facts.family in lacks]
    rows = [(name, _cells(facts)) for name, facts in offered.items()]
    table = TickTable(_TITLES, rows, name=chosen.title, off=off)

    def take() -> None:
        try:
            register.take(offered[name] for name in table.ticked())
        except UserError as error:
            show_error(sheet, error)
        else:
            sheet.accept()
            then()

    go = button("采用", "primary", press=take)

    def say(count: int) -> None:
        go.setText(f"采用{count}个岗位")
        go.setEnabled(count > 0)

    table.counted.connect(say)
    body = vbox(label(_words(chosen, len(offered)), "note", wrap=True), (table, 1))
    foot = (
        button("全选", "link", press=lambda: table.tick_all(is_on=True)),
        button("全不选", "link", press=lambda: table.tick_all(is_on=False)),
        None,
        go,
        button("取消", press=lambda: sheet.reject()),
    )
    title = f"现成的岗位：{chosen.title}"
    sheet = Sheet(parent, title, body, foot, width=_WIDTH, height=_HEIGHT)
    table.count()
    sheet.open()
    return sheet


def _words(chosen: PostSet, offered: int) -> str:
    there = len(chosen.facts) - offered
    already = f"已经有的{there}个同名岗位没有列出。" if there else ""
    return f"{chosen.suits}。{_SAID}{already}"


def _cells(facts: PostFacts) -> tuple[str, ...]:
    return (
        facts.name,
        hours_words(facts.starts, facts.ends),
        f"{facts.heads}人",
        days_words(facts.days, facts.weekdays),
        asks(facts) or "谁都可以",
    )
