"""清理离校学生的资料: what goes, what stays, what cannot be promised, and the years."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QSpinBox, QWidget

from app.core.errors import UserError
from app.students.roll.classes_pane import Spin
from app.students.roll.thinning import BASIS, MOST_YEARS, Cleaned, Due, ThinningDesk, Years
from app.ui import theme as t
from app.ui.asking import ask, tell
from app.ui.entry import Fault
from app.ui.jobs import run_job
from app.ui.sheet import Sheet
from app.ui.widgets import button, hbox, label, rule, vbox

USUAL_REASON = "保存期满"


class ThinDialog(Sheet):
    """Says before it is done what will be gone; the years can be settled here.

    Raises:
        UserError: the role may not clean up.

    """

    def __init__(self, parent: QWidget, desk: ThinningDesk) -> None:
        self._desk = desk
        years = desk.years()
        self._keep, self._proof = _years_blank(years.keep), _years_blank(years.proof)
        self._due = label("", "h2", wrap=True)
        self._more = label("", "note", wrap=True)
        self._reason = QLineEdit(USUAL_REASON)
        self._reason.setMaxLength(60)
        self._copies = QCheckBox("先做一份新备份，再删掉以前的备份")
        self._fault = Fault()
        self._go = button("清理", "primary", press=self._ask)
        keep = button("保存年数", press=self._keep_years)
        reason = label("清理的原因")
        reason.setBuddy(self._reason)
        body = vbox(
            self._due,
            self._more,
            t.XS,
            label("清掉：出生日期、监护人和电话、住址、家庭和健康情况、重点关注、帮扶记录，"
                  "以及别的页里记在这名学生名下的内容，连同操作记录里的原文。", wrap=True),
            label("留下：姓名、班级、怎样离校、哪一天；家长信的回执留到下面的年数。", wrap=True),
            label("管不到：以前的备份和U盘副本里还有；隐患描述这类文字里写到过的姓名也还在。",
                  tone="soon", wrap=True),
            self._copies,
            hbox(reason, (self._reason, 1)),
            rule(),
            *self._rows(),
            hbox(keep, None),
            label(BASIS, "note", wrap=True),
            self._fault,
            gap=t.S,
        )  # fmt: skip
        foot = (
            label("清理以后不能撤销。", "note", "late"),
            None,
            self._go,
            button("关闭", press=self.reject),
        )
        super().__init__(parent, "清理离校学生的资料", body, foot)
        self._show(desk.due())
        self._reason.setFocus()

    def _rows(self) -> list[QHBoxLayout]:
        rows = []
        for word, spin in (
            ("离校满几年清理资料", self._keep),
            ("离校满几年连回执也清掉", self._proof),
        ):
            said = label(word)
            said.setBuddy(spin)
            spin.setAccessibleName(word)
            rows.append(hbox(said, None, spin))
        return rows

    def _show(self, due: Due) -> None:
        said = [f"{len(due.thin)} 人只留姓名和回执" if due.thin else ""]
        said.append(f"{len(due.drop)} 人全部清掉" if due.drop else "")
        words = "，".join(filter(None, said))
        self._due.setText(f"到期：{words}。" if words else "现在没有到期的资料。")
        self._more.setText(
            f"另有{due.undated}人没有离校日期，不会清理；在“更正资料”里改回在读，再按“转出”补上日期。"
            if due.undated
            else ""
        )
        self._more.setVisible(bool(due.undated))
        self._go.setEnabled(bool(due))
        if self.isVisible():
            self.fit()

    def _keep_years(self) -> None:
        try:
            self._desk.set_years(Years(self._keep.value(), self._proof.value()))
        except UserError as error:
            self._fault.say(error)
            return
        self._fault.say("")
        self._show(self._desk.due())

    def _ask(self) -> None:
        if not self._reason.text().strip():
            self._fault.say("没有写清理的原因。")
            return
        due = self._desk.due()
        ask(
            self,
            f"清理{len(due.thin) + len(due.drop)}名离校学生的资料？",
            yes="清理",
            then=self._clean,
            detail="清掉的内容不能恢复，也不能撤销。",
        )

    def _clean(self) -> None:
        reason, drops = self._reason.text(), self._copies.isChecked()

        def work(_: object) -> Cleaned:
            return self._desk.clean(reason, drop_copies=drops)

        run_job(self, "正在清理", work, self._end)

    def _end(self, cleaned: Cleaned) -> None:
        parent = self.parentWidget()
        self.accept()
        rest = (
            f"以前的{cleaned.copies}份备份里还有，会随着旧备份的清理慢慢消失。"
            if cleaned.copies
            else "这台电脑上以前的备份里也没有了。"
        )
        if parent is not None:
            tell(
                parent,
                f"清理好了：{cleaned.pupils}名学生，{cleaned.records}条记录。",
                detail=f"{rest}U盘上的备份请另外清理。",
            )


def _years_blank(years: int) -> QSpinBox:
    made = Spin()
    made.setRange(1, MOST_YEARS)
    made.setValue(years)
    made.setSuffix(" 年")
    return made
