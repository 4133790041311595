"""Merging copies of the library, conflicts between them, and conflict files of file synchronisers."""
