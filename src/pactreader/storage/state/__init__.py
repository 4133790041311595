"""The state directory: reading positions, bookmarks, window state and drafts of notes."""
