"""The chapters that are read off the code say everything that the code says."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "build"))

import docs_words  # noqa: E402

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
