"""What the reader sees: the only room that knows Textual."""
