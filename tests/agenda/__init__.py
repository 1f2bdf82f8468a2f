from pathlib import Path

FORMS = Path(__file__).parents[2] / "forms" / "letters"
