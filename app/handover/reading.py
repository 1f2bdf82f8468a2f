"""Reading a data file that may have been damaged, edited or made to do harm."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from app.handover.package import FORMAT, MANIFEST, README, SEAL, SIGNATURE, VERSION, fingerprint

MOST_BYTES = 200_000_000  # of the file
MOST_MEMBERS = 64
MOST_UNPACKED = 256_000_000
MOST_RATIO = 200  # unpacked to packed
MOST_ROWS = 1_000_000
_NAME = re.compile(r"data/[a-z][a-z0-9_]{0,40}\.csv", re.ASCII)
_CODE = re.compile(r"[A-Za-z0-9]{4,20}", re.ASCII)


@dataclass
class Report:
    """What a data file says of itself, and what is wrong with it; ``ok`` if nothing is."""

    school: str = ""
    code: str = ""
    fingerprint: str = ""
    seq: int = 0
    rows: dict[str, int] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether the file is whole, as the school signed it."""
        return not self.problems


class _Fault(Exception):  # noqa: N818 - becomes a sentence of the report
    pass


def inspect(data: bytes) -> Report:
    """Read a data file whole and say what it holds; nothing of it is written anywhere.

    Never raises for what is in the file: every fault is a sentence in ``problems``.
    """
    report = Report()
    try:
        members = _unpack(data)
        manifest = _manifest(members)
        _read_sender(manifest, report)
        _check_signature(manifest, members)
        _check_tables(manifest, members, report)
    except _Fault as fault:
        report.problems.append(str(fault))
    return report


def _unpack(data: bytes) -> dict[str, bytes]:
    if not data:
        raise _Fault("文件是空的，可能拷贝没有完成。请重新拷贝一次。")
    if len(data) > MOST_BYTES:
        raise _Fault("文件太大，不是校安台生成的数据文件。")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            infos = package.infolist()
            _refuse_strange_members(infos)
            return {info.filename: _member(package, info) for info in infos}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError):
        raise _Fault("文件已经损坏，或者不是校安台生成的数据文件。请重新拷贝一次。") from None


def _refuse_strange_members(infos: list[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in infos]
    if len(names) > MOST_MEMBERS:
        raise _Fault("文件里装的东西太多，不是校安台生成的数据文件。")
    if len({name.casefold() for name in names}) < len(names):
        raise _Fault("文件里有两份同名的内容，可能被人改过。")
    for info in infos:
        if info.filename not in (MANIFEST, SIGNATURE, README) and not _NAME.fullmatch(
            info.filename
        ):
            raise _Fault("文件里有不该有的内容，可能被人改过。")
        if info.flag_bits & 1 or info.compress_type not in (0, 8):
            raise _Fault("文件的压缩方式不对，可能被人改过。")
        if info.file_size > MOST_RATIO * max(info.compress_size, 1_000):
            raise _Fault("文件展开后大得不正常，没有打开它。")
    if sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise _Fault("文件展开后大得不正常，没有打开它。")


def _member(package: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with package.open(info) as file:
        data = file.read(info.file_size + 1)  # what the header says is not believed
    if len(data) != info.file_size:
        raise _Fault("文件展开后的大小对不上，可能被人改过。")
    return data


def _manifest(members: dict[str, bytes]) -> dict[str, Any]:
    for name in (MANIFEST, SIGNATURE):
        if name not in members:
            raise _Fault(f"缺少“{name}”，不是一份完整的数据文件。")
    try:
        manifest = json.loads(members[MANIFEST].decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise _Fault("“datapackage.json”读不懂，文件可能被人改过。") from None
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise _Fault("这不是校安台生成的数据文件。")
    if str(manifest.get("version", "")).split(".")[0] != VERSION.split(".")[0]:
        raise _Fault("这份文件是新版软件生成的。请先升级校安台，再来核对。")
    return manifest


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        raise ValueError("a key stands twice")
    return made


def _read_sender(manifest: dict[str, Any], report: Report) -> None:
    school, seq = manifest.get("school"), manifest.get("seq")
    if not isinstance(school, dict) or not all(
        isinstance(school.get(key), str) for key in ("code", "name", "key", "fingerprint")
    ):
        raise _Fault("文件没有写明是哪所学校的。")
    if not _CODE.fullmatch(school["code"]) or not isinstance(seq, int) or len(school["name"]) > 100:
        raise _Fault("文件里学校的标识码或期号不对。")
    report.school, report.code, report.seq = school["name"], school["code"], seq


def _check_signature(manifest: dict[str, Any], members: dict[str, bytes]) -> None:
    school = manifest["school"]
    try:
        public = bytes.fromhex(school["key"])
        signature = bytes.fromhex(members[SIGNATURE].decode("ascii"))
        Ed25519PublicKey.from_public_bytes(public).verify(signature, SEAL + members[MANIFEST])
    except (ValueError, InvalidSignature):
        raise _Fault("签名对不上：文件在学校生成之后被改动过。") from None
    if fingerprint(public) != school["fingerprint"]:
        raise _Fault("签名的指纹对不上：文件在学校生成之后被改动过。")


def _check_tables(manifest: dict[str, Any], members: dict[str, bytes], report: Report) -> None:
    report.fingerprint = manifest["school"]["fingerprint"]
    listed = set()
    for resource in _resources(manifest):
        path, title = resource["path"], resource["title"]
        listed.add(path)
        report.titles[resource["name"]] = title
        if path not in members:
            report.problems.append(f"缺少“{title}”这张表。")
            continue
        data = members[path]
        if f"sha256:{sha256(data).hexdigest()}" != resource["hash"]:
            report.problems.append(f"“{title}”的内容和签名时不一样，被改动过。")
            continue
        rows = _count_rows(data, len(resource["schema"]["fields"]))
        if rows != resource["rows"]:
            report.problems.append(f"“{title}”的行数或列数和说明里写的不一样。")
        else:
            report.rows[resource["name"]] = rows
    if set(members) - listed - {MANIFEST, SIGNATURE, README}:
        report.problems.append("文件里有一张没有登记的表，可能是被人加进来的。")


def _resources(manifest: dict[str, Any]) -> Iterator[dict[str, Any]]:
    resources = manifest.get("resources")
    if not isinstance(resources, list):
        raise _Fault("文件没有写明有哪些表。")
    kinds = {"name": str, "title": str, "path": str, "hash": str, "rows": int, "schema": dict}
    for resource in resources:
        fits = isinstance(resource, dict) and all(
            isinstance(resource.get(key), kind) for key, kind in kinds.items()
        )
        if not fits or not isinstance(resource["schema"].get("fields"), list):
            raise _Fault("文件对表的说明不完整。")
        yield resource


def _count_rows(data: bytes, columns: int) -> int:
    """Return the number of rows below the header, -1 if they are not all ``columns`` wide."""
    try:
        lines = csv.reader(io.StringIO(data.decode("utf-8"), newline=""), strict=True)
        count = -1
        for line in lines:
            count += 1
            if len(line) != columns or count > MOST_ROWS:
                return -1
    except (UnicodeDecodeError, csv.Error):
        return -1
    return count
