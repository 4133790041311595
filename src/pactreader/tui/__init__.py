"""What the reader sees: the only room that knows Textual.

The rooms in it, each of which may use only those to its right:

    app → reading_screen → commands → dialogs → notes → page → keys → terminal
"""
