"""The texts of the articles: one compressed file for each, and sketches of them for comparison."""
