"""Where a dialog stands: in the middle of its window, and never below the screen."""

import pytest
from PySide6.QtWidgets import QWidget

from app.core.forms import Field, Form
from app.ui.editor import FormEditor
from app.ui.sheet import Sheet
from app.ui.widgets import button, label, vbox

MORE = "更多（情况4、情况5、情况6等 8 项，可以不填）"
FORM = Form("x", "登记", tuple(Field(f"f{n}", f"情况{n}", "long", more=n > 3) for n in range(12)))
OFF_BY_PX = 8  # the frame counts on one side only


@pytest.fixture
def window(user):
    return user.opens(QWidget())


def is_on_screen(dialog):
    return dialog.screen().availableGeometry().contains(dialog.frameGeometry())


def is_in_the_middle(dialog, window):
    return abs(dialog.geometry().center().x() - window.geometry().center().x()) <= OFF_BY_PX


def test_a_long_sheet_stands_in_the_middle_and_its_buttons_on_the_screen(window, user):
    body = vbox(*(label(f"第{n}行") for n in range(60)))
    sheet = Sheet(window, "名单", body, [button("关闭")])
    sheet.open()
    user.settles()
    assert is_on_screen(sheet) and is_in_the_middle(sheet, window)


def test_a_form_that_grows_goes_up_rather_than_off_the_screen(window, user):
    form = FormEditor(FORM, lambda _: None, window)
    form.open()
    user.settles()
    assert is_on_screen(form) and is_in_the_middle(form, window)
    before = form.height()
    user.clicks(MORE)
    user.settles()
    assert form.height() > before and is_on_screen(form)
