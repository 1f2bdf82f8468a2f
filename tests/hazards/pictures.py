"""Photos for tests: scenes one can tell apart on the screen, on paper, and in grey."""

from io import BytesIO

from PIL import Image, ImageDraw

WALLS = {"前": "#B9AE9C", "后": "#D9E2E8", "验": "#CFE0CC", "看": "#E3D9C6"}


def scene(mark, number=1, size=(800, 600)):
    """Draw a wall with a handrail: broken before, whole after; return it as a JPEG."""
    wide, high = size
    picture = Image.new("RGB", size, WALLS[mark])
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, high * 0.72, wide, high), fill="#6E6A66")
    for n in range(9):
        x = wide * (0.08 + 0.105 * n)
        lean = wide * 0.05 if mark == "前" and n == 3 + number else 0
        pen.line((x, high * 0.74, x + lean, high * 0.34), fill="#2F3A44", width=wide // 60)
    gap = 0.36 if mark == "前" else 0.0
    pen.line((wide * 0.05, high * 0.34, wide * (0.5 - gap / 2), high * 0.3), "#7A2F22", wide // 32)
    pen.line((wide * (0.5 + gap / 2), high * 0.3, wide * 0.96, high * 0.26), "#7A2F22", wide // 32)
    pen.ellipse((wide * 0.8, high * 0.06, wide * (0.8 + 0.05 * number), high * 0.18), "#FFFFFF")
    out = BytesIO()
    picture.save(out, "JPEG", quality=85)
    return out.getvalue()
