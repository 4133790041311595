"""Markdown: its syntax, and its blocks and inline content."""
