"""Photos made small and plain: what is kept of them, and what is refused in words."""

import os
import resource
import struct
import tracemalloc
from io import BytesIO
from zlib import compress, crc32

import pytest
from PIL import Image, ImageCms, ImageDraw, ImageFilter

from app.core import photos
from app.core.errors import UserError
from app.core.photos import LIMIT_BYTES, gather, glance, newest_first, read_photo, shrink

GPS = {1: "N", 2: (30.0, 15.0, 27.5), 3: "E", 4: (103.0, 7.0, 11.25), 29: "2026:03:30"}
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>qingshi school</rdf:RDF></x:xmpmeta>'


def scene(size=(4000, 3000)):
    """A picture as full of detail as a school yard with trees."""
    rough = Image.frombytes("RGB", (400, 300), os.urandom(360_000))
    return rough.resize(size).filter(ImageFilter.GaussianBlur(1))


def saved(picture, kind="JPEG", **how):
    out = BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def as_the_phone_writes_it(picture, way_up=1):
    """A JPEG with all a phone adds: place, time, camera, a preview, XMP, a remark, a profile."""
    exif = Image.Exif()
    exif[0x0112] = way_up
    exif[0x010F], exif[0x0110] = "Xiaomi", "Redmi Note 12"
    exif[0x0132] = "2026:03:30 10:42:11"
    exif.get_ifd(0x8825).update(GPS)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return saved(picture, exif=exif, xmp=XMP, comment=b"class 3-1", icc_profile=profile, quality=92)


def parts_of(jpeg):
    """Return the markers of a JPEG before its picture, each with what it holds."""
    assert jpeg[:2] == b"\xff\xd8"
    at, found = 2, []
    while jpeg[at + 1] != 0xDA:
        length = struct.unpack(">H", jpeg[at + 2 : at + 4])[0]
        found.append((jpeg[at + 1], jpeg[at + 4 : at + 2 + length]))
        at += 2 + length
    return found


def promise(width, height):
    """A PNG of a few bytes whose head promises so many dots."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", compress(bytes(1000))), (b"IEND", b""))
    made = b"\x89PNG\r\n\x1a\n"
    for name, body in chunks:
        made += struct.pack(">I", len(body)) + name + body
        made += struct.pack(">I", crc32(name + body))
    return made


def test_nothing_of_place_time_or_camera_is_left():
    before = as_the_phone_writes_it(scene((1200, 900)))
    with Image.open(BytesIO(before)) as picture:
        assert picture.getexif().get_ifd(0x8825)[2] == (30.0, 15.0, 27.5), "the test's own photo"
    assert b"Redmi" in before and b"xmpmeta" in before and b"class 3-1" in before

    after = shrink(before, "扶手.jpg")
    # APP1 (EXIF, XMP), APP2 (profile), APP13 (IPTC) and remarks (FE) would all stand here.
    markers = {marker for marker, _ in parts_of(after)}
    assert markers <= {0xE0, 0xDB, 0xC0, 0xC2, 0xC4, 0xDD}
    for word in (b"Exif", b"GPS", b"xmp", b"http", b"Redmi", b"Xiaomi", b"2026", b"class"):
        assert word not in after
    with Image.open(BytesIO(after)) as picture:
        assert not picture.getexif() and not picture.getexif().get_ifd(0x8825)


@pytest.mark.parametrize("way_up", range(1, 9))
def test_a_photo_stands_upright_however_the_phone_was_held(way_up):
    red_corner = Image.new("RGB", (160, 96), "white")
    ImageDraw.Draw(red_corner).rectangle((0, 0, 63, 31), fill="red")
    turn = photos._TURNS.get(way_up)
    back = {Image.Transpose.ROTATE_90: Image.Transpose.ROTATE_270}
    back |= {value: key for key, value in back.items()}
    held = red_corner if turn is None else red_corner.transpose(back.get(turn, turn))
    with Image.open(BytesIO(shrink(as_the_phone_writes_it(held, way_up), "x"))) as upright:
        assert upright.size == (160, 96)
        assert upright.getpixel((16, 8))[1] < 60 and upright.getpixel((140, 80))[1] > 200


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "BMP", "WEBP"])
def test_every_photo_fits_in_300_kb_and_is_still_worth_looking_at(kind):
    made = shrink(saved(scene(), kind), "院子")
    with Image.open(BytesIO(made)) as picture:
        assert picture.format == "JPEG"
        assert 800 <= max(picture.size) <= 1600
        assert picture.width * 3 == pytest.approx(picture.height * 4, abs=8)
    assert len(made) <= LIMIT_BYTES


def test_even_pure_noise_fits():
    made = shrink(saved(Image.frombytes("RGB", (1600, 1600), os.urandom(7_680_000))), "x")
    assert len(made) <= LIMIT_BYTES


def test_a_small_picture_is_not_made_larger():
    with Image.open(BytesIO(shrink(saved(scene((320, 200))), "x"))) as picture:
        assert picture.size == (320, 200)


def test_what_one_can_see_through_becomes_white():
    clear = Image.new("RGBA", (60, 40), (255, 0, 0, 0))
    with Image.open(BytesIO(shrink(saved(clear, "PNG"), "x"))) as picture:
        assert picture.getpixel((30, 20)) == (255, 255, 255)


PICTURE = saved(Image.frombytes("RGB", (640, 480), os.urandom(921_600)))
FRAMES = [Image.new("P", (20, 20), n) for n in range(3)]
REFUSED = {
    "文字.jpg": ("今天巡查了食堂".encode(), "不是照片", "换一张"),
    "空的.jpg": (b"", "是空的", "重新拷一份"),
    "断了.jpg": (PICTURE[: len(PICTURE) // 2], "已经损坏", "重新拷一份"),
    "头坏了.png": (b"\x89PNG\r\n\x1a\n" + bytes(40), "已经损坏", "重新拷一份"),
    "三万.png": (promise(30_000, 30_000), "尺寸太大", "小一点"),
    "动图.gif": (
        saved(FRAMES[0], "GIF", save_all=True, append_images=FRAMES[1:]),
        "是动图（GIF）",
        "换一张",
    ),
    "苹果.HEIC": (b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00mif1heic", "是HEIC格式", "兼容性最佳"),
    "程序.jpg": (b"MZ\x90\x00 a program", "不是照片", "换一张"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_photo_is_refused_in_one_sentence(tmp_path, name):
    data, why, way = REFUSED[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(UserError) as error:
        read_photo(tmp_path / name)
    assert error.value.what.startswith(f"文件“{name}”{why}")
    assert error.value.what.endswith("没有添加。") and error.value.what.count("。") == 1
    assert way in error.value.do and error.value.safe == "已经填写的内容都还在。"


def test_a_file_of_80_mb_is_refused_unread(tmp_path):
    path = tmp_path / "原片.jpg"
    with path.open("wb") as file:
        file.write(b"\xff\xd8\xff\xe0")
        file.truncate(80_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(UserError, match="有80 MB，太大了（最多40 MB）"):
            read_photo(path)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_of_30000_by_30000_takes_no_memory(tmp_path, kind):
    data = promise(30_000, 30_000)
    if kind == "JPEG":
        data = bytearray(saved(Image.new("RGB", (16, 16))))
        at = data.index(b"\xff\xc0")
        data[at + 5 : at + 9] = struct.pack(">HH", 30_000, 30_000)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UserError, match="尺寸太大"):
        shrink(bytes(data), "x")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 20_000, "kilobytes"


def test_a_file_that_is_gone_is_named(tmp_path):
    with pytest.raises(UserError, match=r"文件“没了.jpg”读不出来"):
        read_photo(tmp_path / "没了.jpg")
    (tmp_path / "夹.jpg").mkdir()
    with pytest.raises(UserError, match=r"文件“夹.jpg”读不出来"):
        read_photo(tmp_path / "夹.jpg")


def test_photos_broken_anywhere_are_refused_or_taken_but_never_a_fault():
    rough = Image.frombytes("RGB", (60, 40), os.urandom(7200))
    exif = Image.Exif()
    exif[0x0112] = 6
    whole = [saved(rough, kind, exif=exif) for kind in ("JPEG", "PNG", "WEBP")]
    for data in whole:
        for at in range(0, min(len(data), 300)):
            try:
                made = shrink(data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :], "x")
            except UserError:
                continue
            assert made.startswith(b"\xff\xd8\xff")


def test_the_newest_photo_of_a_folder_comes_first_and_other_files_stay_away(tmp_path):
    for age, name in enumerate(("今天.jpg", "昨天.PNG", "前天.heic")):
        (tmp_path / name).write_bytes(b"x")
        os.utime(tmp_path / name, (1_000_000 - age, 1_000_000 - age))
    (tmp_path / "通知.docx").write_bytes(b"x")
    (tmp_path / "下级.jpg").mkdir()
    assert [path.name for path in newest_first(tmp_path)] == ["今天.jpg", "昨天.PNG", "前天.heic"]
    with pytest.raises(UserError, match="文件夹“没了”读不出来"):
        newest_first(tmp_path / "没了")


def test_a_glance_is_small(tmp_path):
    (tmp_path / "a.jpg").write_bytes(saved(scene()))
    with Image.open(BytesIO(glance(tmp_path / "a.jpg", 160))) as picture:
        assert picture.size == (160, 120)


def test_several_refusals_are_told_at_once_with_what_came_in():
    refused = [UserError(f"文件“{n}”不是照片，没有添加。", do="请换一张。") for n in "甲乙"]
    error = gather(refused, 3)
    assert error.what == "文件“甲”不是照片，没有添加。\n文件“乙”不是照片，没有添加。"
    assert (error.safe, error.do) == ("其余3张照片已经加进来。", "请换一张。")
    assert gather(refused, 0).safe == "已经填写的内容都还在。"
