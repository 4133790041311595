"""Annotations in the pages of a PDF, and the passages of the text that they are on."""
