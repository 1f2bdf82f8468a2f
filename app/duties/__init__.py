"""值班排班: who stands where and when; other rooms come in here."""

from app.duties.book import (
    DutyLogRegister,
    GateRegister,
    PatrolRegister,
    SafetyLogRegister,
    Shift,
)
from app.duties.posts import PostFacts, PostRegister, PostSet, load_post_sets

__all__ = [
    "DutyLogRegister",
    "GateRegister",
    "PatrolRegister",
    "PostFacts",
    "PostRegister",
    "PostSet",
    "SafetyLogRegister",
    "Shift",
    "load_post_sets",
]
