"""The program on a stick: brought to the fixed disk, compared file by file, and started there."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import platformdirs

from app.core.disks import Disk, Kind, data_places, disk_of, free_bytes
from app.core.errors import UserError
from app.core.files import move, sync
from app.core.native import own_environment
from app.core.paths import DATA_FOLDER, data_beside, holds_school, own_folder
from app.core.store.lock import DataLock
from app.core.version import version

_NAMES = ("校安台", "校安台程序")
_INSIDE = "_internal"
_OURS = {DATA_FOLDER, _INSIDE}  # what may lie in the place already: data, or a broken older copy
_BLOCK = 2**20
_SAFE = "U盘上的程序和资料都没有动，电脑上原来的资料也没有动。"
Step = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Offer:
    """A program on a stick, and the place on the fixed disk it can be brought to.

    ``there`` is the version that lies there already, or nothing. ``school`` is the data that would
    come along: there is some beside the program on the stick, and none yet on the fixed disk.
    """

    source: Path
    target: Path
    there: str
    school: Path | None

    @property
    def brings_program(self) -> bool:
        """Say whether the program on the stick is the newer one, or the only one."""
        return not self.there or _number(version()) > _number(self.there)

    @property
    def brings_anything(self) -> bool:
        """Say whether the stick holds something the fixed disk does not have yet."""
        return self.brings_program or self.school is not None


def look(source: Path | None, disks: Sequence[Disk], memory: Path) -> Offer | None:
    """Return what to offer a program that runs from ``source``; None where it is well placed."""
    if source is None or disk_of(source.resolve(), disks).kind is not Kind.REMOVABLE:
        return None
    target, there = _place(disks)
    beside = source / DATA_FOLDER
    seen = data_beside(target, memory)
    has_data = holds_school(seen) and seen != beside
    return Offer(source, target, there, beside if holds_school(beside) and not has_data else None)


def carry(offer: Offer, step: Step) -> Path:
    """Copy the program, and the school if one comes along; return the folder it lies in now.

    What lay there of an older version is replaced only once the copy has been read back; a
    school there is never touched.

    Raises:
        UserError: there is no room, a file did not arrive whole, or the program there is open.

    """
    files = [*_files(offer.source, without=DATA_FOLDER)] if offer.brings_program else []
    data = [*_files(offer.school)] if offer.school else []
    total = len(files) + len(data)
    _demand_room(offer.target, [*files, *data])
    with _in_words():
        if files:
            half = _beside(offer.target)
            _copy_all(files, offer.source, half, lambda n: step(n, total, "程序"))
            _move_in(half, offer.target)
        if offer.school is not None:
            _carry_school(offer, data, lambda n: step(len(files) + n, total, "学校的资料"))
    return offer.target


def _carry_school(offer: Offer, files: Sequence[Path], told: Callable[[int], None]) -> None:
    """Copy the data while nobody else has it open."""
    assert offer.school is not None
    lock = DataLock(offer.school / "xiaoan.lock", holder="复制到本机硬盘")
    try:
        place = offer.target / DATA_FOLDER
        half = _beside(place)
        _copy_all(files, offer.school, half, told)
        if place.is_dir():
            place.rmdir()  # an empty one: a school there would not be touched
        move(half, place)
    finally:
        lock.release()


def start(folder: Path, program: str) -> None:
    """Start the program of a folder, apart from this one.

    Raises:
        UserError: it cannot be started.

    """
    try:
        subprocess.Popen([folder / program], cwd=folder, env=own_environment())
    except OSError as error:
        raise UserError(
            f"“{folder}”里的校安台没有打开。",
            safe="已经复制好的都在那里。",
            do=f"请打开这个文件夹，双击里面的“{program}”。",
        ) from error


def _place(disks: Sequence[Disk]) -> tuple[Path, str]:
    """Return the folder to bring the program to, and the version that lies there already."""
    installed = platformdirs.user_data_path("Programs", appauthor=False) / _NAMES[0]
    free: list[Path] = []
    for name in _NAMES:
        own = own_folder().with_name(name)
        places = [place.folder for place in data_places(disks, own=own, name=name)]
        for folder in (installed, *places):
            if found := _version_in(folder):
                return folder, found
        free += [folder for folder in places if _is_free(folder)]
    return free[0], ""


def _is_free(folder: Path) -> bool:
    return not folder.exists() or (folder.is_dir() and {p.name for p in folder.iterdir()} <= _OURS)


def _version_in(folder: Path) -> str:
    try:
        return (folder / _INSIDE / "VERSION").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _number(words: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", words)))


def _files(folder: Path, without: str = "") -> Iterator[Path]:
    """Return the files below a folder; links count as files, locks do not come along."""
    for above, folders, names in os.walk(folder):
        here = Path(above)
        folders[:] = [n for n in folders if not (n == without and here == folder)]
        yield from (here / n for n in folders if (here / n).is_symlink())
        yield from (here / n for n in names if n != "xiaoan.lock")


def _demand_room(target: Path, files: Sequence[Path]) -> None:
    need = sum(file.lstat().st_size for file in files) * 11 // 10
    if (free := free_bytes(target)) < need:
        raise UserError(
            f"本机硬盘放不下：要{need // 1024**2 + 1}MB，只剩{free // 1024**2}MB。",
            safe=_SAFE,
            do="请删掉些不用的文件、清空回收站，再试一次。",
        )


def _beside(target: Path) -> Path:
    """Return an empty place beside the target, on the same disk."""
    half = target.with_name(f"{target.name}.part")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    return half


def _copy_all(files: Sequence[Path], source: Path, half: Path, told: Callable[[int], None]) -> None:
    """Copy the files into ``half``, reading each back; nothing stays there if that fails."""
    try:
        for done, file in enumerate(files, start=1):
            target = half / file.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            if file.is_symlink():
                target.symlink_to(file.readlink())
            elif _copy(file, target) != _sum(target):
                raise UserError(
                    f"“{file.name}”复制过来和U盘上的不一样。",
                    safe=_SAFE,
                    do="请再试一次；还是这样，就换一只U盘，或者换一块硬盘。",
                )
            told(done)
    except BaseException:
        shutil.rmtree(half, ignore_errors=True)
        raise


def _copy(file: Path, target: Path) -> bytes:
    found = sha256()
    with file.open("rb") as here, target.open("wb") as there:
        while block := here.read(_BLOCK):
            found.update(block)
            there.write(block)
    sync(target)
    target.chmod(file.stat().st_mode | stat.S_IWUSR)  # a stick may mark everything read-only
    return found.digest()


def _sum(file: Path) -> bytes:
    found = sha256()
    with file.open("rb") as here:
        while block := here.read(_BLOCK):
            found.update(block)
    return found.digest()


def _move_in(half: Path, target: Path) -> None:
    """Put the new program in the place of the old one, which goes once the new one stands."""
    target.mkdir(parents=True, exist_ok=True)
    old = target.with_name(f"{target.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    old.mkdir()
    try:
        for part in sorted(half.iterdir()):  # _internal first: Windows refuses it while it is open
            if (place := target / part.name).exists():
                move(place, old / part.name)
            move(part, place)
    except OSError:
        _put_back(old, target)
        raise
    finally:
        shutil.rmtree(half, ignore_errors=True)
    shutil.rmtree(old, ignore_errors=True)


def _put_back(old: Path, target: Path) -> None:
    """Let the older program stand as it stood."""
    for part in old.iterdir():
        if (place := target / part.name).is_dir():
            shutil.rmtree(place)
        move(part, place)
    old.rmdir()


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UserError(
            "没有复制成：U盘读不出来，或者本机硬盘写不进去。",
            safe=_SAFE,
            do="请看看U盘是否插好、本机硬盘上的校安台是否正开着，再试一次。",
        ) from error
