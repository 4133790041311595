"""The annotations as they are drawn: cards, and which of them in what order."""
