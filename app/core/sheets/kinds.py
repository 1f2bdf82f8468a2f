"""What a file really is, by its first bytes and never by its name."""

from __future__ import annotations

from app.core.unreadable import UnreadableError

SAVE_AS = "请用WPS或Excel打开它，另存为“.xlsx”格式，再导入。"
COPY_AGAIN = "请从原来的地方重新拷贝一次；如果原文件也打不开，请向做表的人再要一份。"

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_FOREIGN = (
    (b"%PDF", "这是一个PDF文件，不是电子表格。"),
    (b"\x89PNG", "这是一张图片，不是电子表格。"),
    (b"\xff\xd8\xff", "这是一张图片，不是电子表格。"),
    (b"GIF8", "这是一张图片，不是电子表格。"),
    (b"Rar!", "这是一个压缩包，不是电子表格。"),
    (b"7z\xbc\xaf", "这是一个压缩包，不是电子表格。"),
    (b"\x1f\x8b", "这是一个压缩包，不是电子表格。"),
    (b"MZ", "这是一个程序，不是电子表格。"),
    (b"SQLite format 3", "这是一个数据库，不是电子表格。"),
    (b"{\\rtf", "这是一篇文档，不是电子表格。"),
)
_WEB = (b"<html", b"<!doctype html", b"<table", b"<head", b"<meta", b"<style", b"<div", b"<body")


def kind_of(data: bytes) -> str:
    """Return xlsx, xls or csv, judged by content.

    Raises:
        UnreadableError: it is none of them.

    """
    if not data:
        raise UnreadableError("这是一个空文件，可能拷贝没有完成。", COPY_AGAIN)
    if not data.strip(b"\0"):
        raise UnreadableError("文件里面全是空的，可能U盘拔早了，没有写完。", COPY_AGAIN)
    if data.startswith(b"PK\3\4"):
        return "xlsx"
    if data.startswith(_OLE):
        return _kind_of_ole(data)
    if data[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02"):
        return "xls"
    for start, reason in _FOREIGN:
        if data.startswith(start):
            raise UnreadableError(reason, "请选择.xlsx、.xls或.csv格式的表格。")
    _refuse_markup(data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower())
    return "csv"


def _kind_of_ole(data: bytes) -> str:
    if _named(data, "EncryptedPackage"):
        raise UnreadableError(
            "这个表格设了打开密码，校安台读不了。",
            "请用WPS或Excel打开它，取消密码，另存为“.xlsx”格式，再导入。",
        )
    if _named(data, "Workbook") or _named(data, "Book"):
        return "xls"
    if _named(data, "WordDocument"):
        raise UnreadableError(
            "这是一个Word文档，不是电子表格。", "请把里面的表格粘贴到WPS表格里，再导入。"
        )
    raise UnreadableError("这是老格式的文件，里面没有找到表格，也可能没有拷完整。", COPY_AGAIN)


def _named(data: bytes, stream: str) -> bool:
    return (stream + "\0").encode("utf-16-le") in data


def _refuse_markup(start: bytes) -> None:
    if start.startswith(_WEB) or (start.startswith(b"<?xml") and b"<html" in start):
        raise UnreadableError("这其实是一个网页，只是名字像表格。", SAVE_AS)
    if start.startswith(b"mime-version:"):
        raise UnreadableError("这其实是一个网页，只是名字像表格。", SAVE_AS)
    if start.startswith((b"<?xml", b"<workbook")):
        raise UnreadableError("这是XML格式的表格，校安台读不了。", SAVE_AS)
