"""What a PDF says of itself: its title, its outline, its links, the names of its pages."""
