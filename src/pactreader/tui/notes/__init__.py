"""The notes panel with its cards, and the list widget that panel and dialogs share."""
