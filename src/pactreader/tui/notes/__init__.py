"""Annotations as the panel beside the article shows them, and the list that all lists are drawn by."""
