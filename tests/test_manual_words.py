"""The chapters that are read off the code say everything that the code says."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "build"))

import docs_words  # noqa: E402

from app.core.manual import Chapter, pieces_of  # noqa: E402

# What is said again with more to it, or put together from faults that only the moment knows.
SAID_ELSEWHERE = {
    "calendar/themes.py: f\"{'；'.join(faults)}。\"",
    "core/founding.py: f'{said}。'",
    "core/photos.py: '\\n'.join((error.what for error in refused))",
    "core/store/trouble.py: what",
    "handover/reports/register.py: said",
    "incident_commands.py: '；'.join(wrong) + '。'",
    "ledgers/register.py: '；'.join(wrong) + '。'",
    "letter_commands.py: ''.join(what)",
    "letters/wording.py: f'{fault}。'",
    "students/care/register.py: '；'.join(faults) + '。'",
    "students/student_dialog.py: f'{error}。'",
}


def test_every_message_of_the_program_stands_in_the_manual():
    assert set(docs_words.unworded()) == SAID_ELSEWHERE


def test_every_command_stands_whole_in_one_line_of_its_table():
    chapter = Chapter("commands", "全部命令", "", docs_words.commands())
    (rows,) = (piece.rows for piece in pieces_of(chapter) if piece.kind == "table")
    assert all(len(row) == 2 and all(row) for row in rows)
    said = {words for words, _ in rows}
    assert any(words.startswith("students leave 转出|休学|毕业 STUDENT") for words in said)


def test_the_chapters_in_the_manual_are_those_of_this_code():
    for name, made in (("messages", docs_words.messages()), ("commands", docs_words.commands())):
        kept = (ROOT / "docs" / "manual" / f"{name}.md").read_text("utf-8")
        assert kept == made, f"docs/manual/{name}.md is old: run dev.py docs --words"
