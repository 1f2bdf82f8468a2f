"""The page of checks, and a sheet typed back with keys alone."""

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QDialog

from app.core.roles import Role, Sitter
from app.hazards import HazardRegister
from app.hazards.checks.walk_dialog import WalkDialog
from app.hazards.places.register import PlaceRegister
from app.hazards.words import Step
from app.ui import theme
from tests.hazards.checks.test_register import LAMP, PILE
from tests.hazards.conftest import TODAY
from tests.hazards.pictures import scene
from tests.ui.look import faults, grab, look_at

ENTER, UP, DOWN = Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_Down


@pytest.fixture
def keys(user):
    """Press one key after the other; a text is typed, then Enter."""

    def keys(*given):
        for key in given:
            if isinstance(key, str) and len(key) > 1:
                user.types(key)
                user.presses(ENTER)
            elif isinstance(key, str):
                user.types(key)
                user.hears()
            else:
                user.presses(key)

    return keys


@pytest.fixture
def begins(user, page, keys):
    """Open the daily round of fire safety and go through its head, as far as the points."""

    def begins():
        made = user.opens(page())
        user.picks("录入检查", "消防每日巡查")
        assert user.reads_blank("检查日期") == "2026年4月1日 星期三"
        assert user.reads_blank("检查类型") == "日"
        keys(ENTER, ENTER, "刘玉兰", "张老师、李敏", ENTER)
        return made

    return begins


def test_a_sheet_is_typed_back_with_keys_alone(user, checks, hazards, keys, begins):
    made = begins()
    keys(ENTER, "x", "应急灯两盏不亮", "二楼走廊", "较大", "王建国")
    keys("1", "2", "防火门前堆课桌", ENTER, "一般", ENTER, "3", ENTER)
    assert user.sees("已填 6/6 条，问题 2 条")
    keys(ENTER)  # the save button has the focus by now
    assert user.sees_dialogs() == []
    (check,) = checks.all()
    assert [said["mark"] for said in check.results] == ["√", "×", "√", "×", "/", "√"]
    assert (check.leader, check.inspectors, check.faults) == ("刘玉兰", "张老师、李敏", 2)
    lamp, pile = (hazards.get(one.uid) for one in checks.found(check.uid))
    assert (lamp.what, lamp.place, lamp.grade) == ("应急灯两盏不亮", "二楼走廊", "较大")
    assert lamp.owner == "王建国"
    assert (pile.place, pile.owner) == ("二楼走廊", "王建国"), "what was said last is offered"
    assert (pile.what, pile.grade) == ("防火门前堆课桌", "一般")
    assert made.chosen_uid() == check.uid
    row = ["2026-04-01", "日", "消防每日巡查", "刘玉兰", "6", "2 条", "JC-2026-0001"]
    assert user.reads_table() == [row]


def test_a_fault_takes_its_photos_along_also_after_a_refusal(user, checks, hazards, keys, begins):
    def photographs(number):
        user.clicks(user.blank("照片").text())
        QApplication.clipboard().setImage(QImage.fromData(scene("前", number)))
        user.presses("Ctrl+V")
        user.clicks("保存")

    begins()
    keys("x", "插线板串接", "机房")
    photographs(1)
    photographs(2)
    assert user.blank("照片").text() == "2 张"
    user.presses("Ctrl+S")
    assert user.sees("还没有结果")
    user.picks_row(0)
    assert user.blank("照片").text() == "2 张"
    user.blank("照片").setFocus()
    keys(ENTER, "x", "门锁着")
    assert user.blank("照片").text() == "添加", "the photos of one fault are not the next one's"
    keys(*[ENTER] * 3, *[ENTER] * 4)
    user.presses("Ctrl+S")
    (check,) = checks.all()
    with_photos, without = (hazards.get(one.uid) for one in checks.found(check.uid))
    assert len(with_photos.photos) == 2 and without.photos is None
    assert all(hazards.photos.load(name) for name in with_photos.photos)


def test_a_slip_is_put_right_by_going_back(user, checks, keys, begins):
    begins()
    keys("x", "写错了", "食堂", ENTER, ENTER)  # point 1, taken back below
    keys(ENTER, UP, UP, "1", DOWN)  # 1 again: the fault of it is gone
    keys(ENTER, Qt.Key.Key_Backspace, "3", ENTER, ENTER, ENTER)
    assert user.sees("已填 6/6 条") and not user.sees("问题 1 条")
    user.presses("Ctrl+S")
    (check,) = checks.all()
    assert [said["mark"] for said in check.results] == ["√", "√", "/", "√", "√", "√"]
    assert check.faults == 0


def test_enter_on_a_point_already_marked_only_goes_on(user, keys, begins):
    begins()
    keys("x", "插线板串接", "机房", ENTER, ENTER, UP, ENTER)
    assert user.sees("已填 1/6 条，问题 1 条")


def test_the_input_method_stays_out_of_the_marks_and_helps_with_the_words(user, keys, begins):
    begins()
    keys(ENTER, ENTER)
    takes_text = Qt.WidgetAttribute.WA_InputMethodEnabled
    assert not QApplication.focusWidget().testAttribute(takes_text)
    keys("x")
    assert QApplication.focusWidget().testAttribute(takes_text)


def test_a_cross_without_words_or_place_is_not_passed(user, checks, keys, begins):
    begins()
    keys("2", ENTER, ENTER, ENTER, ENTER)
    assert user.sees("“问题”没有填。")
    keys("门卡住", ENTER, ENTER, ENTER)
    assert user.sees("“部位”没有填。")
    keys("东门", ENTER, ENTER, ENTER)
    assert user.sees("已填 2/6 条，问题 1 条")


def test_saving_too_early_says_which_points_are_missing_and_goes_there(user, checks, keys, begins):
    begins()
    keys(ENTER, ENTER)
    user.presses("Ctrl+S")
    assert user.sees("第3、4、5、6条还没有结果")
    keys(ENTER)
    assert user.sees("已填 3/6 条") and list(checks.all()) == []
    user.presses(Qt.Key.Key_Escape)
    user.clicks("继续填写")
    assert user.sees("已填 3/6 条")
    user.presses(Qt.Key.Key_Escape)
    user.clicks("放弃")
    assert user.sees_dialogs() == []


def test_who_led_and_who_walked_is_offered_again(user, checks, keys, begins, store):
    begins()
    keys(ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER)
    store.settle()
    user.picks("录入检查", "食堂检查")
    assert user.reads_blank("检查类型") == "周"
    assert user.reads_blank("带队领导") == "刘玉兰"
    assert user.reads_blank("检查人员") == "张老师、李敏"


def test_one_undo_of_the_screen_takes_the_check_and_its_hazards(user, store, page, walked):
    walked({"exits": LAMP})
    made = user.opens(page())
    assert len(user.reads_table()) == 1
    store.undo()
    user.settles()
    assert user.sees("还没有录入检查") and HazardRegister(store).lines() == []
    assert made.chosen_uid() is None


def test_a_hazard_of_a_check_is_one_press_away_and_says_how_it_stands(user, page, walked, hazards):
    entered = walked({"exits": LAMP, "gear": PILE})
    made = user.opens(page())
    made.choose(entered.check.uid)
    user.settles()
    assert user.sees("二楼走廊：应急灯两盏不亮") and user.sees("共6条，有问题2条")
    user.clicks("YH-2026-0001")
    assert made.gone == [entered.hazards[0].uid]
    hazards.void(entered.hazards[1].uid, "登记有误")
    user.settles()
    assert user.sees("另有 1 条隐患已经作废")


def test_the_blank_sheet_and_the_filled_one_are_printed_from_the_page(user, page, walked, tmp_path):
    def saved(name):
        user.clicks("存为PDF")
        user.chooses_file(tmp_path / name)
        user.clicks("关闭")
        with pypdfium2.PdfDocument(tmp_path / name) as pdf:
            return len(pdf), "".join(p.get_textpage().get_text_range() for p in pdf)

    walked({"exits": LAMP})
    user.opens(page())
    user.picks("打印空白表", "食堂检查")
    pages, text = saved("空.pdf")
    assert "陪餐" in text and "带队领导" in text and pages == 1
    user.picks_row(0)
    user.picks("打印", "检查记录（选中的）")
    pages, text = saved("已填.pdf")
    assert "JC-2026-0001" in text and "应急灯两盏不亮" in text and pages == 1


def test_a_check_is_voided_with_a_reason(user, page, walked, hazards):
    walked({"exits": LAMP})
    user.opens(page())
    user.picks_row(0)
    user.clicks("作废")
    assert user.sees("它查出的隐患留在台账里")
    user.clicks("重复录入")
    assert user.sees("还没有录入检查") and len(hazards.lines()) == 1


def test_the_principal_looks_and_prints_but_enters_nothing(user, store, page, walked):
    walked()
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    user.opens(page())
    user.picks_row(0)
    assert not user.sees_button("录入检查") and not user.sees_button("作废")
    assert user.sees_button("打印")


def test_nothing_on_the_page_is_cut_in_any_size(user, page, walked):
    entered = walked({"exits": LAMP, "gear": PILE})
    walked(checklist="check_conduct", kind="学期")
    made = user.opens(page())
    made.choose(entered.check.uid)
    assert look_at(made, "检查") == []


@pytest.mark.parametrize("size", ["小", "中", "大", "特大"])
def test_nothing_in_the_dialog_is_cut_in_any_size(user, page, keys, size):
    theme.apply(QApplication.instance(), size)
    user.opens(page())
    user.picks("录入检查", "食堂检查")
    dialog = user.front()
    assert isinstance(dialog, WalkDialog) and isinstance(dialog, QDialog)
    keys(ENTER, ENTER, "刘玉兰", "张老师、李敏", ENTER, "x")
    user.types("健康证过期两张")
    assert faults(dialog) == []
    assert QApplication.focusWidget().text() == "健康证过期两张"
    grab(dialog, "录入检查", size)
    assert dialog.height() <= 698 and dialog.width() <= 1366


def test_the_second_walk_is_typed_back_with_keys_and_leads_to_the_inspection(
    user, checks, hazards, page, walked, keys
):
    entered = walked({"exits": LAMP, "gear": PILE})
    lamp = entered.hazards[0].uid
    for step in (Step.ASSESS, Step.REPORT, Step.WATCH):
        hazards.sign(lamp, step, by="张老师", on=TODAY)
    hazards.settle(lamp, measures="换灯", owner="王建国", due_on=TODAY)
    hazards.sign(lamp, Step.TREAT, by="王建国", on=TODAY)
    made = user.opens(page())
    made.choose(entered.check.uid)
    user.settles()
    user.clicks("录入复检")
    keys(ENTER, "李敏、刘玉兰", ENTER, "x", "课桌还在")
    assert user.sees("已填 2/2 条，× 1 条")
    keys(ENTER)  # the save button has the focus by now
    assert user.sees_dialogs() == []
    assert user.sees("改好1条，没改好1条") and user.sees(
        "2026年4月1日复检×，李敏、刘玉兰：课桌还在"
    )
    user.clicks("去验收")
    assert user.reads_blank("验收人") == "李敏、刘玉兰"
    user.clicks("保存")
    assert hazards.get(lamp).step == Step.CLOSE
    assert hazards.steps(lamp)[-1].words == "复检已改好，见检查记录JC-2026-0001。"


def test_a_line_of_the_second_walk_may_be_left_open(user, checks, page, walked, keys):
    entered = walked({"exits": LAMP, "gear": PILE})
    made = user.opens(page())
    made.choose(entered.check.uid)
    user.settles()
    user.clicks("录入复检")
    keys(ENTER, "李敏", DOWN, "1")
    user.presses("Ctrl+S")
    assert [one.key for one in checks.waiting(entered.check.uid)] == ["exits"]


def test_several_lists_are_chosen_and_typed_back_as_one_check(user, store, checks, page, keys):
    user.opens(page())
    user.picks("录入检查", "几张一起…")
    assert user.sees("请勾选走过的检查表")
    user.clicks("消防每日巡查（6条）")
    user.clicks("楼道和防踩踏检查（9条）")
    user.clicks("下一步")
    keys(ENTER, ENTER, "刘玉兰", "张老师", "多云")
    for _ in checks.walk("check_fire+check_stairs").keys:
        keys(ENTER)
    keys(ENTER)
    (check,) = checks.all()
    assert check.title == "消防每日巡查、楼道和防踩踏检查" and check.weather == "多云"
    store.settle()
    user.picks("录入检查", "几张一起…")
    assert user.sees("选了 2 张")


@pytest.mark.parametrize("size", ["小", "中", "大", "特大"])
def test_nothing_in_the_dialogs_of_a_second_walk_is_cut(user, page, walked, keys, size):
    theme.apply(QApplication.instance(), size)
    entered = walked({"exits": LAMP, "gear": PILE})
    made = user.opens(page())
    made.choose(entered.check.uid)
    user.settles()
    user.clicks("录入复检")
    keys(ENTER, "李敏", ENTER, "x")
    user.types("课桌还在")
    dialog = user.front()
    assert faults(dialog) == []
    grab(dialog, "录入复检", size)
    user.presses("Ctrl+S")
    user.picks("录入检查", "几张一起…")
    assert faults(user.front()) == []
    grab(user.front(), "几张一起", size)


def test_a_place_of_the_dictionary_is_offered_by_pinyin_for_a_fault(user, store, keys, begins):
    PlaceRegister(store).enter(name="教学楼东楼梯", kind="楼梯和通道", area="教学楼")
    begins()
    keys("x", "灯不亮", "jxldlt")
    assert user.reads_blank("部位") == "教学楼东楼梯"
