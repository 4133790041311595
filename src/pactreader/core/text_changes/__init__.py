"""The changes between two texts: as passages that a person looks at, as words, and as a unified diff."""
