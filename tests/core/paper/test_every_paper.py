"""Every paper that is shipped: it loads, prints blank and filled in, and breaks no rule."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from app.core.paper import Bar, Chart, Context, Part, load_papers, print_paper
from app.core.paper.wording import asked_keys
from tests.core.paper.reading import lines, misplaced, texts

FORMS, FAULTS = load_papers(Path(__file__).parents[3] / "forms" / "papers")
CONTEXT = Context("青石镇中心小学", printed_by="张老师", filter_text="三年级")
LONG = "校门口防撞设施缺失，上下学时段车辆、行人混行（尤其是雨天），存在“较大”交通安全风险。"
DAYS = ("_on", "date")


def _picture():
    out = BytesIO()
    Image.new("L", (1063, 480), 240).save(out, "JPEG")
    return out.getvalue()


PICTURE = _picture()


def _fitting(column):
    """Return a long text, or a number where a line has no room for two characters and a comma."""
    return LONG if column.width >= 12 else "12"


def record(form, n):
    """Return a record that has whatever the form asks for."""
    rows = [*form.rows, *(row for tear in form.tears for row in tear.rows)]
    lists = {row.lines: row.columns for row in rows if row.lines}
    pictures = {row.pictures for row in form.rows if row.pictures}
    charts = {row.chart for row in form.rows if row.chart}
    made = {}
    for key in asked_keys(form):
        if key in lists:
            made[key] = [{c.key: _fitting(c) for c in lists[key]} for _ in range(3)]
        elif key in pictures:
            made[key] = [{"caption": LONG, "picture": PICTURE} for _ in range(3)]
        elif key == form.across:
            made[key] = [
                {"label": f"第{k}岗", "under": "7:20", "names": ["王小明"]} for k in "一二"
            ]
        elif key == form.grey:
            made[key] = bool(n % 2)
        elif key.endswith("photos"):
            made[key] = [("整改前", PICTURE), PICTURE]
        elif key in charts:
            made[key] = Chart(LONG, (Bar(LONG, (Part(n),)), Bar("食堂", (Part(3),)))).plain()
        elif key.endswith(DAYS):
            made[key] = date(2026, 3, n % 28 + 1)
        else:
            made[key] = LONG if "what" in key else f"王小明{n}"
    return made


def test_every_shipped_paper_can_be_read():
    assert [fault.what for fault in FAULTS] == []
    assert FORMS


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("count", [0, 1, 20])
def test_a_paper_prints_and_breaks_no_rule(form, count):
    printed = print_paper(form, [record(form, n) for n in range(count)], CONTEXT)
    assert printed.pages == len(texts(printed))
    assert form.title in texts(printed)[0].replace("\n", "")
    for line in lines(printed):
        assert line[0] not in "，。、；：？！）》”’", line
        assert line[-1] not in "（《“‘", line
    assert misplaced(printed) == []
    for page in texts(printed):
        assert f"表号 {form.number or form.id}" in page
