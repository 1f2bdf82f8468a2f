"""Reading a data file that may have been damaged, edited or made to do harm."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.core.views import Row
from app.handover.archive import Archive
from app.handover.faults import Fault, Problem
from app.handover.parts import (
    FORMAT,
    MANIFEST,
    SIGNATURE,
    VERSION,
    Period,
    fingerprint,
    seal_of,
)
from app.handover.shape import LONGEST_NAME, NAME, columns_of
from app.handover.values import read_day, read_json, read_moment, read_rows

MOST_CELLS = 2_000_000  # of all tables; a large school's year has fifty thousand
_CODE = re.compile(r"[A-Za-z0-9]{4,20}", re.ASCII)
_HASH = re.compile(r"sha256:[0-9a-f]{64}", re.ASCII)


@dataclass
class Report:
    """What a data file says of itself, its rows, and what is wrong with it.

    Of a file that is not ``ok`` no rows are given, so that nobody takes them by mistake;
    ``manifest`` is only there once its signature was right.
    """

    manifest: Mapping[str, Any] = field(default_factory=dict)
    tables: dict[str, list[Row]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    attachments: tuple[str, ...] = ()
    problems: list[Problem] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the file is whole, as its sender signed it."""
        return not self.problems

    @property
    def rows(self) -> dict[str, int]:
        """How many rows each table has."""
        return {name: len(rows) for name, rows in self.tables.items()}

    @property
    def school(self) -> str:
        """The name of the sender."""
        return str(self._said("name"))

    @property
    def code(self) -> str:
        """The code of the sender."""
        return str(self._said("code"))

    @property
    def key(self) -> str:
        """The public key of the sender, 64 hexadecimal digits."""
        return str(self._said("key"))

    @property
    def fingerprint(self) -> str:
        """The sender's key as people compare it aloud."""
        return str(self._said("fingerprint"))

    @property
    def seq(self) -> int:
        """Which file of this sender it is."""
        return int(self.manifest.get("seq", 0))

    @property
    def revision(self) -> int:
        """Which file of this sender and this period it is."""
        return int(self.manifest.get("revision", 0))

    @property
    def period(self) -> Period | None:
        """The days the file tells of."""
        said = self.manifest.get("period")
        return Period(read_day(said["first"]), read_day(said["last"])) if said else None

    def _said(self, key: str) -> Any:
        return self.manifest.get("school", {}).get(key, "")


class Reading:
    """One file being read: first what it says of itself, signed, then all it holds.

    Never raises for what is in the file: every fault is a line of ``report.problems``. Nothing
    of the file is written anywhere.
    """

    def __init__(self, data: bytes, *, format: str = FORMAT) -> None:
        self.report = Report()
        try:
            self._archive = Archive(data)
            self.report.manifest = _signed_manifest(self._archive, format)
        except Fault as fault:
            self.report.problems.append(fault.problem)

    def finish(self) -> Report:
        """Read and compare every member; of a file with a fault no rows are given."""
        report = self.report
        if not report.ok:
            return report
        try:
            tables = _read_tables(self._archive, report.manifest, report)
            report.attachments = _check_members(self._archive, report.manifest, report)
        except Fault as fault:
            report.problems.append(fault.problem)
        else:
            report.tables = tables if report.ok else {}
        return report


def inspect(data: bytes, *, format: str = FORMAT) -> Report:
    """Read a data file whole and say what it holds and what is wrong with it; see ``Reading``."""
    return Reading(data, format=format).finish()


def read_member(data: bytes, name: str) -> bytes:
    """Return the bytes of one member of a file that ``inspect`` found whole.

    Raises:
        Fault: the file is not what it was.

    """
    return Archive(data).read(name)


def _signed_manifest(archive: Archive, format: str) -> dict[str, Any]:
    for name in (MANIFEST, SIGNATURE):
        if name not in archive:
            raise Fault("MISSING", f"缺少“{name}”，不是一份完整的数据文件。")
    listed, signature = archive.read(MANIFEST), archive.read(SIGNATURE)
    manifest = read_json(listed, MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("format") != format:
        raise Fault("FORMAT", "这不是校安台生成的这种文件，可能拿错了。")
    _check_version(manifest.get("version"))
    _check_school(manifest.get("school"))
    _check_signature(manifest["school"], signature, seal_of(format) + listed)
    _check_head(manifest)
    return manifest


def _check_version(version: object) -> None:
    major, found, _ = str(version).partition(".")
    if not found or not major.isascii() or not major.isdecimal() or len(major) > 4:
        raise Fault("VERSION", "文件没有写明是哪一版格式。")
    ours = int(VERSION.partition(".")[0])
    if int(major) > ours:
        raise Fault("NEWER", "这份文件是新版软件生成的。请先升级校安台，再来核对。")
    if int(major) < ours:
        raise Fault("OLDER", "这份文件是旧版软件生成的。请用现在的校安台重新生成一份。")


def _check_school(school: object) -> None:
    keys = ("code", "name", "kind", "area", "key", "fingerprint")
    if not isinstance(school, dict) or not all(isinstance(school.get(k), str) for k in keys):
        raise Fault("SCHOOL", "文件没有写明是哪所学校的。")
    plain = all(len(school[k]) <= LONGEST_NAME and school[k].isprintable() for k in keys)
    if not (plain and _CODE.fullmatch(school["code"]) and school["name"].strip()):
        raise Fault("SCHOOL", "文件里学校的标识码或名称不对。")


def _check_signature(school: dict[str, str], signature: bytes, signed: bytes) -> None:
    try:
        public = bytes.fromhex(school["key"])
        given = bytes.fromhex(signature.decode("ascii"))
        Ed25519PublicKey.from_public_bytes(public).verify(given, signed)
    except (ValueError, InvalidSignature):
        raise Fault("SIGNATURE", "签名对不上：文件在学校生成之后被改动过。") from None
    if public.hex() != school["key"] or fingerprint(public) != school["fingerprint"]:
        raise Fault("FINGERPRINT", "签名的指纹对不上：文件在学校生成之后被改动过。")


def _check_head(manifest: dict[str, Any]) -> None:
    if not all(_is_count(manifest.get(key)) for key in ("seq", "revision")):
        raise Fault("MANIFEST", "文件里的期号不对。")
    previous = manifest.get("previous")
    if not isinstance(previous, str) or not re.fullmatch(r"(?:[0-9a-f]{64})?", previous):
        raise Fault("MANIFEST", "文件没有写明接在哪一份后面。")
    period = manifest.get("period")
    try:
        first, last = read_day(period["first"]), read_day(period["last"])  # type: ignore[index]
        read_moment(manifest["created"])
    except (KeyError, TypeError, ValueError):
        raise Fault("PERIOD", "文件没有写明是哪一段日子、什么时候生成的。") from None
    if first > last:
        raise Fault("PERIOD", "文件写的开始日期在结束日期之后。")


def _is_count(value: object) -> bool:
    return type(value) is int and value >= 0


def _read_tables(
    archive: Archive, manifest: Mapping[str, Any], report: Report
) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    cells = 0
    for resource in _resources(manifest):
        name, title, path = resource["name"], resource["title"], resource["path"]
        report.titles[name] = title
        if path not in archive:
            report.problems.append(Problem("MISSING", f"缺少“{title}”这张表。"))
            continue
        data = archive.read(path)
        if f"sha256:{sha256(data).hexdigest()}" != resource["hash"]:
            report.problems.append(Problem("HASH", f"“{title}”和签名时不一样，被改动过。"))
            continue
        try:
            columns = columns_of(resource)
            cells += len(columns) * resource["rows"]
            if cells > MOST_CELLS:
                raise Fault("ROWS", f"到“{title}”为止，行数太多了，没有读它。")
            found[name] = read_rows(data, title, columns, number=resource["rows"])
            if len(data) != resource["bytes"]:
                raise Fault("COUNT", f"“{title}”的大小和说明里写的不一样。")
        except Fault as fault:
            report.problems.append(fault.problem)
    return found


def _resources(manifest: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    resources = manifest.get("resources")
    if not isinstance(resources, list) or not resources:
        raise Fault("MANIFEST", "文件没有写明有哪些表。")
    seen: set[str] = set()
    for resource in resources:
        if not isinstance(resource, dict) or not _describes(resource) or resource["name"] in seen:
            raise Fault("MANIFEST", "文件对表的说明不完整。")
        seen.add(resource["name"])
        yield resource


def _describes(resource: dict[str, Any]) -> bool:
    texts = all(isinstance(resource.get(key), str) for key in ("name", "title", "path", "hash"))
    return (
        texts
        and bool(NAME.fullmatch(resource["name"]))
        and resource["path"] == f"data/{resource['name']}.csv"
        and len(resource["title"]) <= LONGEST_NAME
        and bool(_HASH.fullmatch(resource["hash"]))
        and _is_count(resource.get("bytes"))
        and _is_count(resource.get("rows"))
    )


def _check_members(
    archive: Archive, manifest: Mapping[str, Any], report: Report
) -> tuple[str, ...]:
    """Compare what is no table with its hash; return the attachments."""
    members = manifest.get("members")
    if not isinstance(members, list):
        raise Fault("MANIFEST", "文件没有写明有哪些附件。")
    listed = {MANIFEST, SIGNATURE, *(r["path"] for r in manifest["resources"])}
    for member in members:
        fits = isinstance(member, dict) and all(
            isinstance(member.get(key), str) for key in ("path", "hash")
        )
        if not fits or member["path"] in listed or not _is_count(member.get("bytes")):
            raise Fault("MANIFEST", "文件对附件的说明不完整。")
        path = member["path"]
        listed.add(path)
        if path not in archive:
            report.problems.append(Problem("MISSING", "缺少一个附件，文件不完整。"))
        elif f"sha256:{archive.hash(path)}" != member["hash"] or not _names_itself(member):
            report.problems.append(Problem("HASH", "有一个附件和签名时不一样，被改动过。"))
    if archive.names() - listed:
        report.problems.append(Problem("EXTRA", "文件里有没有登记的内容，可能是被人加进来的。"))
    return tuple(sorted(path for path in listed if path.startswith("attachments/")))


def _names_itself(member: dict[str, Any]) -> bool:
    """Say whether an attachment lies under its own hash."""
    path = str(member["path"])
    stem = path.removeprefix("attachments/").partition(".")[0]
    return not path.startswith("attachments/") or f"sha256:{stem}" == member["hash"]
