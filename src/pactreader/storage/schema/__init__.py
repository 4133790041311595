"""The records of the library file: their JSON fields, identities and revisions."""
