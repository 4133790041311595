"""HTML: markup to a tree, the tree to blocks."""
