"""Modal dialogs: lists, prompts, the note editor, the help."""
