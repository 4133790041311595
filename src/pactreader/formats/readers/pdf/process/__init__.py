"""The child process that reads a PDF, and the messages between it and its parent."""
