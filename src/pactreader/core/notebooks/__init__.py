"""The notebook of an article: its annotations in reading order, and their undo history."""
