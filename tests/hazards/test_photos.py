"""The photos of a hazard: before and after by round, taken off and added again, and who may."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QScrollArea
from sqlalchemy import func, select

from app.core.errors import UserError
from app.core.roles import Role, Sitter
from app.core.store.blobs import Blob
from app.hazards import Step
from app.hazards.album import before_and_after, spreads
from app.ui import theme
from app.ui.photo_tile import PhotoTile
from app.ui.photo_viewer import PhotoViewer
from tests.hazards.conftest import TODAY, sign
from tests.hazards.pictures import scene
from tests.ui.look import SIZES, faults, grab


@pytest.fixture
def hold(hazards):
    """Hold scenes as a dialog does; return their hashes."""

    def hold(mark, *numbers):
        return [hazards.photos.hold(scene(mark, number)) for number in numbers or (1,)]

    return hold


@pytest.fixture
def two_rounds(hazards, report, take_to, hold):
    """A hazard whose work failed once, photographed at every turn."""
    uid = report(photos=hold("前", 1, 2), owner="王建国").uid
    take_to(uid, Step.TREAT)
    sign(hazards, uid, Step.TREAT, attachments=hold("后"))
    failed = hold("验")
    sign(hazards, uid, Step.ACCEPT, verdict="不合格", words="焊点还裂着。", attachments=failed)
    sign(hazards, uid, Step.TREAT, words="重新焊过。", attachments=hold("后", 2, 3))
    sign(hazards, uid, Step.ACCEPT, attachments=hold("验", 2))
    sign(hazards, uid, Step.CLOSE)
    hazards.sides.look_back(uid, by="李敏", on=TODAY, verdict="保持", photos=hold("看"))
    return uid


@pytest.fixture
def opens(user, page, qtbot):
    """Open the page at a closed hazard."""

    def opens(uid):
        made = user.opens(page())
        made.filters.choose_tag("")
        made.choose(uid)
        qtbot.waitUntil(lambda: bool(tiles(made)), timeout=20_000)
        user.settles()
        return made

    return opens


def kept(store):
    with store.read() as session:
        return session.scalar(select(func.count()).select_from(Blob))


def tiles(page):
    return [tile.accessibleName() for tile in page.findChildren(PhotoTile) if tile.isVisible()]


def test_before_and_after_stand_side_by_side_round_by_round(hazards, two_rounds):
    found = spreads(hazards.get(two_rounds), hazards.steps(two_rounds))
    assert [(s.title, len(s.before), None if s.after is None else len(s.after)) for s in found] == [
        ("第1轮", 2, 1),
        ("第2轮", 1, 2),
        ("验收　2026-04-01　刘玉兰", 1, None),
        ("回头看　2026-04-01　李敏", 1, None),
    ]
    captions = [one.caption for s in found for one in (*s.before, *(s.after or ()))]
    assert captions[:3] == [
        "第1轮整改前　2026-03-30　张老师　第1张",
        "第1轮整改前　2026-03-30　张老师　第2张",
        "第1轮整改后　2026-04-01　王建国",
    ]


def test_paper_shows_how_it_was_found_and_the_newest_finished_work(hazards, report, hold, take_to):
    before, after = hold("前", 1, 2), hold("后")
    uid = report(photos=before, owner="王建国").uid
    take_to(uid, Step.TREAT)
    sign(hazards, uid, Step.TREAT, attachments=after)
    assert before_and_after(hazards.get(uid), hazards.steps(uid)) == (before, after)
    sign(hazards, uid, Step.ACCEPT, verdict="不合格")
    assert before_and_after(hazards.get(uid), hazards.steps(uid)) == (before, []), "undone work"


def test_photos_are_kept_in_the_change_that_names_them_or_not_at_all(store, hazards, report, hold):
    with pytest.raises(UserError):
        report(photos=hold("前"), found_on=date(2026, 4, 2))  # tomorrow
    assert kept(store) == 0
    (name,) = hold("前")
    report(photos=[name])
    assert kept(store) == 1 and hazards.photos.load(name) == scene("前")
    assert [action.label for action in store.actions(10)].count("存入附件") == 0
    assert store.actions(1)[0].label == "登记隐患"


def test_what_is_put_right_on_the_spot_keeps_both_its_sides(store, hazards, hold):
    before, after = hold("前", 1, 2), hold("后")
    finding = {
        "found_on": TODAY, "found_by": "张老师", "category": "消防安全", "place": "食堂",
        "what": "灭火器被挡住", "grade": "一般", "photos": before,
    }  # fmt: skip
    fixed = {"by": "李敏", "on": TODAY, "assessor": "张老师", "measures": "移开", "words": "已移开"}
    uid = hazards.sides.report_fixed(finding, **fixed, attachments=after).uid
    assert before_and_after(hazards.get(uid), hazards.steps(uid)) == (before, after)
    assert all(hazards.photos.load(name) for name in (*before, *after))


def test_a_photo_taken_off_comes_back_by_undo_and_its_hash_stays_in_the_journal(
    store, hazards, report, hold
):
    first, second = names = hold("前", 1, 2)
    uid = report(photos=names).uid
    hazards.photos.take_off(uid, first)
    assert hazards.get(uid).photos == [second]
    journal = [change.before for _, change in store.history(uid) if change.before]
    assert any(first in (before.get("photos") or ()) for before in journal)
    assert hazards.photos.load(first), "the bytes stay, so that undo has something to show"
    assert store.undo() == "去掉照片"
    assert hazards.get(uid).photos == names
    hazards.photos.take_off(uid, first)
    with pytest.raises(UserError, match="已经去掉了"):
        hazards.photos.take_off(uid, first)


def test_photos_of_a_step_are_added_and_taken_off_later(store, hazards, report, hold, take_to):
    uid = report(owner="王建国").uid
    take_to(uid, Step.ACCEPT)
    (treated,) = [record for record in hazards.steps(uid) if record.step == Step.TREAT]
    (name,) = hold("后")
    hazards.photos.add(treated.uid, [name])
    hazards.photos.add(treated.uid, [name])
    (treated,) = [record for record in hazards.steps(uid) if record.step == Step.TREAT]
    assert treated.attachments == [name], "the same one once"
    hazards.photos.take_off(treated.uid, name)
    assert store.undo() == "去掉照片"
    store.settle()
    about = [action.label for action in store.actions(20, about=uid)]
    assert "补治理照片1张" in about and "去掉治理照片1张" in about


def test_only_who_may_work_on_a_hazard_adds_or_takes_off_its_photos(store, hazards, report, hold):
    (name,) = hold("前")
    uid = report(photos=[name]).uid
    for role in (Role.PRINCIPAL, Role.TEACHER, Role.DUTY):
        store.sitter = Sitter("某人", role)
        assert hazards.photos.load(name), "who sees the hazard sees its photos"
        for act in (
            lambda: hazards.photos.add(uid, [name]),
            lambda: hazards.photos.take_off(uid, name),
        ):
            with pytest.raises(UserError, match="不能处理隐患"):
                act()
    assert hazards.get(uid).photos == [name]


def test_a_rebound_begins_with_the_photos_of_the_second_look(hazards, report, hold, take_to):
    uid = report(owner="王建国").uid
    take_to(uid, None)
    names = hold("看")
    again = hazards.sides.look_back(uid, by="李敏", on=TODAY, verdict="反弹", photos=names)
    assert hazards.get(again.uid).photos == names
    assert hazards.steps(uid)[-1].attachments == names


def test_no_photo_goes_into_the_data_file_or_a_list(hazards, two_rounds):
    for name in ("handover", "list", "ledger", "self_check", "platform"):
        rows = hazards.views[name]({})
        said = repr(rows)
        hazard = hazards.get(two_rounds)
        assert rows and not any(one in said for one in hazard.photos), name
        assert "photo" not in said and "JFIF" not in said


def test_the_pane_shows_them_by_round_and_one_is_seen_large_and_taken_off(
    user, store, hazards, opens, two_rounds
):
    made = opens(two_rounds)
    for word in ("第1轮整改前", "第1轮整改后", "第2轮整改前", "第2轮整改后"):
        assert user.sees(word)
    names = tiles(made)
    assert len(names) == 8 and names[2] == "第1轮整改后　2026-04-01　王建国"
    assert all(t.has_picture() for t in made.findChildren(PhotoTile) if not _is_away(t))

    first = made.findChildren(PhotoTile)[0]
    first.setFocus()
    user.presses(Qt.Key.Key_Return)
    assert isinstance(user.front(), PhotoViewer) and user.sees("第 1 张，共 8 张")
    user.presses(Qt.Key.Key_Right)
    assert user.sees("第1轮整改前　2026-03-30　张老师　第2张")
    user.clicks("去掉这张照片")
    user.clicks("去掉")
    assert user.sees("第 2 张，共 7 张") and len(hazards.get(two_rounds).photos) == 1
    user.presses(Qt.Key.Key_Escape)
    assert len(tiles(made)) == 7
    store.undo()
    user.settles()
    assert len(tiles(made)) == 8


def _is_away(tile):
    return tile.visibleRegion().isEmpty()


def test_who_may_only_look_is_offered_no_cross_and_no_way_to_add(user, store, opens, two_rounds):
    store.sitter = Sitter("李校长", Role.PRINCIPAL)
    opens(two_rounds)
    assert not user.sees_button("补照片")
    user.clicks("第1轮整改后　2026-04-01　王建国")
    assert user.sees("第 3 张，共 8 张") and not user.sees_button("去掉这张照片")


def test_photos_that_came_later_are_added_where_they_belong(
    user, hazards, page, report, take_to, tmp_path
):
    uid = report(owner="王建国").uid
    take_to(uid, Step.ACCEPT)
    (tmp_path / "修好.jpg").write_bytes(scene("后"))
    made = user.opens(page())
    made.choose(uid)
    user.settles()
    user.clicks("补照片")
    user.fills("放在哪里", "整改后（4月1日，王建国）")
    user.clicks("添加照片")
    user.chooses_file(tmp_path / "修好.jpg")
    assert faults(user.front()) == []
    grab(user.front(), "补照片", "中")
    user.clicks("保存")
    (treated,) = [record for record in hazards.steps(uid) if record.step == Step.TREAT]
    assert len(treated.attachments) == 1
    assert user.sees("整改前") and user.sees("还没有照片") and user.sees("整改后")


@pytest.mark.parametrize("step", [Step.ASSESS, Step.REPORT, Step.WATCH, Step.ACCEPT, Step.CLOSE])
def test_every_step_takes_photos_along(user, hazards, page, report, take_to, tmp_path, step):
    uid = report(owner="王建国").uid
    take_to(uid, step)
    (tmp_path / "照.jpg").write_bytes(scene("验"))
    made = user.opens(page())
    made.open(uid)
    user.settles()
    labels = {Step.ASSESS: "评估人", Step.REPORT: "报告人", Step.WATCH: "监控责任人"}
    labels |= {Step.ACCEPT: "验收人", Step.CLOSE: "销账人"}
    days = {Step.WATCH: "开始日期"}
    user.fills(labels[step], "刘玉兰")
    user.fills(days.get(step, f"{step}日期"), "今天")
    if step is Step.ASSESS:
        user.fills("隐患等级", "一般")
    if step is Step.ACCEPT:
        user.fills("验收结论", "合格")
    user.blank(f"{step}照片")
    user.clicks("添加照片")
    user.chooses_file(tmp_path / "照.jpg")
    user.clicks("保存")
    newest = [record for record in hazards.steps(uid) if record.step == step][-1]
    assert len(newest.attachments) == 1 and hazards.photos.load(newest.attachments[0])


@pytest.mark.parametrize("act", ["挂账", "退回"])
def test_acts_beside_the_steps_take_photos_too(user, hazards, page, report, tmp_path, take_to, act):
    uid = report(owner="王建国").uid
    take_to(uid, Step.TREAT)
    (tmp_path / "照.jpg").write_bytes(scene("看"))
    made = user.opens(page())
    made.choose(uid)
    user.picks("更多", act)
    front = user.front()
    for box in front._boxes.values():
        if box.field.kind == "photo":
            continue
        value = {"date": "今天", "person": "李敏", "long": "现在修不了"}[box.field.kind]
        if box.field.key == "look_on":
            value = "2026-4-20"
        user.fills(box.field.label, value)
    user.clicks("添加照片")
    user.chooses_file(tmp_path / "照.jpg")
    user.clicks("保存")
    assert hazards.steps(uid)[-1].step == act
    assert len(hazards.steps(uid)[-1].attachments) == 1


@pytest.mark.parametrize("size", SIZES)
def test_the_pane_with_photos_looks_right_in_every_size(user, opens, two_rounds, size):
    made = opens(two_rounds)
    theme.apply(QApplication.instance(), size)
    user.settles()
    if theme.is_large():
        user.clicks("措施和照片")
    shown = [tile for tile in made.findChildren(PhotoTile) if tile.isVisible()]
    (scroller,) = [a for a in made.findChildren(QScrollArea) if a.isAncestorOf(shown[4])]
    scroller.ensureWidgetVisible(shown[4])
    user.settles()
    assert faults(made) == []
    grab(made, "隐患照片", size)
