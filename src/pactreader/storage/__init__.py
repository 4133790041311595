"""Storage on the disk: the library, stored texts, reading state, drafts, the cache. Only this package uses TinyDB."""
