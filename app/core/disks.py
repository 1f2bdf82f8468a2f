"""What kind of disk a folder lies on: where the data may live, and where a copy can be taken."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from app.core.errors import UserError

LOW_BYTES = 500 * 1024**2
_ROOM_BYTES = 2 * 1024**3
_NETWORK = {
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "ceph", "glusterfs", "lustre", "davfs",
    "fuse.sshfs", "fuse.gvfsd-fuse", "fuse.rclone", "fuse.davfs2", "fuse.s3fs",
}  # fmt: skip
_OPTICAL = {"iso9660", "udf"}
# How the folders begin that a program of another maker copies to the internet as they change.
_SYNCED = (
    "onedrive", "坚果云", "我的坚果云", "nutstore", "wps云盘", "wpsdrive", "百度网盘",
    "百度云同步盘", "baidunetdisk", "阿里云盘", "微云同步", "dropbox", "icloud", "google drive",
)  # fmt: skip
# Mounted below these is the system's own, or what is only there until the next restart.
_SYSTEM = (
    "boot", "dev", "etc", "lib", "media", "opt", "proc", "root", "run", "snap", "sys", "tmp", "usr",
    "var",
)  # fmt: skip
_REMOVABLE_DRIVE, _FIXED_DRIVE, _REMOTE_DRIVE, _OPTICAL_DRIVE = 2, 3, 4, 5  # GetDriveTypeW
_BUS_USB, _BUS_SD = 7, 12  # STORAGE_BUS_TYPE


class Kind(StrEnum):
    """What a folder lies on."""

    FIXED = "本机硬盘"
    REMOVABLE = "U盘或移动硬盘"
    NETWORK = "网络文件夹"
    UNKNOWN = "看不出种类的磁盘"


@dataclass(frozen=True)
class Disk:
    """A mounted file system or a drive letter; ``is_system`` is what a reinstall wipes."""

    root: PurePath
    kind: Kind
    is_system: bool = False


@dataclass(frozen=True)
class Place:
    """A folder somebody may choose, and what is free there."""

    folder: Path
    kind: Kind
    is_system: bool
    free_bytes: int


def linux_disks(mounts: str, sys_root: Path) -> list[Disk]:
    """Read the text of /proc/mounts, asking sysfs below ``sys_root`` about the devices."""
    found: dict[PurePosixPath, Disk] = {}
    for line in mounts.splitlines():
        if len(parts := line.split(" ")) < 3:
            continue
        device, mount, kind = map(_unescape, parts[:3])
        root = PurePosixPath(mount)
        found[root] = Disk(
            root,
            _linux_kind(device, kind, sys_root),
            is_system=root.parts[1:2] == () or root.parts[1] in _SYSTEM,
        )
    return list(found.values())


def windows_disks(drives: Iterable[tuple[str, int, int]], system_drive: str) -> list[Disk]:
    """Judge drives given as (``D:``, what GetDriveTypeW says, the bus, 0 if it cannot be told)."""
    return [
        Disk(
            PureWindowsPath(f"{letter}\\"),
            _windows_kind(drive_type, bus),
            is_system=letter.casefold() == system_drive.casefold(),
        )
        for letter, drive_type, bus in drives
    ]


def disk_of(folder: PurePath, disks: Sequence[Disk]) -> Disk:
    """Return the disk a folder lies on, or will lie on once it is made."""
    if isinstance(folder, PureWindowsPath) and _is_share(folder):
        return Disk(PureWindowsPath(folder.anchor), Kind.NETWORK)
    kind = _pure(folder)
    here = kind(folder)
    holding = [d for d in disks if _pure(d.root) is kind and here.is_relative_to(d.root)]
    if not holding:
        return Disk(kind(folder.anchor), Kind.UNKNOWN)
    return max(holding, key=lambda disk: len(disk.root.parts))


def refuse_unsafe(folder: PurePath, disks: Sequence[Disk]) -> None:
    """Go on only if the live data may lie in this folder.

    A kind of disk that cannot be told is accepted: better to work than to guess.

    Raises:
        UserError: it is a stick, a card, a portable disk, a disc, or a network folder.

    """
    kind = disk_of(folder, disks).kind
    reason = {
        Kind.REMOVABLE: "它一拔下或者松动，正在写的记录就会坏",
        Kind.NETWORK: "网络一断，正在写的记录就会坏",
    }.get(kind)
    if reason:
        raise UserError(
            f"数据不能放在这里：这是{kind}，{reason}。",
            safe="什么都没有改动。",
            do="请选本机硬盘上的文件夹；U盘留着做备份。",
        )


def refuse_synced(folder: PurePath) -> None:
    """Go on only if nothing copies what lies in this folder to the internet.

    Asked where a school is founded; one that lies there already goes on opening.

    Raises:
        UserError: the folder belongs to a net disk.

    """
    synced = [part for part in folder.parts if part.casefold().startswith(_SYNCED)]
    if synced:
        raise UserError(
            f"数据不能放在这里：“{synced[0]}”会把里面的文件传到网上，正在写的记录也会被它弄坏。",
            safe="什么都没有改动。",
            do="请选本机硬盘上别的文件夹。",
        )


def data_places(disks: Sequence[Disk], *, own: Path, name: str) -> list[Place]:
    """Return where the data could lie, the best first.

    Fixed disks that are not the system's come first, the roomiest leading: the system disk is
    what gets wiped when a PC is set up anew. ``own``, the user's own folder, is always there.
    """
    places = [
        _place(Path(disk.root) / name, disk)
        for disk in disks
        if disk.kind is Kind.FIXED and not disk.is_system and os.access(disk.root, os.W_OK)
    ]
    roomy = [place for place in places if place.free_bytes >= _ROOM_BYTES]
    mine = _place(own, disk_of(own, disks))
    return [*sorted(roomy, key=lambda place: -place.free_bytes), mine]


def free_bytes(folder: Path) -> int:
    """Return what is free where a folder lies or will lie; 0 if the disk is not there."""
    there = next((path for path in (folder, *folder.parents) if path.is_dir()), None)
    try:
        return shutil.disk_usage(there).free if there else 0
    except OSError:
        return 0


def space_warning(free: int) -> str:
    """Return a sentence if less than 500 MB are free, else nothing."""
    if free >= LOW_BYTES:
        return ""
    return f"磁盘快满了：只剩{free // 1024**2}MB。请删掉些不用的文件，免得记录存不上。"


def read_disks() -> list[Disk]:
    """Return the disks of this PC; none where the system does not tell, so that all is unknown."""
    if sys.platform == "win32":
        return windows_disks(_read_drives(), os.environ.get("SYSTEMDRIVE", "C:"))
    try:
        return linux_disks(Path("/proc/mounts").read_text(errors="surrogateescape"), Path("/sys"))
    except OSError:
        return []


def _linux_kind(device: str, kind: str, sys_root: Path) -> Kind:
    if kind in _NETWORK:
        return Kind.NETWORK
    if kind in _OPTICAL:
        return Kind.REMOVABLE
    if device.startswith("/dev/"):
        return _block_kind(_block(device.removeprefix("/dev/"), sys_root / "class" / "block"))
    return Kind.UNKNOWN


def _block(name: str, blocks: Path) -> Path:
    """Return where sysfs describes a device; a mapped one is known there by another name."""
    if name.startswith("mapper/"):
        for mapped in blocks.glob("dm-*/dm/name"):
            if _first_line(mapped) == name.removeprefix("mapper/"):
                return mapped.parents[1].resolve()
    return (blocks / name).resolve()


def _block_kind(block: Path) -> Kind:
    if (block / "partition").exists():
        block = block.parent
    if not block.is_dir() or (block / "loop").is_dir():
        return Kind.UNKNOWN
    slaves = block / "slaves"
    if below := list(slaves.iterdir()) if slaves.is_dir() else []:
        kinds = {_block_kind(slave.resolve()) for slave in below}
        return Kind.REMOVABLE if Kind.REMOVABLE in kinds else kinds.pop()
    on_usb = any(re.fullmatch(r"usb\d+", part) for part in block.parts)
    is_card = _first_line(block / "device" / "type") == "SD"
    return (
        Kind.REMOVABLE
        if on_usb or is_card or _first_line(block / "removable") == "1"
        else Kind.FIXED
    )


def _first_line(path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _unescape(field: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), field)


def _windows_kind(drive_type: int, bus: int) -> Kind:
    if drive_type in (_REMOVABLE_DRIVE, _OPTICAL_DRIVE) or bus in (_BUS_USB, _BUS_SD):
        return Kind.REMOVABLE
    return {_FIXED_DRIVE: Kind.FIXED, _REMOTE_DRIVE: Kind.NETWORK}.get(drive_type, Kind.UNKNOWN)


def _is_share(folder: PureWindowsPath) -> bool:
    start = str(folder).casefold()
    return start.startswith("\\\\") and not start.startswith(("\\\\?\\", "\\\\.\\"))


def _pure(folder: PurePath) -> type[PurePath]:
    return PureWindowsPath if isinstance(folder, PureWindowsPath) else PurePosixPath


def _place(folder: Path, disk: Disk) -> Place:
    return Place(folder, disk.kind, disk.is_system, free_bytes(folder))


if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes

    _QUERY_PROPERTY = 0x2D1400  # IOCTL_STORAGE_QUERY_PROPERTY
    _SHARE_ALL, _OPEN_EXISTING = 0x3, 3
    _BUS_AT = 28  # where STORAGE_DEVICE_DESCRIPTOR holds the bus

    def _read_drives() -> list[tuple[str, int, int]]:
        kernel = ctypes.windll.kernel32
        there = kernel.GetLogicalDrives()
        letters = [f"{chr(65 + n)}:" for n in range(26) if there >> n & 1]
        kinds = [(letter, kernel.GetDriveTypeW(f"{letter}\\")) for letter in letters]
        # Others say themselves what they are, and one that is not there would let us wait.
        return [(at, kind, _bus_of(at) if kind == _FIXED_DRIVE else 0) for at, kind in kinds]

    def _bus_of(letter: str) -> int:
        """Return the bus a drive is on (a portable disk calls itself fixed), 0 if not told."""
        kernel = ctypes.windll.kernel32
        kernel.CreateFileW.restype = wintypes.HANDLE
        name = f"\\\\.\\{letter}"
        handle = kernel.CreateFileW(name, 0, _SHARE_ALL, None, _OPEN_EXISTING, 0, None)
        if handle in (None, wintypes.HANDLE(-1).value):
            return 0
        answer, told = ctypes.create_string_buffer(1024), wintypes.DWORD()
        try:
            done = kernel.DeviceIoControl(
                wintypes.HANDLE(handle),
                _QUERY_PROPERTY,
                bytes(12),
                12,
                answer,
                len(answer),
                ctypes.byref(told),
                None,
            )
        finally:
            kernel.CloseHandle(wintypes.HANDLE(handle))
        if not done or told.value < _BUS_AT + 4:
            return 0
        return int.from_bytes(answer.raw[_BUS_AT : _BUS_AT + 4], "little")
