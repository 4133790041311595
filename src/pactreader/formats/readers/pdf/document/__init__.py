"""The details that a PDF gives of itself: its title, its outline, its links, the names of its pages."""
