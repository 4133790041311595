"""Annotations, their labels, and the notebook of an article with its undo history."""
