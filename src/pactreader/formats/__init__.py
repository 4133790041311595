"""File formats: readers turn bytes into articles, writers turn notebooks into text."""
