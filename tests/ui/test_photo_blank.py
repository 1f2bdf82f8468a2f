"""Photos come into a blank by every way a teacher knows, and leave it again."""

import os
from io import BytesIO

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication, QListWidget, QWidget

from app.core.forms import Field, Form
from app.ui import photo_blank
from app.ui.blanks import Sources
from app.ui.editor import FormEditor
from app.ui.photo_blank import MOST, PhotoBlank
from app.ui.photo_tile import PhotoTile
from app.ui.photo_viewer import PhotoViewer
from tests.ui.look import SIZES, faults, grab

FORM = Form(
    "x", "填整改情况", (Field("words", "整改情况", "long"), Field("photo", "整改后照片", "photo"))
)


@pytest.fixture(autouse=True)
def clipboard(qapp):
    """Nothing of a test stays on the clipboard, which outlives Python and would take it along."""
    yield QGuiApplication.clipboard()
    QGuiApplication.clipboard().clear()


@pytest.fixture
def opens(user):
    def opens(values=None, kept=None, load=None):
        window = QWidget()
        user.opens(window)
        saved = []
        keep = [].append if kept is None else kept.append
        sources = Sources(keep_photo=keep, load_photo=load)
        editor = FormEditor(FORM, saved.append, window, values, sources=sources)
        editor.open()
        user.settles()
        return editor, saved

    return opens


def shot(path, colour="#B08858", size=(1200, 900), age=0):
    picture = Image.new("RGB", size, colour)
    ImageDraw.Draw(picture).ellipse((100, 100, 500, 500), fill="white")
    picture.save(path)
    os.utime(path, (1_774_000_000 - age, 1_774_000_000 - age))
    return path


def files(*paths):
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(user, on, mime):
    """Drag onto a widget and let go, as the file manager does."""
    copy, left, none = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    enter = QDragEnterEvent(QPoint(5, 5), copy, mime, left, none)
    QApplication.sendEvent(on, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(on, QDropEvent(QPointF(5, 5), copy, mime, left, none))
    user.settles()


def copy(mime):
    QGuiApplication.clipboard().setMimeData(mime)


def picture():
    mime = QMimeData()
    image = QImage(900, 600, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.darkGreen)
    mime.setImageData(image)
    return mime


def count(editor):
    return len(editor.values()["photo"] or ())


def test_many_files_are_chosen_at_once(opens, user, tmp_path):
    kept = []
    editor, saved = opens(kept=kept)
    one, two = shot(tmp_path / "一.jpg"), shot(tmp_path / "二.png", "#336699")
    user.clicks("添加照片")
    user.chooses_file(f'"{one}" "{two}"')
    assert count(editor) == 2
    user.clicks("保存")
    assert len(kept) == 2 and len(saved[0]["photo"]) == 2


def test_files_are_dropped_on_the_blank_or_anywhere_in_the_dialog(opens, user, tmp_path):
    editor, _ = opens()
    drop(user, user.blank("整改后照片"), files(shot(tmp_path / "一.jpg")))
    drop(user, editor, files(shot(tmp_path / "二.jpg", "#336699")))
    drop(user, user.blank("整改情况"), files(shot(tmp_path / "三.jpg", "#663399")))
    assert count(editor) == 3
    assert user.reads_blank("整改情况") == "", "no file name is typed into the text"


def test_the_good_ones_of_a_drop_come_in_and_the_bad_ones_are_named(opens, user, tmp_path):
    bad = tmp_path / "文字.jpg"
    bad.write_text("不是照片")
    empty = tmp_path / "空.png"
    empty.write_bytes(b"")
    editor, _ = opens()
    drop(user, editor, files(bad, shot(tmp_path / "好.jpg"), empty))
    assert user.sees("文件“文字.jpg”不是照片，没有添加。\n文件“空.png”是空的，没有添加。")
    assert any("其余1张照片已经加进来。" in text for text in user.texts())
    user.clicks("知道了")
    assert count(editor) == 1


def test_a_picture_or_copied_files_are_pasted_also_from_within_a_text(opens, user, tmp_path):
    editor, _ = opens()
    text = user.blank("整改情况")
    text.setFocus()
    copy(picture())
    user.presses("Ctrl+V")
    assert count(editor) == 1
    copy(files(shot(tmp_path / "一.jpg")))
    user.presses("Ctrl+V")
    assert count(editor) == 2

    mime = picture()
    mime.setText("焊点已加固")  # a cell of a spreadsheet comes as words and as a picture
    copy(mime)
    user.presses("Ctrl+V")
    assert user.reads_blank("整改情况") == "焊点已加固" and count(editor) == 2
    user.blank("整改后照片").setFocus()
    user.presses("Ctrl+V")
    assert count(editor) == 2, "the same picture is there already"


def test_an_empty_clipboard_says_what_to_copy_first(opens, user):
    opens()
    copy(QMimeData())
    user.clicks("粘贴")
    assert user.sees("剪贴板里没有照片。")


def test_a_folder_shows_its_newest_photos_first_to_be_picked_by_keys(opens, user, tmp_path):
    folder = tmp_path / "手机照片"
    folder.mkdir()
    for age, name in enumerate(("新.jpg", "中.jpg", "旧.jpg")):
        shot(folder / name, ("#B08858", "#336699", "#663399")[age], age=age * 86_400)
    (folder / "坏.jpg").write_text("no picture")
    os.utime(folder / "坏.jpg", (1, 1))
    editor, _ = opens()
    drop(user, editor, files(folder))
    tray = user.front().findChild(QListWidget)
    names = [tray.item(n).text() for n in range(tray.count())]
    assert names == ["新.jpg", "中.jpg", "旧.jpg", "坏.jpg"]
    pictures = [tray.item(n).data(Qt.ItemDataRole.UserRole) for n in range(4)]
    assert pictures[3] == "打不开" and not any(isinstance(one, str) for one in pictures[:3])
    assert not user.sees_button("添加选中的照片")
    user.presses(Qt.Key.Key_Space)
    user.presses(Qt.Key.Key_Right)
    user.presses(Qt.Key.Key_Space)
    assert user.sees("已选 2 张")
    assert faults(user.front()) == []
    grab(user.front(), "挑照片", "中")
    user.presses(Qt.Key.Key_Return)
    assert count(editor) == 2


def test_a_folder_without_photos_says_so(opens, user, tmp_path):
    editor, _ = opens()
    drop(user, editor, files(tmp_path))
    assert any("里没有照片。" in text for text in user.texts())


def test_more_photos_than_a_blank_holds_are_not_lost_in_silence(opens, user, tmp_path):
    editor, _ = opens()
    colours = [f"#{40 + 9 * n:02x}8858" for n in range(MOST + 2)]
    paths = [shot(tmp_path / f"{n}.jpg", colour) for n, colour in enumerate(colours)]
    drop(user, editor, files(*paths))
    assert user.sees("一处最多放12张照片，多出来的2张没有添加。")
    user.clicks("知道了")
    assert count(editor) == MOST


def test_a_photo_is_taken_off_by_its_cross_or_by_delete(opens, user, tmp_path):
    kept = []
    editor, saved = opens(kept=kept)
    drop(user, editor, files(shot(tmp_path / "1.jpg"), shot(tmp_path / "2.jpg", "#336699")))
    second = editor.values()["photo"][1]
    user.clicks("去掉第1张照片")
    assert editor.values()["photo"] == [second]
    editor.findChild(PhotoTile).setFocus()
    user.presses(Qt.Key.Key_Delete)
    assert editor.values()["photo"] is None
    user.clicks("保存")
    assert kept == [] and saved[0]["photo"] is None


def test_a_photo_is_seen_large_and_the_arrows_go_on(opens, user, tmp_path):
    editor, _ = opens()
    drop(user, editor, files(shot(tmp_path / "1.jpg"), shot(tmp_path / "2.jpg", "#336699")))
    editor.findChild(PhotoTile).setFocus()
    user.presses(Qt.Key.Key_Return)
    assert isinstance(user.front(), PhotoViewer)
    assert user.sees("整改后照片　第1张") and user.sees("第 1 张，共 2 张")
    for key, at in (
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Right, 2),
        (Qt.Key.Key_Left, 1),
        (Qt.Key.Key_End, 2),
        (Qt.Key.Key_Home, 1),
    ):
        user.presses(key)
        assert user.sees(f"第 {at} 张，共 2 张")
    assert not user.sees_button("去掉这张照片"), "in a dialog that is what the cross is for"
    user.presses(Qt.Key.Key_Escape)
    assert user.front() is editor


def test_cancelling_takes_none_of_them(opens, user, tmp_path, monkeypatch):
    editor, _ = opens()
    made = []

    def slow(path):
        made.append(path)
        for job in photo_blank_jobs():
            job.cancel()
        return path.read_bytes()

    monkeypatch.setattr(photo_blank, "read_photo", slow)
    drop(user, editor, files(shot(tmp_path / "1.jpg"), shot(tmp_path / "2.jpg", "#336699")))
    assert len(made) == 1 and count(editor) == 0
    user.clicks("保存")  # nothing waits any more


def photo_blank_jobs():
    from app.ui.jobs import running_jobs

    return running_jobs()


def test_nothing_is_saved_while_photos_are_still_made_small(opens, user, tmp_path):
    editor, saved = opens()
    editor.findChild(PhotoBlank).take([shot(tmp_path / "1.jpg")])
    editor._try_save()
    assert saved == [] and "照片还没有处理完，请等一下" in user.reads("message")
    user.settles()
    user.clicks("保存")
    assert len(saved[0]["photo"]) == 1


def test_photos_kept_before_stand_in_the_blank_and_are_not_kept_again(opens, user, tmp_path):
    out = BytesIO()
    Image.new("RGB", (200, 100), "#336699").save(out, "JPEG")
    kept = []
    editor, saved = opens({"photo": ["ab" * 32]}, kept, load=lambda name: out.getvalue())
    user.hears()
    assert editor.findChild(PhotoTile).has_picture()
    user.fills("整改情况", "已加固")
    user.clicks("保存")
    assert kept == [] and saved[0]["photo"] == ["ab" * 32]


@pytest.mark.parametrize("size", SIZES)
def test_the_blank_looks_right_in_every_size(opens, user, tmp_path, size):
    from app.ui import theme

    editor, _ = opens()
    drop(user, editor, files(*[shot(tmp_path / f"{n}.jpg", f"#{n}8{n}858") for n in range(1, 7)]))
    theme.apply(QApplication.instance(), size)
    user.settles()
    assert faults(editor) == []
    assert editor.width() <= 720 and editor.height() <= 698
    editor.findChild(QWidget, "inside").findChild(PhotoTile).setFocus()
    grab(editor, "照片框", size)
    editor.findChild(PhotoTile).click()
    user.settles()
    viewer = user.front()
    viewer.resize(1366, 698)
    assert faults(viewer) == []
    grab(viewer, "看照片", size)


def test_no_file_is_left_behind(opens, user, tmp_path, monkeypatch):
    """Photos are made small in memory alone."""
    import tempfile

    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temp"))
    (tmp_path / "temp").mkdir()
    editor, _ = opens()
    copy(picture())
    user.clicks("粘贴")
    drop(user, editor, files(shot(tmp_path / "1.jpg")))
    assert count(editor) == 2
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["1.jpg", "temp"]
