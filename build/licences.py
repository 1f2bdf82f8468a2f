"""The licence of everything the program folder holds, gathered from what is installed."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import tomllib
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path, PurePosixPath

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
KEPT = Path(__file__).with_suffix("")  # texts that come with no library
FOLDER = "licenses"
# Libraries whose wheels lack the text they are under, or lack that of a part inside them.
OWN = {
    "pyside6-essentials": ("LGPL-3.0.txt",),
    "shiboken6": ("LGPL-3.0.txt",),
    "sqlcipher3": ("SQLCipher.txt", "Apache-2.0.txt"),  # with OpenSSL inside
}
_NAMES = ("licen", "copying", "notice", "copyright")
Entry = tuple[str, str, str]  # where it goes, where it lies, and PyInstaller's word for a file


def shipped() -> list[str]:
    """Return the name of every library the program needs, and of those they need."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, None] = {}
    waiting = [Requirement(line) for line in project["dependencies"]]
    while waiting:
        one = waiting.pop()
        name = one.name.lower().replace("_", "-")
        if name in found or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        found[name] = None
        waiting += map(Requirement, metadata.requires(name) or ())
    return sorted(found)


def of(name: str) -> Iterator[Entry]:
    """Yield the licences of a library, as its maker packed them or as kept here."""
    for file in metadata.files(name) or ():
        inside = PurePosixPath(file.as_posix())
        is_info = inside.parts[0].endswith(".dist-info")
        is_text = any(part in str(inside).lower() for part in _NAMES)
        if is_info and is_text and Path(str(file.locate())).is_file():
            rest = "/".join(part for part in inside.parts[1:] if part != "licenses")
            yield f"{FOLDER}/{name}/{rest}", str(file.locate()), "DATA"
    for text in OWN.get(name, ()):
        yield f"{FOLDER}/{name}/{text}", str(KEPT / text), "DATA"


def entries(binaries: Iterable[Entry]) -> list[Entry]:
    """Return what goes into the folder: of each library, of Python, of the system's libraries."""
    made = []
    for name in shipped():
        mine = list(of(name))
        if not mine:
            sys.exit(f"{name} has no licence text: put it into {KEPT.name} and name it there.")
        made += mine
    return [*made, _of_python(), *_of_system(source for _, source, _ in binaries)]


def _of_python() -> Entry:
    places = (Path(sysconfig.get_path("stdlib")), Path(sys.base_prefix))
    debian = Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright")
    for text in (*(place / "LICENSE.txt" for place in places), debian):
        if text.is_file():
            return f"{FOLDER}/python/LICENSE.txt", str(text), "DATA"
    sys.exit("Python's own licence is not installed beside it.")


def _of_system(sources: Iterable[str]) -> Iterator[Entry]:
    """Yield Debian's word on each of its packages a library was taken from; elsewhere none."""
    found = {str(Path(source).resolve()) for source in sources if source.startswith("/")}
    mine = sorted(found | {path.removeprefix("/usr") for path in found})  # as older Debians say it
    if not mine or shutil.which("dpkg-query") is None:
        return
    asked = subprocess.run(["dpkg-query", "-S", *mine], capture_output=True, text=True)
    packages = {line.split(":", 1)[0] for line in asked.stdout.splitlines()}
    for package in sorted(packages):
        text = Path("/usr/share/doc") / package / "copyright"
        if text.is_file():
            yield f"{FOLDER}/system/{package}.txt", str(text.resolve()), "DATA"
