"""An .xlsx as an archive: what is inside, and whether it is safe to unpack."""

from __future__ import annotations

import io
import zipfile
import zlib

from app.core.sheets.book import Limits
from app.core.sheets.kinds import COPY_AGAIN, SAVE_AS
from app.core.unreadable import UnreadableError

_DAMAGED = "文件坏了，里面有一块对不上。"
_MOST_PARTS = 10_000
_BIG = 20 << 20


class Package(zipfile.ZipFile):
    """The parts of an .xlsx, found whatever the case of their names.

    Sizes are looked at before anything is unpacked, then the sum of every part is checked.

    Raises:
        UnreadableError: it is cut off, has a password, is no spreadsheet or unpacks to too much.

    """

    def __init__(self, data: bytes, limits: Limits) -> None:
        try:
            super().__init__(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OverflowError, NotImplementedError) as error:
            raise UnreadableError("文件不完整，可能拷贝没有完成。", COPY_AGAIN) from error
        self._parts = {_plain(info.filename): info for info in self.infolist()}
        self._refuse_bombs(limits)
        self._refuse_others()
        self._refuse_damage()

    def __contains__(self, name: str) -> bool:
        return _plain(name) in self._parts

    def getinfo(self, name: str) -> zipfile.ZipInfo:
        """Return what the archive says of a part, for ``open`` to find it; KeyError if none."""
        return self._parts[_plain(name)]

    def drop(self, *names: str) -> None:
        """Let these parts be as if they were not there."""
        for name in names:
            self._parts.pop(_plain(name), None)

    def _refuse_bombs(self, limits: Limits) -> None:
        infos = self.infolist()
        if any(info.flag_bits & 1 for info in infos):
            raise UnreadableError(
                "这个文件设了密码，校安台读不了。", "请取消密码，另存为“.xlsx”格式，再导入。"
            )
        unpacked = sum(info.file_size for info in infos)
        swollen = any(
            info.file_size > max(_BIG, limits.ratio * info.compress_size) for info in infos
        )
        if unpacked > limits.unpacked_mb << 20 or swollen or len(infos) > _MOST_PARTS:
            raise UnreadableError(
                "这个表格展开以后大得不正常，没有读。",
                "请把要用的内容复制到一个新表格里，另存为“.xlsx”格式，再导入。",
            )

    def _refuse_damage(self) -> None:
        """Check the sum of every part, those with pictures too: a file damaged here is damaged."""
        try:
            broken = self.testzip()
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise UnreadableError(_DAMAGED, COPY_AGAIN) from error
        if broken:
            raise UnreadableError(_DAMAGED, COPY_AGAIN)

    def _refuse_others(self) -> None:
        if "xl/workbook.bin" in self:
            raise UnreadableError("这是“.xlsb”格式的表格，校安台读不了。", SAVE_AS)
        if "word/document.xml" in self:
            raise UnreadableError(
                "这是一个Word文档，不是电子表格。", "请把表格粘贴到WPS表格里，再导入。"
            )
        if "ppt/presentation.xml" in self:
            raise UnreadableError(
                "这是一个演示文稿，不是电子表格。", "请选择.xlsx、.xls或.csv格式的表格。"
            )
        if "content.xml" in self:
            raise UnreadableError("这是“.ods”格式的文件，校安台读不了。", SAVE_AS)
        if "[content_types].xml" not in self and not any(n.startswith("xl/") for n in self._parts):
            raise UnreadableError("这是一个压缩包，不是电子表格。", "请先解压，再选择里面的表格。")


def _plain(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
