"""What a report says before anybody changes a word: one TOML file under ``forms/reports``.

A file says::

    id = "weekly"               # weekly, disputes, selfcheck or yearly
    title = "安全稳定工作周报"
    to = "中心学校"              # for whom, unless the school says otherwise
    figures = ["hazards"]       # numbers shown beside it, besides those its texts name
    [[part]]
    key = "work"                # its place on the paper report_weekly
    label = "本周工作"           # what it is called on the screen
    text = "新增隐患{hazards}。"  # {key} is a number with its unit, or 未登记
    zero = "本周平安，零报告。"    # what stands there in a report of nothing; left out: the text

There are no expressions and no conditions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from app.core.errors import UserError
from app.core.formfiles import Drawer, Fault, doubled
from app.handover.reports.words import Kind

_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True)
class PartForm:
    """One paragraph of a report."""

    key: str
    label: str
    text: str
    zero: str = ""

    def words(self, *, is_zero: bool) -> str:
        """Return what stands there before anybody changes it, its numbers still open."""
        return self.zero if is_zero and self.zero else self.text


@dataclass(frozen=True)
class ReportForm:
    """The paragraphs of one kind of report, in their order."""

    id: str
    title: str
    parts: tuple[PartForm, ...]
    to: str = ""
    figures: tuple[str, ...] = ()

    def part(self, key: str) -> PartForm:
        """Return one paragraph.

        Raises:
            KeyError: there is none of that key.

        """
        return {part.key: part for part in self.parts}[key]

    def keys(self, *, is_zero: bool = False) -> list[str]:
        """Return the numbers and words its texts name, and those shown beside it."""
        texts = " ".join(part.words(is_zero=is_zero) for part in self.parts)
        return list(dict.fromkeys((*slots(texts), *self.figures)))


def slots(text: str) -> list[str]:
    """Return the keys a text leaves open, each once."""
    return list(dict.fromkeys(_SLOT.findall(text)))


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return a text with its open places filled in; a key nobody knows stays as it is written."""
    return _SLOT.sub(lambda slot: values.get(slot[1], slot[0]), text)


def load_report_forms(*folders: Path) -> tuple[dict[str, ReportForm], list[UserError]]:
    """Read every report form in these folders, the later ones winning; name those broken."""
    return _DRAWER.load_all(*folders)


def _check(form: ReportForm) -> ReportForm:
    if form.id not in list(Kind):
        raise Fault(f"id写了“{form.id}”，能用的是：{'、'.join(Kind)}")
    if twice := doubled([part.key for part in form.parts]):
        raise Fault(f"有两个part的key都是“{twice}”")
    return form


_DRAWER = Drawer(
    ReportForm,
    _check,
    name="报告格式文件",
    others="其他报告和已有记录",
    folder="表格文件夹",
    parts={"parts": ("part", "个part")},
)
