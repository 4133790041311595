"""The state directory: reading positions, bookmarks, the state of the window, and drafts of notes."""
