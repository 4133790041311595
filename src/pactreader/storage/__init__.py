"""Where things are kept: the library file, kept texts, reading places, drafts. The only room that knows TinyDB."""
