"""Notices to put things right: issued, signed for, answered; and who has not answered."""
