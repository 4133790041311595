"""reStructuredText: what docutils does not know, and its tree made ready for the walker of HTML."""
