"""The menu under the user's name: who sits here, the staff list, backups, what was done."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QVBoxLayout

from app import post_rooms
from app.calendar.records import (
    DayMark,
    HolidayNotice,
    SchoolHours,
    ThemeDay,
    told_of_mark,
)
from app.chemicals import ChemCount, ChemMovement, ChemSubstance
from app.core import disks
from app.core.files import put
from app.core.machine import remember
from app.core.roles import Right
from app.drills import Contingency, Drill
from app.duties import DutyPost, DutySwap
from app.duties.book.records import DutyPatrol, DutyRecord, GateCheck, SafetyLog
from app.hazards import Hazard, HazardNotice
from app.hazards.campaigns.records import Campaign, CampaignPhase, CampaignTask
from app.hazards.checks import Check
from app.hazards.places.records import Place
from app.hazards.risks.records import Risk
from app.hazards.supervising import HazardDemand
from app.hazards.supervising.rules import called
from app.hazards.surroundings.records import Surrounding
from app.ledgers import LedgerLine
from app.meetings import Education, Meeting
from app.people import Absence, Staff
from app.privacy import DataLeak, PrivacyCheck
from app.privacy_rooms import open_privacy
from app.students import Student
from app.students.boarding.records import (
    Leave,
    RollCall,
    Stay,
    told_of_call,
    told_of_leave,
    told_of_stay,
)
from app.students.care.records import Care, CareAct, told_of_act, told_of_care
from app.ui import theme as t
from app.ui.asking import tell
from app.ui.files import choose_folder, choose_place
from app.ui.jobs import Job, run_job
from app.ui.records_dialog import Kind, open_journal, open_recycle
from app.ui.sheet import PAGE_EDGE, Sheet
from app.ui.widgets import Entry, button

if TYPE_CHECKING:
    from app.people.page import StaffPage
    from app.shell import Shell

_KINDS = (
    Kind(
        Hazard,
        "隐患",
        lambda hazard: f"{hazard.number} {hazard.place}：{hazard.what}",
        Right.EDIT_HAZARDS,
    ),
    Kind(Check, "检查", lambda check: f"{check.number} {check.title}", Right.EDIT_HAZARDS),
    Kind(Campaign, "专项行动", lambda campaign: campaign.name, Right.EDIT_HAZARDS),
    Kind(CampaignPhase, "专项行动的阶段", lambda phase: phase.name, Right.EDIT_HAZARDS),
    Kind(CampaignTask, "专项行动的任务", lambda task: task.what, Right.EDIT_HAZARDS),
    Kind(Risk, "风险点", lambda risk: f"{risk.number} {risk.name}", Right.EDIT_HAZARDS),
    Kind(Surrounding, "校园周边", lambda one: f"{one.number} {one.name}", Right.EDIT_HAZARDS),
    Kind(Place, "部位", lambda place: place.name, Right.EDIT_HAZARDS),
    Kind(HazardNotice, "整改通知书", lambda notice: notice.number, Right.EDIT_HAZARDS),
    Kind(HazardDemand, "督办", called, Right.SUPERVISE),
    Kind(DayMark, "校历里的日子", told_of_mark, Right.CALENDAR),
    Kind(SchoolHours, "作息时间", lambda one: f"{one.name}，{one.who}", Right.CALENDAR),
    Kind(ThemeDay, "主题日", lambda one: f"{one.name}，{one.days}", Right.CALENDAR),
    Kind(HolidayNotice, "放假通知", lambda one: f"{one.year}年", Right.CALENDAR),
    Kind(Drill, "演练", lambda drill: f"{drill.number} {drill.title}", Right.DRILLS),
    Kind(Meeting, "会议", lambda one: f"{one.number} {one.kind}", Right.EDIT_HAZARDS),
    Kind(Education, "教育培训", lambda one: f"{one.number} {one.kind}", Right.EDIT_STUDENTS),
    Kind(Contingency, "预案", lambda one: f"{one.number} {one.title} {one.version}", Right.DRILLS),
    Kind(Staff, "教职工", lambda staff: staff.name, Right.PEOPLE),
    Kind(Absence, "请假外出", lambda one: f"{one.kind} {one.spell.words}", Right.DUTIES),
    Kind(DutyPost, "岗位", lambda one: one.name, Right.DUTIES),
    Kind(DutySwap, "换班单", lambda one: f"{one.number} {one.kind}", Right.DUTIES),
    Kind(DutyRecord, "值班记录", lambda one: f"{one.number} {one.post}", Right.DUTY_BOOK),
    Kind(DutyPatrol, "巡逻", lambda one: one.number, Right.DUTY_BOOK),
    Kind(GateCheck, "护学岗到岗", lambda one: f"{one.number} {one.post}", Right.DUTY_BOOK),
    Kind(SafetyLog, "安全日志", lambda one: f"{one.log_on:%Y-%m-%d}", Right.DUTY_BOOK),
    Kind(ChemSubstance, "危化品", lambda one: one.called, Right.LEDGERS),
    Kind(ChemMovement, "危化品出入库", lambda one: f"{one.number} {one.kind}", Right.LEDGERS),
    Kind(ChemCount, "危化品盘点", lambda one: one.number, Right.LEDGERS),
    Kind(LedgerLine, "台账", lambda one: one.number, Right.LEDGERS),
    Kind(Student, "学生", lambda student: student.name, Right.EDIT_STUDENTS),
    Kind(DataLeak, "泄露登记", lambda leak: leak.number, Right.PRIVACY),
    Kind(PrivacyCheck, "年度自查", lambda one: f"{one.answered_on.year}年", Right.PRIVACY),
    Kind(Care, "学生关注", told_of_care, Right.EDIT_STUDENTS),
    Kind(CareAct, "帮扶记录", told_of_act, Right.EDIT_STUDENTS),
    Kind(Leave, "请假条", told_of_leave, Right.EDIT_STUDENTS),
    Kind(RollCall, "晚点名", told_of_call, Right.EDIT_STUDENTS),
    Kind(Stay, "假期留校", told_of_stay, Right.EDIT_STUDENTS),
)
_LOG = "问题报告 (*.txt)"
_STAFF_PX = (1240, 660)


class UserMenu:
    """The button that says who sits here, and what opens below it."""

    def __init__(self, shell: Shell) -> None:
        self._shell = shell
        self._desk = shell.desk
        sitter = shell.desk.store.sitter
        self.button = button(f"{sitter.word} {sitter.name}", "quiet", menu=self._entries)
        self.button.setAccessibleName(f"{sitter.word}{sitter.name}的菜单")
        for word, keys, act in (
            ("锁屏", "Ctrl+L", lambda: shell.guard.cover()),
            ("退出", "Ctrl+Q", shell.close),
        ):
            action = QAction(word, shell)
            action.setShortcut(QKeySequence(keys))
            action.triggered.connect(act)
            shell.addAction(action)

    def copy_to_stick(self) -> None:
        """Ask for the stick, copy, read back, and say whether it may be pulled out."""

        def done(copied: tuple[Path, disks.Kind]) -> None:
            self._shell.status.look()
            said, detail = said_of_copy(*copied)
            tell(self._shell, said, detail=detail)

        def copy(folder: Path) -> None:
            def work(job: Job) -> tuple[Path, disks.Kind]:
                written = self._desk.copy_to(folder, tick=job.step)
                return written, disks.disk_of(written.resolve(), disks.read_disks()).kind

            run_job(self._shell, "正在备份", work, done)

        choose_folder(self._shell, "备份到哪个U盘", copy)

    def _entries(self) -> list[Entry]:
        may = self._desk.store.sitter.may
        shell = self._shell
        entries: list[Entry] = [("换人", shell.leave), ("锁屏　Ctrl+L", shell.guard.cover)]
        entries.append(("改口令…", self._change_password))
        entries += [None, *((_size_word(n), lambda n=n: self._wear(n)) for n in t.SIZES), None]
        is_town = shell.house.town.is_town
        if not is_town:
            entries.append(("教职工名单…", self.open_staff))
        if may(Right.MANAGE):
            entries.append(("用户和身份…", self._users))
        if may(Right.MANAGE) and not is_town:
            entries.append(("学校资料…", self._school))
        entries.append(("操作记录…", self._journal))
        if may(Right.SEE_LOOKS) and not is_town:
            entries.append(("谁看过…", partial(open_privacy, shell)))
        if any(may(kind.right) for kind in _KINDS):
            entries.append(("回收站…", self._recycle))
        if may(Right.MANAGE):
            entries += [
                None,
                ("备份到U盘…", self.copy_to_stick),
                ("从备份恢复…", self._go_back),
            ]
        entries += [None, ("问题报告…", self._report_bugs), ("帮助　F1", shell.show_help)]
        entries.append(("关于校安台…", self._about))
        return [*entries, None, ("退出　Ctrl+Q", shell.close)]

    def _wear(self, size: str) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            t.apply(app, size)
            remember(self._desk.paths.memory, size=size)

    def open_staff(self) -> StaffPage:
        """Open the staff list; return its page."""
        page = post_rooms.staff(self._shell)
        holder = QVBoxLayout()
        holder.addWidget(page)
        close = button("关闭", press=lambda: sheet.accept())
        sheet = Sheet(
            self._shell,
            "教职工名单",
            holder,
            (None, close),
            width=_STAFF_PX[0],
            height=_STAFF_PX[1],
            edge=PAGE_EDGE,
        )
        self._shell.also_hears(page)
        sheet.open()
        return page

    def _journal(self) -> None:
        open_journal(self._shell, self._desk.store)

    def _recycle(self) -> None:
        house = self._shell.house
        restores = {
            Hazard: house.hazards.restore,
            RollCall: house.rolls.revive,
            DutySwap: house.duties.swaps.revive,
            Absence: house.absences.revive,
            DutyPost: house.posts.revive,
            DutyPatrol: house.patrols.revive,
            ChemCount: house.chemical_counts.restore,
            ChemMovement: house.chemical_moves.restore,
        }
        kinds = [one._replace(restore=restores.get(one.record)) for one in _KINDS]
        kinds = [
            one._replace(name=house.ledgers.called) if one.record is LedgerLine else one
            for one in kinds
        ]
        open_recycle(self._shell, self._desk.store, kinds)

    def _users(self) -> None:
        from app.ui.users_dialog import open_users

        classes = [(line.uid, line.name) for line in self._shell.house.students.classes()]
        open_users(self._shell, self._desk, classes)

    def _school(self) -> None:
        from app.hazards.grades_pane import GradePane
        from app.ui.school_dialog import open_school

        shell = self._shell
        open_school(
            shell,
            self._desk,
            lambda: shell.setWindowTitle(shell.house.title()),
            choices=GradePane(shell.house.hazards.grades, shell.house.hazards.clauses),
        )

    def _change_password(self) -> None:
        from app.ui.password_dialogs import open_password

        open_password(self._shell, self._desk)

    def _go_back(self) -> None:
        from app.ui.restore_dialog import open_restore

        open_restore(self._shell, self._desk, self._shell.restored)

    def _about(self) -> None:
        from app.ui.about_dialog import open_about

        open_about(self._shell, self._desk.paths.data)

    def _report_bugs(self) -> None:
        log = self._desk.paths.bug_log
        if not log.exists():
            tell(self._shell, "软件还没有出过问题，没有什么可以报告。")
            return
        choose_place(
            self._shell,
            "保存问题报告",
            _LOG,
            "校安台问题报告.txt",
            lambda path: put(path, log.read_bytes()),
        )


def said_of_copy(written: Path, kind: disks.Kind) -> tuple[str, str]:
    """Return what to say of a copy on this kind of disk, and what to know about it."""
    said = "备份好了，读回来核对过，一个字节不差"
    detail = f"备份文件是“{written.name}”和同名的 .keys 文件，两个要放在一起。"
    if kind is disks.Kind.REMOVABLE:
        return f"{said}，可以拔出U盘。", detail
    what = "看不出这里是不是U盘" if kind is disks.Kind.UNKNOWN else f"这里是{kind}，不是U盘"
    return f"{said}。", f"{detail}\n{what}，所以没有记成U盘副本。U盘那一份请另外拷。"


def _size_word(size: str) -> str:
    return f"字号　{size}（现用）" if size == t.size() else f"字号　{size}"
