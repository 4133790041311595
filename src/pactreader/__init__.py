"""PactReader: read an article in the terminal, mark it with the keyboard, keep every note.

The packages, each of which may import only those to its right:

    __main__ → cli → tui → storage, formats, settings → core

    core      articles, text units, anchors, annotations and notebooks. No disk, no screen.
    formats   bytes to articles, notebooks to Markdown and other formats.
    settings  config.toml: the settings, their ranges and defaults.
    storage   the library file, kept texts, reading state, backups, the cache. The only package that imports TinyDB.
    tui       the terminal interface. The only package that imports Textual.
    cli       the command line: one module per subcommand.

This module imports nothing, so that importing it is fast.
"""

__version__ = "0.1.0"
SUBCOMMANDS = ("library", "notes", "export", "text", "diff", "merge", "doctor", "settings", "paths")
"""The names of the subcommands, in the order of the overview. Each has a module in `cli`, as `notes_subcommand`."""
