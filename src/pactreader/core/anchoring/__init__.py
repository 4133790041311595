"""Anchoring: describing passages, and finding them again in a text that may have changed."""
