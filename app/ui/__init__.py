"""The first floor: what every room's screen is made of."""

from pathlib import Path

RESOURCES = Path(__file__).parents[2] / "resources"
