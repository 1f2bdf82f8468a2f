"""A picture that leaves the school shows what it shows and tells nothing else."""

import io

import pytest
from PIL import Image, PngImagePlugin

from app.core.bare import bare

SECRET = b"27.1234N 115.5678E"


def picture():
    made = Image.new("RGB", (40, 30), "white")
    for n in range(30):
        made.putpixel((n, n), (n * 8, 0, 255 - n * 8))
    return made


def jpeg(**how):
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    out = io.BytesIO()
    picture().save(out, "JPEG", exif=exif, comment=SECRET, icc_profile=SECRET * 9, **how)
    return out.getvalue()


def png():
    told, out = PngImagePlugin.PngInfo(), io.BytesIO()
    told.add_text("Comment", SECRET.decode())
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    picture().save(out, "PNG", pnginfo=told, exif=exif)
    return out.getvalue()


@pytest.mark.parametrize("data", [jpeg(), jpeg(progressive=True), png()])
def test_place_and_words_are_gone_and_every_dot_is_there(data):
    dirty = data + SECRET  # and what somebody hung on at the end
    assert SECRET in dirty
    clean = bare(dirty)
    assert SECRET not in clean and len(clean) < len(data)
    with Image.open(io.BytesIO(clean)) as after, Image.open(io.BytesIO(data)) as before:
        assert after.tobytes() == before.tobytes()
        assert not after.getexif()


def test_doing_it_again_changes_nothing():
    assert bare(bare(jpeg())) == bare(jpeg())


@pytest.mark.parametrize("data", [b"", b"GIF89a", jpeg()[:-20], png()[:60], b"\xff\xd8\xff"])
def test_what_is_no_whole_picture_is_refused(data):
    with pytest.raises(ValueError, match=r"cut off|neither"):
        bare(data)
