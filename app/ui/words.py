"""Chinese for Qt's own words: its translation, and the few words that lacks."""

from __future__ import annotations

from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from app.ui import RESOURCES

_LACKING = {
    ("QAbstractFileIconProvider", "Alias"): "快捷方式",
    ("QAbstractFileIconProvider", "Drive"): "磁盘",
    ("QAbstractFileIconProvider", "File"): "文件",
    ("QAbstractFileIconProvider", "File Folder"): "文件夹",
    ("QAbstractFileIconProvider", "Folder"): "文件夹",
    ("QAbstractFileIconProvider", "Shortcut"): "快捷方式",
    ("QAbstractFileIconProvider", "Unknown"): "未知",
    ("QAbstractFileIconProvider", "%1 File"): "%1 文件",
    ("QErrorMessage", "An error occurred"): "出错了",
    ("QFileDialog", "&Look in:"): "位置(&L)：",
    ("QFileDialog", "Files of &type:"): "类型(&T)：",
    ("QFileSystemModel", '<b>The name "%1" can not be used.</b><p>Try using another name, '
     "with fewer characters or no punctuations marks."): "“%1”不能用作名称，请换一个。",
    ("QMessageBox", "Help"): "帮助",
    ("QMessageBox", "OK"): "确定",
    ("QPageSetupWidget", "Page &order:"): "页序(&O)：",
    ("QPageSetupWidget", "Pages &per sheet:"): "每张页数(&P)：",
    ("QPrintDialog", "Automatic"): "自动",
    ("QPrintSettingsOutput", "Page &Set:"): "页面(&S)：",
    ("QPrintSettingsOutput", "Duplex Printing"): "双面打印",
    ("QPrintSettingsOutput", "Long side"): "长边",
    ("QPrintSettingsOutput", "None"): "无",
    ("QPrintSettingsOutput", "Short side"): "短边",
    ("QShortcut", "Control"): "Ctrl",
    ("QShortcut", "Keyboard"): "键盘",
}  # fmt: skip


class _Lacking(QTranslator):
    """The words Qt's Chinese translation does not have."""

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        return _LACKING.get((context, source), "")

    def isEmpty(self) -> bool:
        return False


def install_words(app: QApplication) -> None:
    """Let Qt's own buttons, menus and months speak Chinese."""
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app.installTranslator(_Lacking(app))
    words = QTranslator(app)
    if words.load("qtbase_zh_CN", str(RESOURCES)):
        app.installTranslator(words)  # the one installed last is asked first
