"""设置: the town's own key file for the schools, its fingerprint, and who this desk is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from app.core.files import put
from app.core.roles import Right
from app.core.values import show
from app.handover.town.desk_dialog import open_deadline
from app.handover.town.register import TownRegister
from app.handover.townkey import SUFFIX, TownKeys
from app.ui import theme as t
from app.ui.asking import tell
from app.ui.details import facts
from app.ui.files import choose_place
from app.ui.page import Page
from app.ui.papers import Papers
from app.ui.widgets import button, card, hbox, hide_unless, label, scroll, vbox

_KIND = f"镇级公钥 (*{SUFFIX})"


class TownSettingsPage(Page):
    """What schools need of the town once: its key file, and sixteen characters to compare."""

    title = "设置"
    topics = frozenset({"setting"})
    help_text = (
        "“写公钥文件”写出一个小文件，拷给每所学校一次；学校在“报送”里收下，核对这十六个字符。\n"
        "学校有了它，才认得出回执是镇里发的；学校加密的数据文件，也只有这台电脑打得开。\n"
        "换电脑时请用备份恢复，这样公钥不变，学校不用重新收。"
    )

    def __init__(
        self,
        register: TownRegister,
        keys: TownKeys,
        *,
        papers: Papers,
        edit: Callable[[], object],
    ) -> None:
        """``edit`` opens what this office is called."""
        super().__init__()
        self._register, self._keys, self._papers, self._edit = register, keys, papers, edit
        self._print = label("", "h1")
        self._lay_out()

    def refresh(self) -> None:
        """Read the key and the facts again."""
        super().refresh()
        own = self._keys.own()
        self._print.setText(own.fingerprint)
        self._name.setText(own.name)
        self._code.setText(own.code)
        due = self._register.deadline()
        since = "" if due.since == date.max else f"，从{show(due.since)}那一周起"
        self._due.setText(f"每{due}以前{since}")

    def save_key(self) -> None:
        """Ask where to and write the key file."""
        name = f"镇级公钥_{self._keys.own().name}{SUFFIX}"

        def write(path: Path) -> None:
            put(path, self._keys.file())
            self._register.store.note("写出镇级公钥文件")
            tell(
                self,
                "公钥文件写好了，拷给每所学校一次就行。",
                detail=f"学校收下时，请两个人念一遍：{self._keys.own().fingerprint}",
            )

        choose_place(self, "写公钥文件", _KIND, name, write)

    def print_key(self) -> None:
        """Print the sixteen characters, for the wall by the telephone."""
        store, rows = self._register.store, self._register.views["key"]({})
        self._papers.preview(
            self, "town_key", rows, done=lambda how: store.note(f"{how}：镇级公钥核对单")
        )

    def begin(self) -> None:
        """Let Enter write the key file."""
        self._write.setFocus()

    def _lay_out(self) -> None:
        may = self._register.store.sitter.may(Right.MANAGE)
        self._name, self._code = label(""), label("")
        self._write = button("写公钥文件", "primary", "export", press=self.save_key)
        printed = button("打印核对单", press=self.print_key)
        key = card(
            label("给学校的公钥", "h2"),
            label(
                "每所学校收一次。学校靠它认出镇里的回执，也可以把数据文件加密，只有这里打得开。",
                "note",
                wrap=True,
            ),
            self._print,
            label("打电话核对时念这十六个字符。", "note"),
            hbox(self._write, printed, None),
            gap=t.S,
            edge=t.L,
        )
        edit = button("修改…", press=self._edit)
        hide_unless(edit, may)
        desk = card(
            label("本单位", "h2"),
            facts((("名称", self._name), ("代码", self._code))),
            hbox(edit, None),
            label("用户、口令、备份在右上角的菜单里，和学校用的一样。", "note", wrap=True),
            gap=t.S,
            edge=t.L,
        )
        self._due = label("")
        change = button("改时限…", press=lambda: open_deadline(self, self._register))
        hide_unless(change, may)
        weekly = card(
            label("周报时限", "h2"),
            facts((("各校报周报", self._due),)),
            hbox(change, None),
            label("改了以后从这一周算起，以前的周还照原来的算。", "note", wrap=True),
            gap=t.S,
            edge=t.L,
        )
        body = scroll(vbox(key, weekly, desk, None, gap=t.M))
        self.setLayout(vbox((body, 1), edge=(t.L, t.M, t.L, t.M)))
