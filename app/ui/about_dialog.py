"""关于校安台: which version this is, where the data lies, what each version brought."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.version import editions, version
from app.ui import theme as t
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, icon_label, label, rule, vbox

_WIDTH_PX = 640


def open_about(parent: QWidget, data: Path) -> Sheet:
    """Open the dialog about the program; ``data`` is the folder that is open."""
    name = label(f"校安台 {version()}", "h1")
    body = vbox(
        hbox(icon_label("shield", t.ACCENT), (name, 1)),
        label("乡村学校的安全工作台。不联网，资料加了密，只在这台电脑上。", wrap=True),
        label(f"资料放在：{data}", "note", wrap=True),
        label(
            "自由软件，许可是 GPL-3.0，可以复制给别的学校用。"
            "用到的字体和库的许可，在程序文件夹下 _internal 里的 NOTICE 和 licenses。",
            "note",
            wrap=True,
        ),
        rule(),
        gap=t.S,
    )
    for edition in editions():
        body.addWidget(label(edition.title, "h2"))
        for news in edition.news:
            line: QHBoxLayout = hbox(gap=t.S)
            line.addWidget(label("·"), 0, Qt.AlignmentFlag.AlignTop)
            line.addWidget(label(news, wrap=True), 1)
            body.addLayout(line)
    body.addStretch(1)
    close = button("关闭", "primary", press=lambda: sheet.accept())
    sheet = Sheet(parent, "关于校安台", body, (None, close), width=_WIDTH_PX)
    sheet.open()
    return sheet
