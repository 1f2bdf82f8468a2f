"""Paper forms as files: what loads, and how a broken one is spoken of."""

import pytest

from app.core.errors import UserError
from app.core.paper import load_paper, load_papers

GOOD = """
id = "visitors"
title = "来访登记"
archetype = "table"
[[column]]
key = "name"
label = "姓名"
width = 30
"""


def write(folder, text, name="visitors.toml"):
    folder.mkdir(exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_form_is_read_with_its_columns(tmp_path):
    form = load_paper(write(tmp_path, GOOD))
    assert (form.id, form.title, form.level, form.per) == ("visitors", "来访登记", "内部", "list")
    assert form.is_landscape
    assert [(c.key, c.label, c.width) for c in form.columns] == [("name", "姓名", 30)]


def test_a_card_is_read_with_rows_cells_and_tear_off(tmp_path):
    text = """
    id = "notice"
    title = "通知书"
    archetype = "card"
    [[row]]
    height = 12
      [[row.cell]]
      label = "部门"
      key = "place"
    [[row]]
    lines = "problems"
      [[row.column]]
      key = "what"
      label = "问题"
      width = 80
    [[tear]]
    title = "回执"
      [[tear.row]]
      text = "已收到{place}的通知。"
    """
    form = load_paper(write(tmp_path, text))
    assert not form.is_landscape
    assert form.rows[0].cells[0].label == "部门"
    assert form.rows[1].columns[0].width == 80
    assert form.tears[0].rows[0].text == "已收到{place}的通知。"


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (
            ('archetype = "table"', 'archetype = "list"'),
            "archetype写了“list”，能用的是：table、card、letter、grid",
        ),
        (("width = 30", 'width = "宽"'), "第1个column里的width要写数字，现在写的是“宽”"),
        (("width = 30", "width = true"), "第1个column里的width要写数字"),
        (("width = 30", "width = 300"), "各列的width加起来是300毫米，纸上只有267毫米"),
        (("width = 30", "width = 4"), "“姓名”这一列的width不到6毫米"),
        (("width = 30", ""), "第1个column里缺少width"),
        (("width = 30", 'width = 30\nformula = "a+b"'), "第1个column里有不认识的“formula”"),
        (
            ("width = 30", 'width = 30\nalign = "middle"'),
            "align写了“middle”，能用的是：left、center、right",
        ),
        (('title = "来访登记"', ""), "文件里缺少title"),
        (('id = "visitors"', 'id = "来访"'), "id写了“来访”，只能用小写字母"),
        (('title = "来访登记"', 'title = "来访登记'), "第3行的写法不对"),
        (("archetype", 'signatures = "校长"\narchetype'), "signatures要写成一串文字"),
        (("archetype", "size = 40\narchetype"), "size写了40，字号要在7.5到22磅之间"),
        (
            ("[[column]]", '[[column]]\nkey = "name"\nlabel = "名"\nwidth = 20\n[[column]]'),
            "有两列的key都是“name”",
        ),
        (('archetype = "table"', 'archetype = "card"'), "archetype是card，至少要有一个[[row]]"),
    ],
)
def test_a_broken_file_is_named_with_its_fault(tmp_path, change, fault):
    path = write(tmp_path, GOOD.replace(*change))
    with pytest.raises(UserError) as error:
        load_paper(path)
    assert error.value.what.startswith("打印格式文件“visitors.toml”用不了：")
    assert fault in error.value.what
    assert error.value.safe and error.value.do


def test_a_row_must_be_one_thing(tmp_path):
    card = GOOD.split("[[column]]")[0].replace("table", "card") + "[[row]]\nheight = 10\n"
    with pytest.raises(UserError, match="每个row里要有cell、text、lines、pictures、chart其中"):
        load_paper(write(tmp_path, card))


def test_a_file_that_is_not_utf8_is_named_too(tmp_path):
    path = tmp_path / "visitors.toml"
    path.write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(UserError, match="没有存成UTF-8编码"):
        load_paper(path)


def test_the_schools_own_form_wins_and_a_broken_one_stops_no_other(tmp_path):
    shipped, own = tmp_path / "shipped", tmp_path / "own"
    write(shipped, GOOD)
    write(shipped, GOOD.replace("visitors", "guests"), "guests.toml")
    write(own, GOOD.replace("来访登记", "进校登记"))
    write(own, "id = ", "broken.toml")
    forms, faults = load_papers(shipped, own)
    assert {i: f.title for i, f in forms.items()} == {"visitors": "进校登记", "guests": "来访登记"}
    assert [fault.what[:20] for fault in faults] == ["打印格式文件“broken.toml”用不了"[:20]]
