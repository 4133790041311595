"""Readers: parsers of article formats, from bytes to `Article`."""
