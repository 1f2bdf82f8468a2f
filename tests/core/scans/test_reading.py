"""Scanned files of every kind and every misfortune, read in a child that can be lost."""

import io
import multiprocessing
import os
import signal
import time

import pytest
from PIL import Image, ImageChops, ImageDraw

from app.core.paper import Context, LetterText, print_letters, slip_of
from app.core.paper.letter import Recipient
from app.core.scans import Limits, Look, read_scans, scans_in
from app.core.slips import Slips
from tests.letters.papers import as_pdf, blank, large_in_colour, locked, scan, sheets_of, sign

CODES = ("HZ26A-0001-CD", "HZ26A-0002-W7")
TEXT = LetterText(
    "预防溺水致家长的一封信",
    "家长：",
    (),
    school="青石镇中心小学",
    date="2026年6月5日",
    confirm="这封信我已经收到并读完。",
)
LOOK = Look("XA1:QS:.*|HZ.*", Slips(slip_of(TEXT, CODES[0])))


@pytest.fixture(scope="module")
def sheets():
    """Two letters, signed."""
    people = [Recipient("王浩", "三年级1班", code, f"XA1:QS:{code}") for code in CODES]
    printed = print_letters(TEXT, people, Context("青石镇中心小学"))
    return [sign(sheet) for sheet in sheets_of(printed)]


@pytest.fixture(scope="module")
def pages(sheets):
    return scan(sheets, "clean")


def _read(*files, limits=None, tick=lambda: None):
    faults = []
    options = {"limits": limits} if limits else {}
    found = list(read_scans(files, LOOK, fault=faults.append, tick=tick, **options))
    return [one.page for one in found], faults


def _texts(pages):
    return [[cut.text[-13:] for cut in page.cuts] for page in pages]


def _fault(file):
    pages, (fault,) = _read(file)
    assert pages == [] and fault.do and file.name in fault.what
    return fault.what


@pytest.mark.parametrize("kind", ["jpg", "png", "tif", "webp", "bmp"])
def test_a_picture_of_any_kind_is_read_by_what_it_is(pages, tmp_path, kind):
    file = tmp_path / f"回执.{kind}"
    pages[0].save(file)
    odd = file.rename(tmp_path / "没有后缀")
    found, faults = _read(odd)
    assert _texts(found) == [[CODES[0]]] and faults == []


def test_a_tiff_of_many_pages_one_black_and_white_fax_among_them(pages, tmp_path):
    file = tmp_path / "多页.tif"
    fax = pages[1].point(lambda v: 255 * (v > 140)).convert("1")
    pages[0].save(file, save_all=True, append_images=[fax], compression="tiff_lzw")
    assert _texts(_read(file)[0]) == [[CODES[0]], [CODES[1]]]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_lying_or_upside_down_is_read_and_its_receipt_cut_out_upright(
    sheets, pages, tmp_path, turn
):
    file = tmp_path / "倒着.png"
    pages[0].rotate(turn, expand=True).save(file)
    (page,) = _read(file)[0]
    (cut,) = page.cuts
    with Image.open(io.BytesIO(cut.image)) as picture:
        assert picture.mode == "L" and picture.width > 2 * picture.height
        assert len(cut.image) <= 80_000
        # The pen stands in the left half, the code in the right: the cut is the right way up.
        left, right = (_dark(picture, n) for n in (0, 1))
    assert right > left > 0.005


def _dark(picture, half):
    part = picture.crop((half * picture.width // 2, 60, (half + 1) * picture.width // 2, 400))
    return sum(part.histogram()[:100]) / (part.width * part.height)


def test_a_photo_held_sideways_in_colour_with_a_shadow_is_read(pages, tmp_path):
    shadow = Image.linear_gradient("L").resize(pages[0].size).point(lambda v: 130 + v // 2)
    photo = ImageChops.multiply(pages[0], shadow).convert("RGB").rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6
    photo.save(tmp_path / "手机.jpg", exif=exif)
    assert _texts(_read(tmp_path / "手机.jpg")[0]) == [[CODES[0]]]


def test_two_receipts_on_one_page_are_both_read(pages, tmp_path):
    both = Image.new("L", (1654, 2339), 250)
    for number, page in enumerate(pages):
        both.paste(page.crop((0, 1600, 1654, 2339)), (0, 200 + 900 * number))
    both.save(tmp_path / "两张.png")
    assert sorted(_texts(_read(tmp_path / "两张.png")[0])[0]) == sorted(CODES)


def test_a_second_code_that_cannot_be_read_sends_its_page_to_be_seen(pages, tmp_path):
    both = Image.new("L", (1654, 2339), 250)
    for number, page in enumerate(pages):
        both.paste(page.crop((0, 1600, 1654, 2339)), (0, 200 + 900 * number))
    draw = ImageDraw.Draw(both)  # the middle of the second code is torn out, its corners stand
    draw.rectangle((1335, 1455, 1445, 1565), fill=250)
    draw.rectangle((1200, 1615, 1600, 1800), fill=250)
    both.save(tmp_path / "撕坏.png")
    (page,) = _read(tmp_path / "撕坏.png")[0]
    assert _texts([page]) == [[CODES[0]]]
    assert page.picture is not None


def test_where_the_square_is_lost_the_bars_are_read_and_cut_alike(pages, tmp_path):
    spoiled = pages[0].copy()
    ImageDraw.Draw(spoiled).rectangle((1230, 1870, 1530, 2120), fill=250)
    spoiled.save(tmp_path / "只有条码.png")
    pages[0].save(tmp_path / "完好.png")
    (bars,), (square,) = (_read(tmp_path / f"{n}.png")[0] for n in ("只有条码", "完好"))
    assert _texts([bars]) == [[CODES[0]]]
    one, other = (Image.open(io.BytesIO(page.cuts[0].image)) for page in (bars, square))
    assert one.size == other.size
    pen = (250, 200, 560, 260)
    assert abs(_ink(one.crop(pen)) - _ink(other.crop(pen))) < 0.03


def _ink(part):
    return sum(part.histogram()[:110]) / (part.width * part.height)


def test_an_empty_page_is_told_from_one_with_a_lone_signature(tmp_path):
    signed = sign(blank(), at=(0.4, 0.5))
    file = as_pdf(scan([blank(), signed], "mid"), tmp_path / "空.pdf")
    empty, pen = _read(file)[0]
    assert empty.is_empty and not empty.is_unreadable
    assert not pen.is_empty and pen.picture.startswith(b"\xff\xd8\xff")


def test_a_colour_scan_of_1200_dpi_and_ninety_megabytes_is_read(sheets, tmp_path):
    file = large_in_colour(sheets[0], tmp_path / "彩色1200.jpg")
    started = time.perf_counter()
    (page,), faults = _read(file)
    assert _texts([page]) == [[CODES[0]]] and faults == []
    assert len(page.cuts[0].image) <= 80_000
    assert time.perf_counter() - started < 20


# --- files that are none --------------------------------------------------------------------------
def test_a_pdf_with_a_password_is_named_with_a_way_on(pages, tmp_path):
    file = locked(tmp_path / "加密.pdf")
    assert "设了密码" in _fault(file)


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("空.pdf", b"", "空文件"),
        ("拔早了.jpg", bytes(5000), "全是空的"),
        ("半截.pdf", b"%PDF-1.7\n1 0 obj <<", "坏了"),
        ("苹果.heic", b"\0\0\0\x18ftypheic" + bytes(99), "苹果手机"),
        ("文档.docx", b"PK\3\4" + bytes(99), "文档或压缩包"),
        ("程序.pdf", b"MZ" + bytes(range(1, 99)), "不是扫描件"),
        ("坏图.png", b"\x89PNG\r\n\x1a\n" + bytes(range(99)), "坏了"),
        ("坏图.tif", b"II*\0\xff\xff\xff\x7f", "坏了"),
    ],
)
def test_what_is_no_scan_is_named_with_a_way_on(tmp_path, name, data, said):
    file = tmp_path / name
    file.write_bytes(data)
    assert said in _fault(file)


def test_what_is_gone_a_folder_or_too_large_is_named(tmp_path):
    assert "不见了" in _fault(tmp_path / "没有.pdf")
    (tmp_path / "文件夹").mkdir()
    assert "文件夹" in _fault(tmp_path / "文件夹")
    (tmp_path / "大.pdf").write_bytes(bytes(2 << 20))
    _, (fault,) = _read(tmp_path / "大.pdf", limits=Limits(file_mb=1))
    assert "太大" in fault.what


def test_a_picture_that_unpacks_to_a_football_pitch_is_refused_before_it_does(tmp_path):
    file = tmp_path / "炸弹.png"
    Image.new("1", (40_000, 40_000)).save(file)
    assert file.stat().st_size < 300_000
    assert "点数太多" in _fault(file)


def test_one_bad_file_and_one_bad_page_do_not_keep_the_others_out(pages, tmp_path):
    (tmp_path / "a坏.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    as_pdf(pages, tmp_path / "b好.pdf")
    whole = tmp_path / "c截断.jpg"
    pages[0].save(whole)
    whole.write_bytes(whole.read_bytes()[:30_000])
    found, faults = _read(*scans_in([tmp_path]))
    assert _texts(found) == [[CODES[0]], [CODES[1]], []]
    assert found[2].is_broken and found[2].is_unreadable
    assert len(faults) == 1


# --- the child ------------------------------------------------------------------------------------
def test_a_page_that_wants_too_much_memory_is_given_up_alone(pages, tmp_path):
    file = tmp_path / "大图.tif"
    wide = Image.new("RGB", (11_000, 11_000), "white")
    wide.save(file, save_all=True, append_images=[pages[0].copy()], compression="tiff_lzw")
    found, faults = _read(file, limits=Limits(memory_mb=700))
    assert found[0].is_broken and _texts(found[1:]) == [[CODES[0]]] and faults == []


def _children():
    return multiprocessing.active_children()


@pytest.mark.skipif(os.name != "posix", reason="signals of this kind")
@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_a_child_that_dies_or_hangs_is_replaced_and_the_next_page_read(pages, tmp_path, blow):
    file = as_pdf([*pages] * 3, tmp_path / "长.pdf")
    struck = []
    reading = read_scans([file], LOOK, fault=struck.append, limits=Limits(page_s=6))
    seen = [next(reading).page]
    (child,) = _children()
    os.kill(child.pid, blow)
    seen += [one.page for one in reading]
    assert [fault.what for fault in struck] == []
    assert [page.number for page in seen] == [1, 2, 3, 4, 5, 6]
    assert sum(page.is_broken for page in seen) <= 1
    assert _children() == []


def test_who_stops_a_reading_leaves_no_child_behind(pages, tmp_path):
    file = as_pdf([*pages] * 5, tmp_path / "长.pdf")

    def stop():
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        _read(file, tick=stop)
    assert _children() == []


def test_what_is_too_much_for_once_is_left_and_named(pages, tmp_path):
    files = []
    for number, page in enumerate([*pages, pages[0]]):
        files.append(tmp_path / f"{number}.png")
        page.save(files[-1])
    rest = []
    read = list(
        read_scans(files, LOOK, fault=rest.append, rest=rest.extend, limits=Limits(at_once=2))
    )
    assert (len(read), rest) == (2, files[2:])
