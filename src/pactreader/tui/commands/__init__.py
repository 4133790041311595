"""The commands of the terminal interface, one module a subject."""
