"""Alignment of a former text with the present one: lines, clauses and tokens that are the same in both."""
