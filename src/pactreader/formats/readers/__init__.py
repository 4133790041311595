"""Parsers of article formats: text to `Article`."""
