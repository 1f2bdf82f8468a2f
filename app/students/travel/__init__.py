"""The way to school: how each pupil comes and goes, the dangers, the sheet of the school."""
