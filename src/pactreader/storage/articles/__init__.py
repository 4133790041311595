"""The articles of a library: their entries, and which addresses and texts are one article."""
