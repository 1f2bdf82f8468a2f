"""Campaigns ready to start: one TOML file under ``forms/campaigns``, days as month-day.

Every file::

    id = "hundred_days"
    title = "学校安全治理百日行动"
    slogan = "查风险、除隐患"      # may be left out, as may basis, basis_number and issuer
    starts = "12-21"              # month-day; what comes before it lies in the year after
    ends = "03-31"                # 02-29 is the last day of February, whatever year
    [[phase]]
    name = "动员部署"
    starts = "12-21"
    ends = "12-26"
    shown_as = "12月下旬"          # how the document says it; kept only where no day is moved
    report = "自查总结"            # what is to be handed in, and the day the document names
    report_on = "12-27"
    report_counts = false         # whether that day itself is still in time
    looks_back = false            # whether what is closed is looked at again in this phase
    [[task]]
    what = "开动员会"
    department = "安全办"
    due = "12-26"
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.core.errors import UserError
from app.core.formfiles import Drawer, Fault


@dataclass(frozen=True)
class PhaseForm:
    """A phase of a template."""

    name: str
    starts: str
    ends: str
    shown_as: str = ""
    report: str = ""
    report_on: str = ""
    report_counts: bool = False
    looks_back: bool = False


@dataclass(frozen=True)
class TaskForm:
    """A task of a template."""

    what: str
    department: str = ""
    due: str = ""


@dataclass(frozen=True)
class CampaignForm:
    """A campaign ready to start."""

    id: str
    title: str
    starts: str
    ends: str
    slogan: str = ""
    basis: str = ""
    basis_number: str = ""
    issuer: str = ""
    phases: tuple[PhaseForm, ...] = ()
    tasks: tuple[TaskForm, ...] = ()

    def next_start(self, today: date) -> date:
        """Return the first day of the round that runs today, or else of the next one."""
        for year in (today.year - 1, today.year, today.year + 1):
            start = _day(self.starts, year)
            if self.day(self.ends, start) >= today:
                return start
        return _day(self.starts, today.year + 1)

    def day(self, month_day: str, start: date) -> date:
        """Return the day this becomes where the campaign begins on ``start``."""
        usual = _day(self.starts, start.year)
        written = _day(month_day, start.year)
        if written < usual:
            written = _day(month_day, start.year + 1)
        return written + (start - usual)

    def is_moved(self, start: date) -> bool:
        """Say whether it begins on another day than the file says."""
        return start != _day(self.starts, start.year)


def load_campaign_forms(*folders: Path) -> tuple[dict[str, CampaignForm], list[UserError]]:
    """Read every template in these folders, the later ones winning; name those broken."""
    return _DRAWER.load_all(*folders)


def _day(month_day: str, year: int) -> date:
    month, day = map(int, month_day.split("-"))
    return date(year, month, min(day, monthrange(year, month)[1]))


def _check(form: CampaignForm) -> CampaignForm:
    days = [("starts", form.starts), ("ends", form.ends)]
    for phase in form.phases:
        days += [(key, getattr(phase, key)) for key in ("starts", "ends", "report_on")]
    days += [("due", task.due) for task in form.tasks]
    for key, text in days:
        if text and not _is_day(text):
            raise Fault(f"{key}写了“{text}”，要写成“月-日”，如 09-10")
    return form


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"\d{2}-\d{2}", text, re.ASCII):
        return False
    month, day = map(int, text.split("-"))
    return 1 <= month <= 12 and 1 <= day <= monthrange(2024, month)[1]


_DRAWER = Drawer(
    CampaignForm,
    _check,
    name="专项行动模板",
    others="其他模板和已有的专项行动",
    folder="表格文件夹",
    parts={"phases": ("phase", "个phase"), "tasks": ("task", "个task")},
)
