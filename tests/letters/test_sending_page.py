"""Wording a letter, choosing whom it goes to, and sending it once more, as a person does it."""

from datetime import date

import pypdfium2
import pytest
from PySide6.QtWidgets import QApplication, QLabel

from app.core.paper import Context, load_papers, print_paper
from app.letters import Status
from app.letters.edit_dialog import EditDialog
from app.letters.issue_dialog import IssueDialog
from app.letters.page import LetterPage
from app.students import CareRegister
from app.ui import theme
from app.ui.papers import Papers
from tests.hearing import let_hear
from tests.letters.conftest import ROOT
from tests.letters.test_wording import OFFICIAL
from tests.ui.look import faults, grab

SMALL_AND_LARGE = ("中", "特大")


@pytest.fixture
def page(store, letters, students, user, clock):
    letters.care = CareRegister(store, students, today=clock)
    papers = load_papers(ROOT / "forms" / "papers")[0]
    made = LetterPage(letters, papers=Papers(papers, lambda form, text: Context("青石镇中心小学")))
    let_hear(store, made)
    user.opens(made)
    return made


@pytest.fixture
def wording(page, user):
    """The dialog in which the words of the drowning letter are changed."""
    user.clicks("发一批信")
    user.clicks("改字句")
    return user.front()


def _texts(data):
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def _row(dialog, text):
    dialog.blocks._list.setCurrentRow(
        next(
            n
            for n in range(dialog.blocks._list.count())
            if text in dialog.blocks._list.item(n).text()
        )
    )


def test_the_school_words_its_letter_and_sends_it(wording, user, letters):
    assert isinstance(wording, EditDialog)
    assert user.sees("还没有改过（2026.1版）")
    user.fills("标题", "青石镇中心小学防溺水信")
    user.clicks("加一段")
    user.fills("小标题（可以不写）", "石桥水库")
    user.fills("这一段的正文", "村东的石桥水库最深的地方有八米，请千万不要让孩子去。")
    user.clicks("上移")
    user.clicks("保存为本校的信")
    assert isinstance(user.front(), IssueDialog)
    form = letters.letter_forms["drowning"]
    assert (form.heading, form.version) == ("青石镇中心小学防溺水信", "2026.1-1")
    assert form.blocks[0].head == "石桥水库"
    user.clicks("发信并打印")
    text = _texts(user.front()._printed.data)[0]
    assert "村东的石桥水库" in text and "一、石桥水库" in text
    user.clicks("关闭")


def test_the_page_beside_follows_what_is_typed(wording, user, qtbot):
    picture = next(x for x in wording.findChildren(QLabel) if x.accessibleName() == "信的样子")
    qtbot.waitUntil(lambda: not picture.pixmap().isNull(), timeout=5000)
    before = picture.pixmap().toImage()
    user.fills("标题", "换了一个标题")
    qtbot.waitUntil(lambda: picture.pixmap().toImage() != before, timeout=5000)


def test_a_text_too_long_says_by_how_much_and_smaller_type_helps(wording, user):
    user.waits_for("一页纸，信和回执都在上面")
    assert not user.sees("字印小一号（五号；老人看着会吃力）")
    _row(wording, "六不")
    user.fills("这一段的正文", "要记牢的一句话，又长又要紧，孩子和大人都要念三遍。\n" * 10)
    user.waits_for("行，一页放不下，一份要2页纸")
    user.clicks("字印小一号（五号；老人看着会吃力）")
    user.waits_for("一页纸，信和回执都在上面")


def test_what_is_not_saved_is_asked_for_before_it_is_lost(wording, user, letters):
    user.fills("标题", "改了一半")
    user.clicks("取消")
    assert user.sees("还没有保存，要放弃吗")
    user.clicks("继续改")
    user.clicks("取消")
    user.clicks("放弃")
    assert isinstance(user.front(), IssueDialog)
    assert not letters.editions.is_own("drowning")


def test_an_empty_block_and_a_strange_blank_are_named(wording, user, letters):
    user.clicks("加一段")
    user.clicks("保存为本校的信")
    assert user.sees("“新的一段”还没有写正文")
    user.fills("这一段的正文", "当心{river}")
    user.clicks("保存为本校的信")
    assert user.sees("“river”不是这封信的空") and user.sees("{学校附近要当心的水域}")
    user.clicks("去掉")
    user.clicks("保存为本校的信")
    assert letters.editions.is_own("drowning")


def test_a_blank_is_typed_by_its_name_and_kept_by_its_key(wording, user, letters):
    assert wording._greeting.text() == "尊敬的{学生姓名}同学的家长："
    assert user.sees("正文里写成：{学校附近要当心的水域}。")
    user.fills("这一段的正文", "当心{学校附近要当心的水域}。")
    user.clicks("保存为本校的信")
    form = letters.letter_forms["drowning"]
    assert (form.blocks[0].text, form.greeting) == ("当心{waters}。", "尊敬的{name}同学的家长：")


def test_the_official_text_is_pasted_whole_and_can_be_given_up_again(wording, user, letters):
    user.clicks("粘贴上级的原文")
    user.clicks("分成段落")
    assert user.sees("没有看到信的正文")
    user.blank("信的原文").setPlainText(OFFICIAL)
    user.clicks("分成段落")
    assert user.front() is wording
    assert user.sees("学校名称、日期和回执由软件印")
    user.clicks("保存为本校的信")
    form = letters.letter_forms["drowning"]
    assert form.heading == "关于预防学生溺水 致全国中小学生家长的一封信"
    assert [block.head for block in form.blocks] == ["", "加强教育", "", "加强监护"]
    user.clicks("改字句")
    assert user.sees("本校改过的信（2026.1-1版）")
    user.clicks("恢复原来的")
    user.clicks("恢复原来的")
    assert not letters.editions.is_own("drowning")
    assert letters.letter_forms["drowning"].blocks[1].key == "six"


def test_a_letter_goes_to_named_pupils_of_the_chosen_classes(page, user, letters):
    user.clicks("发一批信")
    user.clicks("再挑一挑（住校、留守、姓名……）")
    names = "、".join(pupil.name for pupil in letters.students.pupils()[:2])
    user.fills("只发给这几名学生（写姓名）", names)
    assert user.sees("一共要发 2 份")
    user.fills("只发给这几名学生（写姓名）", "没有这个人")
    assert user.sees("这些班里没有“没有这个人”")
    user.clicks("发信并打印")
    assert user.sees("请写全名") and letters.batches() == []
    user.fills("只发给这几名学生（写姓名）", names)
    user.fills("哪一种信", "特异体质学生告知书")
    user.clicks("发信并打印")
    user.clicks("关闭")
    assert letters.batches()[0].issued == 2


def test_homes_get_one_letter_and_one_home_is_taken_apart(page, user, letters):
    user.clicks("发一批信")
    user.clicks("一家只发一份")
    assert user.sees("有11家，少印11份") and user.sees("一共要发 22 份")
    user.clicks("看是哪几家")
    first = next(text for text in user.texts() if text.startswith("三年级1班 "))
    user.clicks(first)
    user.clicks("就这样")
    assert user.sees("有10家，少印10份") and user.sees("一共要发 23 份")
    user.clicks("发信并打印")
    assert len(_texts(user.front()._printed.data)) == 23
    user.clicks("关闭")


def test_receipts_four_on_a_page_are_chosen_in_the_dialog(page, user, letters):
    user.clicks("发一批信")
    user.fills("怎么印", "信印一份拿去复印，回执四张一页")
    user.waits_for("信印一份，拿去复印")
    user.clicks("看下一页")
    user.clicks("发信并打印")
    assert len(_texts(user.front()._printed.data)) == 10
    user.clicks("关闭")


def test_the_reminder_asks_for_no_day_of_return_and_takes_half_a_page(page, user, letters):
    user.clicks("发一批信")
    user.fills("哪一种信", "周末和节前安全提醒单")
    user.waits_for("半页纸，一张A4纸印两份")
    assert not user.sees("几号前收回（可以不填）")
    user.clicks("发信并打印")
    assert len(_texts(user.front()._printed.data)) == 17
    user.clicks("关闭")
    assert not letters.batches()[0].has_receipt
    page.refresh()
    assert user.sees("名，不用交回执")
    for word in ("再发给没交的", "全班收齐", "打印未交名单", "标记选中的"):
        assert not user.sees_button(word)
    user.picks("打印", "再发给没有交回的（全部）")
    assert user.sees("这种信不收回执")


def test_those_who_have_not_answered_get_it_again_at_one_press(page, user, letters, clock):
    batch = letters.issue("防溺水").code
    page.refresh()
    letters.receive(batch, letters.codes(batch)[:8])
    clock.day = date(2026, 10, 20)
    assert user.sees("8/10，80%")
    user.clicks("再发给没交的")
    user.clicks("再发并打印")
    texts = _texts(user.front()._printed.data)
    assert len(texts) == 2 and all("第2次发" in text for text in texts)
    user.clicks("关闭")
    user.picks("打印", "再发给没有交回的（全部）")
    user.clicks("再发并打印")
    assert len(_texts(user.front()._printed.data)) == 25
    user.clicks("关闭")
    letters.mark([line.uid for line in letters.receipts(batch)[8:]], Status.BACK)
    assert not user.sees_button("再发给没交的")


def test_each_stack_gets_a_sheet_with_names_counts_and_room_to_sign(page, user, letters):
    from app.letters import To

    batch = letters.issue("防溺水", To(family=True)).code
    page.refresh()
    rows = letters.views["cover"]({"batch": batch})
    papers = load_papers(ROOT / "forms" / "papers")[0]
    texts = _texts(print_paper(papers["letter_cover"], rows, Context("青石镇中心小学")).data)
    assert len(texts) == 3
    assert "三年级2班　学生12名" in texts[2].replace(" ", "　")
    assert all("班主任领信签字" in text and "同一家" in "".join(texts) for text in texts)
    assert all(line.name in "".join(texts) for line in letters.receipts(batch))
    user.picks("打印", "各班签收单（放在一叠信上面）")
    assert "打印预览" in user.front().windowTitle()
    user.clicks("关闭")


@pytest.mark.parametrize("size", SMALL_AND_LARGE)
def test_the_dialogs_fit_the_screen(page, user, size):
    theme.apply(QApplication.instance(), size)
    user.clicks("发一批信")
    user.clicks("再挑一挑（住校、留守、姓名……）")
    user.clicks("一家只发一份")
    user.waits_for("一页纸")
    dialog = user.front()
    assert (dialog.width() <= 720, dialog.height() <= 698) == (True, True)
    assert faults(dialog) == []
    grab(dialog, "letters_issue_more", size)
    user.clicks("看是哪几家")
    assert faults(user.front()) == []
    grab(user.front(), "letters_families", size)
    user.clicks("取消")
    user.clicks("改字句")
    user.waits_for("一页纸")
    dialog = user.front()
    assert (dialog.width() <= 1366, dialog.height() <= 698) == (True, True)
    assert faults(dialog) == []
    grab(dialog, "letters_edit", size)
    user.clicks("粘贴上级的原文")
    assert faults(user.front()) == []
    grab(user.front(), "letters_paste", size)
    theme.apply(QApplication.instance(), "中")
