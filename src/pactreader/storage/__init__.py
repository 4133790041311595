"""Storage on the disk: the library file, stored texts, the reading state and drafts. Only this package uses TinyDB."""
