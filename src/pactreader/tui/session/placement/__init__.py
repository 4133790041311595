"""The placement of anchors in the open article: of its annotations, and of the position at which it opens."""
