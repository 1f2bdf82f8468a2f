"""What a program file of Windows says of itself: what it asks for, and what it was made with."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

X64 = 0x8664
_IMPORTS, _RESOURCES, _DELAYED = 1, 2, 13  # among the data directories of the optional header
_VERSION_MARK = struct.pack("<II", 0xFEEF04BD, 0x00010000)  # how VS_FIXEDFILEINFO begins
_BY_NUMBER = 1 << 63
_LONGEST_NAME = 512


@dataclass(frozen=True)
class Part:
    """One exe, dll or pyd; ``imports`` says which functions it takes from which library.

    ``linker`` is the toolset it was linked with, as (14, 44); ``version`` is empty if it has none.
    """

    machine: int
    linker: tuple[int, int]
    imports: dict[str, frozenset[str]]
    version: tuple[int, ...]
    resources: bytes


def read(file: Path) -> Part:
    """Read a program file.

    Raises:
        ValueError: it is not one for 64 bits.

    """
    return _Image(file.read_bytes()).part()


class _Image:
    def __init__(self, data: bytes) -> None:
        self._data = data
        head = self._number("<I", 0x3C) if data[:2] == b"MZ" else len(data)
        if data[head : head + 4] != b"PE\0\0":
            raise ValueError("not a program of Windows")
        self.machine, many, *_, size = struct.unpack_from("<HHIIIH", data, head + 4)
        self._optional = head + 24
        if self._number("<H", self._optional) != 0x20B:
            raise ValueError("not for 64 bits")
        table = self._optional + size
        self._sections = [
            struct.unpack_from("<IIII", data, table + 40 * n + 8) for n in range(many)
        ]

    def part(self) -> Part:
        major, minor = struct.unpack_from("<BB", self._data, self._optional + 2)
        resources = self._resources()
        return Part(self.machine, (major, minor), self._imports(), _version(resources), resources)

    def _imports(self) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for name, names in (*self._now(), *self._later()):
            found.setdefault(self._text(name).lower(), set()).update(self._functions(names))
        return {name: frozenset(functions) for name, functions in found.items()}

    def _now(self) -> Iterator[tuple[int, int]]:
        """Yield where the name and the functions of each library stand that is loaded at once."""
        for names, _, _, name, bound in self._rows("<IIIII", _IMPORTS):
            if not name:
                return
            yield name, names or bound

    def _later(self) -> Iterator[tuple[int, int]]:
        """Yield the same of each library that is loaded when it is first needed."""
        for row in self._rows("<IIIIIIII", _DELAYED):
            if not row[1]:
                return
            yield row[1], row[4]

    def _rows(self, layout: str, directory: int) -> Iterator[tuple[int, ...]]:
        at, size = self._directory(directory)
        for start in range(0, size, struct.calcsize(layout)) if at else ():
            yield struct.unpack_from(layout, self._data, self._place(at) + start)

    def _functions(self, rva: int) -> Iterator[str]:
        at = self._place(rva)
        while entry := self._number("<Q", at):
            yield f"#{entry & 0xFFFF}" if entry & _BY_NUMBER else self._text(entry + 2)
            at += 8

    def _resources(self) -> bytes:
        at, size = self._directory(_RESOURCES)
        return self._data[self._place(at) :][:size] if at else b""

    def _directory(self, number: int) -> tuple[int, int]:
        at, size = struct.unpack_from("<II", self._data, self._optional + 112 + 8 * number)
        return at, size

    def _place(self, rva: int) -> int:
        for room, start, size, raw in self._sections:
            if start <= rva < start + max(room, size):
                return int(raw + rva - start)
        raise ValueError("it points outside itself")

    def _text(self, rva: int) -> str:
        at = self._place(rva)
        return self._data[at : at + _LONGEST_NAME].split(b"\0", 1)[0].decode("ascii")

    def _number(self, layout: str, at: int) -> int:
        return int(struct.unpack_from(layout, self._data, at)[0])


def _version(resources: bytes) -> tuple[int, ...]:
    at = resources.find(_VERSION_MARK)
    if at < 0:
        return ()
    high, low = struct.unpack_from("<II", resources, at + 8)
    return high >> 16, high & 0xFFFF, low >> 16, low & 0xFFFF
