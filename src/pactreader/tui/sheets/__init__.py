"""What is laid over the page for a while: lists, prompts, the note editor, the help."""
