"""值班排班: who stands where and when; other rooms come in here."""

from app.duties.posts import PostFacts, PostRegister, PostSet, load_post_sets

__all__ = ["PostFacts", "PostRegister", "PostSet", "load_post_sets"]
