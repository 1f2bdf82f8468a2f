"""岗位: what is stood where and when, and what it asks of people."""

from app.duties.posts.records import DutyPost
from app.duties.posts.register import PostRegister
from app.duties.posts.rules import PostFacts
from app.duties.posts.sets import PostSet, load_post_sets

__all__ = ["DutyPost", "PostFacts", "PostRegister", "PostSet", "load_post_sets"]
