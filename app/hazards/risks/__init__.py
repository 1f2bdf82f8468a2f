"""Risks (双重预防): the points that may go wrong, how gravely, and who keeps each in hand."""
