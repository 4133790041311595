"""What comes in and what goes out: bytes become articles, notebooks become Markdown."""
