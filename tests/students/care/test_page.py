from datetime import date

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from sqlalchemy import select

from app.core.paper import Context, load_papers, print_paper
from app.core.roles import Role, Sitter
from app.core.store import Blobs
from app.core.store.blobs import Blob
from app.ui.seal import Guard
from tests.students.care.conftest import ROOT, TODAY
from tests.ui.look import look_at

HIDDEN = "●●●"


def looks(store):
    store.settle()
    return [a.about for a in store.actions(100) if a.label == "查看关注内容"]


def test_a_pupil_is_entered_and_the_level_is_proposed_as_one_ticks(user, register, page, li_ming):
    user.opens(page())
    user.clicks("登记关注")
    assert user.sees("选好学生、勾好类别")
    user.fills("学生", "lm")
    user.fills("关注类别", "心理")
    assert user.sees("心理需要关注、监护人外出 → 二级")
    assert not user.sees("病种")
    user.fills("就医", "建议就医")
    assert user.sees("建议就医还没有就医、监护人外出 → 二级")
    user.fills("包保人", "孙丽华")
    user.fills("下次日期", "10-16")
    user.clicks("保存")

    (row,) = user.reads_table()
    assert row == ["二级", "李明", "三年级2班", HIDDEN, HIDDEN, "孙丽华", "10-16"]
    assert not user.sees("心理需要") and not user.sees("就医")
    (line,) = register.lines()
    assert register.get(line.uid).doctor == "建议就医"


def test_the_parts_stand_there_only_for_the_categories_that_ask_for_them(user, page, li_ming):
    user.opens(page())
    user.clicks("登记关注")
    for category, blank in (
        ("特异体质", "急救要点（一句话）"),
        ("家庭", "监护能力"),
        ("学困", "薄弱学科"),
    ):
        assert not user.sees(blank)
        user.fills("关注类别", category)
        assert user.sees(blank)
    user.clicks("家庭情况")
    assert not user.sees("监护能力"), "a part folds away"


def test_another_level_without_a_reason_is_refused_beside_the_blank(user, register, page, li_ming):
    user.opens(page())
    user.clicks("登记关注")
    user.fills("学生", "lm")
    user.fills("关注类别", "学困")
    user.fills("包保人", "孙丽华")
    user.fills("下次日期", "10-16")
    user.fills("关注级别", "一级")
    user.clicks("保存")
    assert user.sees("您定的是一级")
    user.fills("和建议不同，原因是", "在家绝食")
    user.clicks("保存")
    assert [line.level for line in register.lines()] == ["一级"]


def test_enter_writes_down_what_was_done_and_the_date_moves(user, register, page, care):
    user.opens(page())
    user.picks_row("李明")
    user.presses(Qt.Key.Key_Return)
    user.fills("方式", "谈心")
    user.fills("日期", "今天")
    user.fills("谁做的", "孙丽华")
    user.fills("内容", "和他聊了家里的事")
    user.presses("Ctrl+S")
    assert [row[-1] for row in user.reads_table()] == ["10-26"]
    assert user.sees("谈心　孙丽华") and not user.sees("聊了家里")
    user.clicks("看这一名")
    assert user.sees("聊了家里")


def test_a_record_is_put_right_or_taken_away(user, store, register, page, care):
    register.record(care.uid, way="谈心", done_on=TODAY, by="孙丽华、周海涛", words="谈了")
    user.opens(page())
    user.clicks("改")
    assert looks(store) == [care.uid]
    assert user.reads_blank("谁做的") == "孙丽华、周海涛"
    user.fills("内容", "谈了家里的事")
    user.clicks("保存")
    user.clicks("看这一名")
    assert user.sees("谈了家里的事")
    user.clicks("改")
    user.clicks("作废这一笔")
    user.clicks("登记错了")
    assert not user.sees("谈了家里的事") and not user.sees_dialogs()
    assert [a.way for a in register.acts(care.uid)] == ["建档"]


def test_a_photo_of_the_signed_sheet_is_kept_with_the_visit(
    user, qtbot, tmp_path, store, register, page, care
):
    picture = tmp_path / "家访表.jpg"
    Image.new("RGB", (900, 600), "white").save(picture)
    user.opens(page())
    user.clicks("记一笔")
    user.fills("方式", "家访")
    user.fills("日期", "明天")
    user.fills("谁做的", "孙丽华")
    user.fills("内容", "祖父签了字")
    user.clicks("照片")
    blank = user.blank("家长签了字的家访表，或者现场照片")
    blank.take([picture])
    qtbot.waitUntil(lambda: bool(blank.value()), timeout=20_000)
    user.clicks("保存")
    with store.read() as session:
        assert session.scalars(select(Blob)).all() == [], "a refused record keeps no photo"
    user.fills("日期", "今天")
    user.clicks("保存")
    (act,) = [a for a in register.sealed(care.uid)[care.uid].acts if a.way == "家访"]
    assert Blobs(store).get(act.photos[0])
    user.clicks("看这一名")
    assert user.sees("照片1张，按“改”看")
    row = register.file(care.student_uid)
    assert [one["caption"] for one in row["pictures"]] == ["照片　2026年10月12日　家访　第1张"]
    forms, _ = load_papers(ROOT / "forms/papers")
    bare = print_paper(forms["care_file"], [row | {"pictures": []}], Context("青石镇小学"))
    full = print_paper(forms["care_file"], [row], Context("青石镇小学", level="内部"))
    assert pictures_in(full.data) == 1 and pictures_in(bare.data) == 0
    store.forget(register.traces(care.student_uid), "清理")
    assert Blobs(store).get(act.photos[0]) is None


def pictures_in(pdf):
    kind = pypdfium2.raw.FPDF_PAGEOBJ_IMAGE
    with pypdfium2.PdfDocument(pdf) as opened:
        return sum(1 for page in opened for _ in page.get_objects(filter=(kind,)))


def test_the_school_says_how_many_talks_weigh_and_the_lines_ask_for_a_look(
    user, store, register, page, care
):
    for day in (1, 2, 3):
        register.record(care.uid, way="谈心", done_on=date(2026, 10, day), by="孙丽华", words="x")
    user.opens(page())
    assert not user.sees("请复核")
    user.clicks("定级标准…")
    user.fills("谈话几次算较重的", "2")
    user.clicks("保存")
    assert user.sees("不能比起算的次数少")
    user.fills("谈话几次算较重的", "3")
    user.fills("较重的几条定一级", "1")
    assert look_at(user.front(), "关注_定级标准", width=0) == []
    user.clicks("保存")
    assert user.sees("按现在的记录建议一级，请复核。")
    assert register.get(care.uid).level == "二级", "what was settled stays"
    user.clicks("复核")
    assert user.sees("本学期3次心理谈话、监护人外出 → 一级")


def test_three_talks_ask_for_a_review(user, register, students, page, li_ming):
    students.correct(li_ming.uid, left_behind=None)
    care = register.begin(li_ming.uid, categories=["心理", "行为"], caretaker="孙丽华")
    register.correct(care.uid, categories=["心理"])
    user.opens(page())
    assert not user.sees("请复核")
    for day in range(1, 7):
        register.record(care.uid, way="谈心", done_on=date(2026, 10, day), by="孙丽华", words="x")
    user.settles()
    assert user.sees("按现在的记录建议二级，请复核。")
    user.clicks("复核")
    assert user.sees("本学期6次心理谈话 → 二级")


def test_the_file_shows_all_of_the_child_and_is_printed_after_an_approval(
    user, store, register, page, care
):
    register.record(care.uid, way="家访", done_on=TODAY, by="孙丽华", words="祖父都好")
    user.opens(page())
    user.clicks("一生一档")
    for word in ("李明", "李建国", "上课不说话", "祖父都好", "还没有发过信"):
        assert user.sees(word), word
    assert looks(store) == [care.uid]
    assert look_at(user.front(), "关注_一生一档", width=0) == []
    user.clicks("打印")
    user.clicks("看打印件")
    assert user.sees("“打印用途”没有填")
    assert look_at(user.front(), "关注_打印", width=0) == []
    user.fills("打印用途", "班主任交接")
    user.fills("批准人", "李校长")
    user.clicks("看打印件")
    user.waits_for("第1页")
    assert "李明" not in user.front().windowTitle()


def test_a_visit_asks_for_more(user, page, care):
    user.opens(page())
    user.clicks("记一笔")
    assert not user.sees("受访人和关系")
    user.fills("方式", "家访")
    assert user.sees("受访人和关系")


def test_what_is_sealed_stays_covered_until_the_eye_and_the_look_is_written_down(
    user, store, page, care
):
    user.opens(page())
    user.picks_row("李明")
    assert not user.sees("上课不说话") and looks(store) == []
    user.clicks("看这一名")
    assert user.sees("上课不说话") and user.sees("→ 二级")
    assert looks(store) == [care.uid]
    user.clicks("显示保密内容")
    assert [row[3] for row in user.reads_table()] == ["心理"]
    assert looks(store) == [None, care.uid]
    user.clicks("盖住保密内容")
    assert not user.sees("心理")


def test_the_cover_of_the_screen_closes_every_eye(user, qtbot, page, care):
    window = QWidget()
    qtbot.addWidget(window)
    guard = Guard(window, lambda _: True, "张老师")
    user.opens(page(guard))
    for eye in ("看这一名", "显示保密内容"):
        user.clicks(eye)
        assert user.sees("上课不说话")
        guard.covered.emit()
        user.settles()
        assert not user.sees("上课不说话")


def test_a_category_can_be_sought_only_while_it_is_open(user, page, care):
    user.opens(page())
    user.fills("搜索", "心理")
    assert user.sees("没有符合条件的记录")
    user.fills("搜索", "lm")
    assert len(user.reads_table()) == 1
    assert not [entry for entry in user.reads_menu("类别") if "心理" in entry]
    user.clicks("显示保密内容")
    (entry,) = [entry for entry in user.reads_menu("类别") if "心理" in entry]
    user.fills("搜索", "")
    user.picks("类别", entry)
    assert len(user.reads_table()) == 1
    user.clicks("盖住保密内容")
    assert len(user.reads_table()) == 1, "what was narrowed by is covered as well"


def test_a_correction_is_a_look_and_says_what_another_window_changed(
    user, store, register, page, care
):
    user.opens(page())
    user.picks("更多", "更正")
    assert looks(store) == [care.uid]
    assert user.reads_blank("主要表现（只写看到的）") == "上课不说话"
    register.correct(care.uid, caretaker="周海涛")
    user.fills("包保人", "李敏")
    user.clicks("保存")
    assert user.sees("包保人由“孙丽华”改为“周海涛”")


def test_released_and_taken_up_again(user, page, care):
    user.opens(page())
    user.picks("更多", "解除关注")
    user.fills("结果", "解除")
    user.fills("日期", "今天")
    user.fills("解除理由", "平稳两个月")
    user.fills("批准人", "李校长")
    user.clicks("保存")
    assert not user.sees("李明")
    user.clicks("已解除")
    assert [row[-1] for row in user.reads_table()] == ["解除"]
    user.waits_for("恢复关注")


def test_no_title_of_a_window_names_a_pupil(user, page, care):
    made = user.opens(page())
    for press in (
        lambda: made.open(care.uid),
        lambda: made.correct(care.uid),
        made.enter,
        lambda: user.clicks("复核"),
    ):
        press()
        user.settles()
        title = user.front().windowTitle()
        assert title and "李明" not in title
        user.front().done(0)
        user.settles()


def test_the_principal_reads_and_writes_nothing(user, store, page, care):
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    made = user.opens(page())
    assert len(user.reads_table()) == 1
    assert not user.sees_button("登记关注") and not user.sees_button("记一笔")
    made.open(care.uid)
    assert user.sees_dialogs() == []


@pytest.mark.parametrize("is_open", [False, True])
def test_it_looks_as_it_should(user, register, students, class_uid, page, care, is_open):
    for number, (name, category) in enumerate(
        (("陈思雨", "特异体质"), ("黄子轩", "家庭"), ("林嘉怡", "学困"), ("欧阳若曦", "留守"))
    ):
        pupil = students.add(name=name, class_uid=class_uid, seat_no=20 + number)
        register.begin(
            pupil.uid,
            categories=[category, "行为"],
            caretaker="周海涛",
            next_on=date(2026, 10, 9 + number * 7),
            illnesses=["先天性心脏病"] if category == "特异体质" else None,
            first_aid="胸闷时立刻坐下，含服随身的药，打电话给母亲和120。",
        )
    register.record(
        care.uid,
        way="谈心",
        done_on=date(2026, 10, 8),
        by="孙丽华、周海涛",
        words="愿意说家里的事了，想念在外打工的父母，晚上睡得晚。",
        next_step="周五打电话给祖父",
    )
    made = user.opens(page())
    if is_open:
        user.clicks("显示保密内容")
    made.choose(care.uid)
    assert look_at(made, f"关注_{'开' if is_open else '盖'}") == []


def test_the_dialogs_look_as_they_should(user, page, care):
    made = user.opens(page())
    for name, opens in (
        ("关注_更正", lambda: made.correct(care.uid)),
        ("关注_记一笔", lambda: made.open(care.uid)),
        ("关注_复核", lambda: user.clicks("复核")),
    ):
        opens()
        user.settles()
        if name == "关注_记一笔":
            user.fills("方式", "家访")
        assert look_at(user.front(), name, width=0) == []
        user.front().done(0)
        user.settles()
