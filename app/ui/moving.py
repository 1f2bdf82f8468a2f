"""The first window of a program on a stick: it offers to bring itself to the fixed disk."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core import moving
from app.core.errors import UserError
from app.core.moving import Offer
from app.core.version import version
from app.ui import theme as t
from app.ui.entry import Fault, Fixed, try_job, wide
from app.ui.jobs import Job
from app.ui.widgets import button, card, hbox, icon_label, label, rule


class MoveWindow(QWidget):
    """Asks before anything else opens.

    ``moved`` brings the folder on the fixed disk that the program is to be started from;
    ``stayed`` says that it goes on from the stick.
    """

    moved = Signal(object)
    stayed = Signal()

    def __init__(self, offer: Offer) -> None:
        super().__init__()
        self.setWindowTitle("校安台在U盘上")
        self._offer = offer
        self._fault = Fault()
        if offer.brings_anything:
            self._go = wide(button(_word_of(offer), "primary", press=self._carry))
        else:
            self._go = wide(
                button(
                    "打开本机硬盘上的校安台", "primary", press=lambda: self.moved.emit(offer.target)
                )
            )
        self._stay = wide(button("这一次就从U盘打开", press=self.stayed.emit))
        holder = card(
            None,
            hbox(icon_label("usb", t.ACCENT), (label("校安台正从U盘上打开", "h1"), 1)),
            t.S,
            label(_why(offer), wrap=True),
            label(f"本机硬盘上的位置：{offer.target}", "note", wrap=True),
            t.M,
            self._fault,
            self._go,
            self._stay,
            None,
            rule(),
            hbox(
                icon_label("lock"),
                (
                    label(
                        "学校的资料不放在U盘上用：一拔下，正在写的记录就会坏。", "note", wrap=True
                    ),
                    1,
                ),
            ),
            gap=t.S,
            edge=t.XL,
        )
        self.setLayout(hbox(None, Fixed(holder, least_px=460, width_em=32), None, edge=t.XL))
        self._go.setFocus()

    def _carry(self) -> None:
        self._set_busy(True)
        try_job(self, "正在复制到本机硬盘", self._work, self.moved.emit, self._failed)

    def _work(self, job: Job) -> Path:
        return moving.carry(self._offer, job.step)

    def _failed(self, error: UserError) -> None:
        self._set_busy(False)
        self._fault.say(error)

    def _set_busy(self, busy: bool) -> None:
        self._go.setEnabled(not busy)
        self._stay.setEnabled(not busy)


def _word_of(offer: Offer) -> str:
    if not offer.brings_program:
        return "把资料复制到本机硬盘，再打开"
    return "更新本机硬盘上的校安台，再打开" if offer.there else "复制到本机硬盘，再打开"


def _why(offer: Offer) -> str:
    """Say what would be done, and what becomes of the data."""
    if not offer.brings_program:
        said = f"本机硬盘上已经有校安台（{offer.there}），比U盘上的快，也不怕U盘拔掉。"
    elif offer.there:
        said = (
            f"本机硬盘上的校安台是{offer.there}，U盘上的是{version()}。更新时原来的资料原样留着。"
        )
    else:
        said = "复制到本机硬盘以后打开更快，也不怕U盘拔掉。每个文件复制后都读回来核对。"
    if offer.school is not None:
        said += "U盘上学校的资料一起复制过去，U盘上的那份留着，以后以本机硬盘上的为准。"
    return said
