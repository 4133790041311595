"""PactReader: read an article in the terminal, mark it with a pen of keys, keep every note.

The rooms, each of which may use only those to its right:

    __main__ → cli → tui → storage, formats → core

    core      what PactReader is: articles, passages, anchors, annotations, notebooks. No disk, no screen.
    formats   what comes in and what goes out: bytes to articles, notebooks to Markdown.
    storage   where things are kept: the library file, drafts, reading places. The only room that knows TinyDB.
    tui       what the reader sees. The only room that knows Textual.
    cli       the command line: it builds the parts and runs one command.

This module imports nothing, so that asking for the version costs nothing.
"""

__version__ = "0.1.0"
