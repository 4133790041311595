"""Interfaces to the terminal, the shell and other programs."""
