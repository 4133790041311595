"""The terminal interface. The only package that imports Textual.

Its packages, each of which may import only those to its right:

    app → session, reading_screen → context → commands → dialogs → notes → page → keys → terminal

    session   the open article in the library: start, saving, monitoring, shutdown
    commands  one module per subject, one function per command
    dialogs   modal dialogs: lists, prompts, the note editor, the help
    notes     the notes panel and its cards
    page      the article as it is drawn: typesetting, caret, viewport, painting
    keys      the registry of commands, the keymap, key capture, the layout of the help
    terminal  the first screen, the driver, the clipboard, signals and the programs beside the terminal
"""
