"""What comes from the child that reads hostile files: pages and sentences, never a program."""

import json
import os
import pickle
import resource
import threading
from multiprocessing import Pipe

import pytest

from app.core.errors import UserError
from app.core.scans import Cut, Kept, Page, Spool, read_scans, reading
from app.core.scans.channel import packed, unpacked
from app.core.unreadable import UnreadableError
from tests.core.scans.test_reading import LOOK

JPEG = b"\xff\xd8\xff" + bytes(90)
PAGE = Page(3, (Cut("HZ26A-0001-CD", JPEG), Cut("第二张", JPEG + b"2")), picture=JPEG + b"\n3")


class Bomb:
    """Whoever unpickles this runs a command."""

    def __init__(self, mark):
        self.mark = mark

    def __reduce__(self):
        return os.mkdir, (str(self.mark),)


@pytest.mark.parametrize("answer", [7, None, PAGE, Page(1, is_empty=True), Page(2, is_broken=True)])
def test_an_answer_comes_out_as_it_went_in(answer):
    assert unpacked(packed(answer)) == answer


def test_a_refusal_keeps_its_sentences():
    told = unpacked(packed(UnreadableError("文件坏了。", "请重新拷贝。")))
    assert (told.reason, told.do) == ("文件坏了。", "请重新拷贝。")


def _page(rest=b"", **said):
    usual = {"page": 1, "cuts": [], "empty": False, "broken": False, "picture": 0}
    return json.dumps(usual | said).encode() + b"\n" + rest


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xff\xff",
        b"[1]\n",
        b'{"count": "9"}\n',
        b'{"count": true}\n',
        b'{"count": -1}\n',
        b'{"refused": [1, 2]}\n',
        b'{"refused": ["' + b"a" * 500 + b'", ""]}\n',
        packed(PAGE)[:-1],
        packed(PAGE) + b"x",
        _page(b"x" * 9, picture=9),
        _page(cuts=[["a", -3]]),
        _page(b"", cuts=[["a", 0]]),
        _page(JPEG * 99, cuts=[["a", len(JPEG)]] * 99),
        _page(page="1"),
    ],
)
def test_what_no_sound_child_would_send_is_refused(data):
    with pytest.raises((ValueError, TypeError, KeyError)):
        unpacked(data)


@pytest.fixture
def taken_over(monkeypatch):
    """Put somebody else in the place of the child: ``says`` is what it answers to a file."""

    def take(*says):
        class Child:
            def kill(self):
                pass

            join = kill

        def begin(reader):
            if reader._child is None:
                reader._pipe, there = Pipe()
                reader._child = Child()

                def serve():
                    there.recv_bytes(), there.recv_bytes()
                    for data in says:
                        there.send_bytes(data)
                    there.close()

                threading.Thread(target=serve, daemon=True).start()

        monkeypatch.setattr(reading._Reader, "_begin", begin)

    return take


def test_a_child_taken_over_runs_nothing_in_the_program(taken_over, tmp_path):
    mark, file, faults = tmp_path / "入侵", tmp_path / "扫描.pdf", []
    file.write_bytes(b"%PDF-")
    taken_over(pickle.dumps(Bomb(mark)))
    assert list(read_scans([file], LOOK, fault=faults.append)) == []
    assert not mark.exists()
    assert "读的时候中断了" in faults[0].what


@pytest.mark.parametrize("numbers", [(2,), (1, 1), (1, 2, 3)], ids=["late", "twice", "too many"])
def test_a_child_that_lies_about_its_pages_is_given_up(taken_over, tmp_path, numbers):
    file, faults = tmp_path / "扫描.pdf", []
    file.write_bytes(b"%PDF-")
    taken_over(packed(2), *(packed(Page(number, is_empty=True)) for number in numbers))
    pages = [one.page for one in read_scans([file], LOOK, fault=faults.append)]
    assert [page.number for page in pages] == [1, 2]


# --- the pictures that wait -----------------------------------------------------------------------
def test_pictures_that_wait_are_sealed_on_the_disk_and_come_back_whole():
    spool = Spool()
    pictures = [JPEG * (n + 1) for n in range(50)]
    kept = [spool.keep(picture) for picture in pictures]
    assert [one.read() for one in kept] == pictures
    spool._file.seek(0)
    lying = spool._file.read()
    assert len(lying) > sum(map(len, pictures))
    assert b"\xff\xd8\xff" not in lying and bytes(60) not in lying
    again = kept[3].remade(lambda data: data + b"!")
    assert isinstance(again, Kept) and again.read() == pictures[3] + b"!"
    assert kept[3].read() == pictures[3]


def test_a_stack_of_any_height_takes_no_memory():
    import tracemalloc

    spool, picture = Spool(), JPEG + os.urandom(1 << 20)
    tracemalloc.start()
    kept = [spool.keep(picture) for _ in range(64)]
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(kept) == 64 and most < 8 << 20


def test_a_full_disk_loses_no_picture_and_no_number_seals_twice():
    spool = Spool()
    first = spool.keep(JPEG)
    now, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, hard))
    try:
        with pytest.raises(UserError) as full:
            spool.keep(JPEG + bytes(1 << 17))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (now, hard))
    assert "磁盘满了" in full.value.what
    later = spool.keep(JPEG + b"2")
    assert (first.read(), later.read()) == (JPEG, JPEG + b"2")
    assert later.number - first.number == 2
