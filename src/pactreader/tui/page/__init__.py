"""The article as it is drawn: where its lines break, what stands in which cell, where the caret is."""
