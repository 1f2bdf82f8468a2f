"""The page of the first start on which one says where the data lies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QButtonGroup, QRadioButton

from app.core.disks import (
    Disk,
    Kind,
    Place,
    data_places,
    disk_of,
    free_bytes,
    refuse_synced,
    refuse_unsafe,
    space_warning,
)
from app.core.errors import UserError
from app.core.founding import refuse_filled
from app.core.paths import DATA_FOLDER, Paths, own_folder
from app.ui import theme as t
from app.ui.entry import Choice, Fault
from app.ui.files import choose_folder
from app.ui.widgets import Pill, button, hbox, label, vbox
from app.ui.wizard_pages import Page


class PlacePage(Page):
    """Where the data lies."""

    step, title = "位置", "资料放在哪里"
    note = "选一块不会被重装系统清掉的硬盘。资料是加了密的，别人打开文件夹也看不了。"

    def __init__(self, disks: Sequence[Disk], beside: Path) -> None:
        """``beside`` is offered first where it is there: the portable folder brings it along."""
        super().__init__()
        self._disks, self._beside = disks, beside
        self._group = QButtonGroup(self)
        self._places: dict[QRadioButton, Path] = {}
        self._cards = vbox(gap=t.S)
        self._fault = Fault()
        for number, place in enumerate(self._offered()):
            self._offer(place, best=number == 0)
        other = button("别的文件夹…", press=self._ask)
        holder = vbox(self._cards, hbox(other, None), self._fault, None, gap=t.M)
        self._scroll(holder)

    def folder(self) -> Path:
        """Return the folder chosen."""
        chosen = self._group.checkedButton()
        assert isinstance(chosen, QRadioButton)
        return self._places[chosen]

    def is_done(self) -> bool:
        return self._is_fit(self.folder())

    def take(self, folder: Path) -> None:
        """Offer a folder the user looked for, and choose it, if data may lie there."""
        holder = folder if folder.name == DATA_FOLDER else folder / DATA_FOLDER
        if self._is_fit(holder):
            disk = disk_of(holder.resolve(), self._disks)
            place = Place(holder, disk.kind, disk.is_system, free_bytes(holder))
            self._offer(place, best=True)

    def _offered(self) -> list[Place]:
        places = data_places(self._disks, own=own_folder(), name=DATA_FOLDER)
        disk = disk_of(self._beside.resolve(), self._disks)
        if self._beside.is_dir() and disk.kind in (Kind.FIXED, Kind.UNKNOWN):
            free = free_bytes(self._beside)
            mine = Place(self._beside, disk.kind, disk.is_system, free)
            places = [mine, *(place for place in places if place.folder != self._beside)]
        return places

    def _ask(self) -> None:
        choose_folder(self, "资料放在哪个文件夹里", self.take)

    def _is_fit(self, folder: Path) -> bool:
        try:
            refuse_unsafe(folder.resolve(), self._disks)
            refuse_synced(folder.resolve())
            refuse_filled(Paths(folder, folder))
        except UserError as error:
            self._fault.say(error)
            return False
        self._fault.say("")
        return True

    def _offer(self, place: Place, *, best: bool) -> None:
        note = _breakable(place.folder)
        if place.is_system:
            note += "\n在系统盘上：重装系统会清掉这里，要勤备份到U盘。"
        if warning := space_warning(place.free_bytes):
            note += f"\n{warning}"
        beside = [label(f"空余 {_size(place.free_bytes)}", "note")]
        marks = [Pill("推荐", "done", "done")] if best and not place.is_system else []
        is_beside = place.folder == self._beside != own_folder()
        name = "程序旁边的文件夹" if is_beside else _place_name(place)
        made = Choice(name, note, self._group, *marks, *beside)
        self._places[made.radio] = place.folder
        self._cards.addWidget(made)
        if best:
            made.radio.setChecked(True)


def _place_name(place: Place) -> str:
    """Return a short name: the drive, or the folder it is in."""
    if place.folder == own_folder():
        return "我的用户文件夹"
    above = place.folder.parent
    drive = f"{above.drive.rstrip(':')} 盘" if above.drive else "硬盘"
    return f"{drive}　{above.name}".rstrip("　")


def _breakable(folder: Path) -> str:
    """Return a path that may be broken after each folder."""
    return re.sub(r"([/\\\\])", "\\1\u200b", str(folder))


def _size(free: int) -> str:
    return f"{free / 1024**3:.0f} GB" if free >= 1024**3 else f"{free // 1024**2} MB"
