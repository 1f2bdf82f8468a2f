"""Opening a zip that may have been damaged, edited or made to do harm; nothing reaches a disk."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from hashlib import sha256

from app.handover.faults import Fault
from app.handover.parts import ENDINGS, MANIFEST, README, SIGNATURE, WORKBOOK

MOST_BYTES = 200_000_000  # of the file
MOST_MEMBERS = 5_000
MOST_UNPACKED = 256_000_000
MOST_OF_ONE = 128_000_000
MOST_OF_TABLE = 32_000_000
MOST_OF_MANIFEST = 4_000_000
MOST_RATIO = 200  # unpacked to packed
_UNSUSPECTED = 1_000_000  # unpacked bytes below which no ratio is odd
_CHUNK = 1 << 16
_END = struct.Struct("<4s4H2LH")  # the record that ends a zip without a comment
_MOST_OF_LIST = 200 * MOST_MEMBERS  # bytes of the list of members, which zipfile reads whole
_LARGE = b"PK\x06\x07"  # before the end of a zip too large for us
_NAME = re.compile(
    rf"data/[a-z][a-z0-9_]{{0,40}}\.csv|attachments/[0-9a-f]{{64}}\.(?:{'|'.join(ENDINGS)})",
    re.ASCII,
)
_FIXED = (MANIFEST, SIGNATURE, README, WORKBOOK)
_BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError,
    RuntimeError, OverflowError, MemoryError,
)  # fmt: skip


class Archive:
    """The members of one data file, none read before it is asked for."""

    def __init__(self, data: bytes) -> None:
        _refuse_strange_bytes(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN:
            raise _broken() from None
        if not infos or min(info.header_offset for info in infos) != 0:
            raise _broken()  # a zip within a file is not the file
        _refuse_strange_members(infos)
        self._infos = {info.filename: info for info in infos}

    def __contains__(self, name: str) -> bool:
        return name in self._infos

    def names(self) -> set[str]:
        """Return the names of all members."""
        return set(self._infos)

    def size(self, name: str) -> int:
        """Return how many bytes a member says it has."""
        return self._infos[name].file_size

    def read(self, name: str) -> bytes:
        """Return the bytes of a member.

        Raises:
            Fault: it is damaged, or larger or smaller than it said.

        """
        return b"".join(self._chunks(name))

    def hash(self, name: str) -> str:
        """Return the SHA-256 of a member without holding all of it."""
        made = sha256()
        for chunk in self._chunks(name):
            made.update(chunk)
        return made.hexdigest()

    def _chunks(self, name: str) -> Iterator[bytes]:
        info, got = self._infos[name], 0
        try:
            with self._zip.open(info) as file:
                while chunk := file.read(_CHUNK):
                    got += len(chunk)
                    if got > info.file_size:  # what the header says is not believed
                        break
                    yield chunk
        except _BROKEN:
            raise _broken() from None
        if got != info.file_size:
            raise Fault("LIES", "文件展开后的大小对不上，可能被人改过。")


def _broken() -> Fault:
    return Fault("ZIP", "文件已经损坏，可能拷贝没有完成，或者U盘拔得太早。请重新拷贝一次。")


def _too_many() -> Fault:
    return Fault("MEMBERS", "文件里装的东西太多，不是校安台生成的数据文件。")


def _refuse_strange_bytes(data: bytes) -> None:
    if not data:
        raise Fault("EMPTY", "文件是空的，可能拷贝没有完成。请重新拷贝一次。")
    if len(data) > MOST_BYTES:
        raise Fault("TOOBIG", "文件太大，不是校安台生成的数据文件。")
    if data.startswith(b"age-encryption.org/"):
        raise Fault("SEALED", "这份文件是密封给镇里的，只有镇里的校安台能打开。")
    if not data.startswith(b"PK\x03\x04"):
        raise Fault("MAGIC", "文件已经损坏，或者不是校安台生成的数据文件。请重新拷贝一次。")
    if len(data) < _END.size or not data[-_END.size :].startswith(b"PK\x05\x06"):
        raise _broken()
    _, _, _, _, members, listed, _, _ = _END.unpack(data[-_END.size :])
    if members > MOST_MEMBERS or listed > _MOST_OF_LIST or data[-42:].startswith(_LARGE):
        raise _too_many()


def _refuse_strange_members(infos: list[zipfile.ZipInfo]) -> None:
    if len(infos) > MOST_MEMBERS:
        raise _too_many()
    if len({info.filename.casefold() for info in infos}) < len(infos):
        raise Fault("DUPMEMBER", "文件里有两份同名的内容，可能被人改过。")
    for info in infos:
        _refuse_strange(info)
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise Fault("BOMB", "文件展开后大得不正常，没有打开它。")


def _refuse_strange(info: zipfile.ZipInfo) -> None:
    name = info.filename
    if name != info.orig_filename or not (name in _FIXED or _NAME.fullmatch(name)):
        raise Fault("NAME", "文件里有不该有的内容，可能被人改过。")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise Fault("SYMLINK", "文件里有指向别处的链接，可能被人改过。")
    if info.flag_bits & 1:
        raise Fault("ZIPCRYPT", "文件被人用压缩软件加过密码，没有打开它。")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise Fault("METHOD", "文件的压缩方式不对，可能被人改过。")
    is_odd = info.file_size > max(_UNSUSPECTED, MOST_RATIO * info.compress_size)
    if is_odd or info.file_size > _most_of(name):
        raise Fault("BOMB", "文件展开后大得不正常，没有打开它。")


def _most_of(name: str) -> int:
    if name in (MANIFEST, SIGNATURE):
        return MOST_OF_MANIFEST
    return MOST_OF_TABLE if name.startswith("data/") else MOST_OF_ONE
