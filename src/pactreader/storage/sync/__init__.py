"""Synchronisation: merging copies of the library, conflicts, and the conflict files of synchronisers."""
