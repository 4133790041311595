"""The cache of parsed articles, from which a file that has not changed is opened without being parsed."""
