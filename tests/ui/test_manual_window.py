"""The help window: the page one came from, the chapters, searching them, and the whole on paper."""

import pypdfium2
import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QWidget

from app.core.manual import Chapter, as_html, pieces_of, read_manual
from app.core.manual_index import find
from app.core.paper.booklet import print_booklet
from app.core.paths import find_paths
from app.ui.manual_window import ManualWindow, show_manual
from app.ui.printing import Preview

CONTENTS = """
[[part]]
title = "先会用"
chapters = ["start", "hazards"]

[[part]]
title = "查一查"
chapters = ["stick"]

[tabs]
"隐患台账" = "hazards"
"""
START = """# 五分钟上手

先**导入**名册，再看 [隐患台账](hazards.md)。

1. 打开“学生关注”，
   按“导入…”。
2. 选文件。
   - 看预览
"""
HAZARDS = """# 隐患台账

## 登记一条

| 栏 | 填什么 |
|---|---|
| 地点 | 哪里 |

![登记](pictures/one.png)
"""


@pytest.fixture
def folder(tmp_path):
    from PIL import Image

    (tmp_path / "pictures").mkdir()
    Image.new("RGB", (1366, 698), "white").save(tmp_path / "pictures" / "one.png")
    for name, text in (
        ("contents.toml", CONTENTS),
        ("start.md", START),
        ("hazards.md", HAZARDS),
        ("stick.md", "# U盘\n\n先按“可以拔出”。\n"),
    ):
        (tmp_path / name).write_text(text, "utf-8")
    return tmp_path


@pytest.fixture
def help(user, folder):
    page = user.opens(QWidget())
    made = show_manual(
        page, folder, title="登记表", text="一行一条。", words=("登记表", "隐患台账")
    )
    user.settles()
    return made


def pages_of(data):
    """Return the words of each page, those of one line apart by a blank."""
    with pypdfium2.PdfDocument(data) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def lines(window):
    return [window._list.item(n).text().strip() for n in range(window._list.count())]


def test_the_page_one_came_from_stands_first_and_leads_to_its_chapter_and_back(help, user):
    assert lines(help) == ["这一页：登记表", "先会用", "五分钟上手", "隐患台账", "查一查", "U盘"]
    assert "一行一条。" in help.text() and "详细的做法：隐患台账" in help.text()
    help._view.anchorClicked.emit(QUrl("hazards.md"))
    assert help.chapter().strip() == "隐患台账" and "登记一条" in help.text()
    help._view.anchorClicked.emit(QUrl("stick.md"))
    for place in ("隐患台账", "这一页：登记表"):
        assert user.sees_button("上一处")
        user.presses("Alt+Left")
        assert help.chapter().strip() == place
    assert not user.sees_button("上一处")


def test_asking_again_turns_the_open_window_to_the_other_page(help, folder):
    again = show_manual(help.parentWidget(), folder, title="值班表", text="一格一班。", words=())
    assert again is help
    assert help.chapter() == "这一页：值班表" and "一格一班。" in help.text()


def test_searching_leaves_the_chapters_that_have_the_word_and_marks_it(help, user, qtbot):
    qtbot.keyClick(help, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    user.types("拔出")
    qtbot.waitUntil(lambda: lines(help) == ["查一查", "U盘"])  # once the hands rest
    assert "1章里有“拔出”" in user.texts()
    assert help._view.textCursor().selectedText() == "拔出"
    help._search.clear()
    qtbot.waitUntil(lambda: lines(help)[0] == "这一页：登记表")


@pytest.fixture
def whole(user):
    return show_manual(user.opens(QWidget()), find_paths().manual)


def test_a_sentence_on_the_screen_leads_to_its_line_alone(whole, user, qtbot):
    whole._search.setFocus()
    user.types("“新名册.xls”里没有找到写着“姓名”的表头。\n")
    assert lines(whole) == ["查一查", "常见提示"]
    assert "里没有找到写着" in whole._view.textCursor().selectedText()
    assert "看看栏目名称那一行在不在" in whole.text() and len(whole.text()) < 200
    whole._search.setText("会议和教育")  # the name of a part, in no message
    qtbot.waitUntil(lambda: "打开、关闭和保存" in whole.text())
    whole._search.setText("这几个字手册里是没有的吗")
    qtbot.waitUntil(lambda: any("换几个字" in said for said in user.texts()))


def test_the_chapter_of_all_messages_is_opened_part_by_part(whole):
    whole._view.anchorClicked.emit(QUrl("messages.md"))
    assert "隐患台账" in whole.text() and "请改好" not in whole.text()
    whole._view.anchorClicked.emit(QUrl("messages.md#1"))
    assert whole.text().startswith("常见提示\n隐患台账") and "请改好" in whole.text()
    whole._view.anchorClicked.emit(QUrl("messages.md"))
    assert "请改好" not in whole.text()


@pytest.mark.parametrize(
    ("sought", "chapters", "mark"),
    [
        ("导入", ["start"], "导入"),
        ("选文件 看预览", ["start"], "选文件"),
        ("u盘", ["stick"], "u盘"),
        ("登记哪里", ["hazards"], "登记"),  # words nobody sets blanks between
        ("甲校可以拔出了", ["stick"], "可以拔出"),
        ("没有的字", [], ""),
        ("", ["start", "hazards", "stick"], ""),
    ],
)
def test_what_is_sought_is_found_whole_in_words_or_in_its_longest_part(
    folder, sought, chapters, mark
):
    found = find(read_manual(folder), sought)
    assert [one.id for one in found.chapters] == chapters and found.mark == mark


def test_pictures_are_shown_as_wide_as_the_page_has_room(folder):
    chapter = read_manual(folder)[1]
    html = 'src="pictures/one.png" alt="登记" width="{}" height="{}"'.format
    assert html(640, 327) in as_html(chapter, folder, width=640)
    assert html(1366, 698) in as_html(chapter, folder, width=2000)  # never drawn larger than it is


def test_a_chapter_is_cut_into_pieces_without_its_marks(folder):
    start, hazards, _ = read_manual(folder)
    assert [(p.kind, p.mark, p.level, p.text) for p in pieces_of(start)] == [
        ("text", "", 0, "先导入名册，再看 “隐患台账”。"),
        ("item", "1.", 0, "打开“学生关注”，按“导入…”。"),
        ("item", "2.", 0, "选文件。"),
        ("item", "·", 1, "看预览"),
    ]
    assert [(p.kind, p.rows) for p in pieces_of(hazards)] == [
        ("head", ()),
        ("table", (("栏", "填什么"), ("地点", "哪里"))),
        ("picture", ()),
    ]


def test_the_whole_manual_is_printed_with_the_pages_its_contents_name(help, user):
    user.clicks("打印手册…")
    user.settles()
    (preview,) = [one for one in user.sees_dialogs() if isinstance(one, Preview)]
    pages = pages_of(preview._printed.data)
    assert "五分钟上手 3" in pages[1] and "隐患台账 4" in pages[1] and "U盘 5" in pages[1]
    assert "登记一条" in pages[3] and "先按" in pages[4]
    assert isinstance(preview.parentWidget(), ManualWindow)
    preview.close()


def test_a_table_that_goes_on_overleaf_says_its_columns_again(tmp_path):
    rows = "".join(f"| 第{number}处 | 放心 |\n" for number in range(90))
    chapter = Chapter("messages", "提示", "查", f"# 提示\n\n| 地点 | 说明 |\n|---|---|\n{rows}")
    printed = print_booklet("手册", ("9.9 版",), [chapter], tmp_path)
    cover, _contents, *pages = pages_of(printed.data)
    assert "9.9 版" in cover
    assert len(pages) > 1
    assert all(page.count("地点") == 1 for page in pages)


@pytest.mark.parametrize(("items", "pages"), [(33, 1), (35, 1), (45, 2)])
def test_a_chapter_that_spills_a_few_lines_is_set_closer(tmp_path, items, pages):
    text = "# 换班\n\n" + "- 谁和谁换\n" * items
    chapter = Chapter("swap", "换班", "每天", text)
    _cover, _contents, *own = pages_of(print_booklet("手册", (), [chapter], tmp_path).data)
    assert len(own) == pages
    assert sum(page.count("谁和谁换") for page in own) == items
