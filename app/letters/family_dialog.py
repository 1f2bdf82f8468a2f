"""Which homes get one letter for several children; a home can be taken apart."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from PySide6.QtWidgets import QCheckBox, QWidget

from app.letters.families import MOST, RULE, Family
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox


def show_families(
    parent: QWidget,
    homes: Sequence[Family],
    split: Collection[str],
    done: Callable[[set[str]], object],
) -> None:
    """Show the homes, ticked where they get one letter; ``done`` hears who gets one alone."""
    ticks = [(QCheckBox(_in_words(home)), home) for home in homes]
    for tick, home in ticks:
        tick.setChecked(not any(child.uid in split for child in home.children))

    def take() -> None:
        apart = (home for tick, home in ticks if not tick.isChecked())
        done({child.uid for home in apart for child in home.children})
        sheet.accept()

    body = vbox(
        label(RULE, "note", wrap=True),
        label(
            f"不是一家的，把勾去掉，就各发各的。一个电话名下超过{MOST}名学生的，没有合在一起。",
            "note",
            wrap=True,
        ),
        *(tick for tick, _ in ticks),
        None,
    )
    ok = button("就这样", "primary", press=take)
    ok.setDefault(True)
    sheet = Sheet(
        parent, "一家一份", body, [None, ok, button("取消", press=lambda: sheet.reject())]
    )
    sheet.open()


def _in_words(home: Family) -> str:
    return "、".join(f"{child.class_name} {child.name}" for child in home.children)
