"""Fetching of pages from the web, with the standard library alone. Its modules are imported when a page is fetched."""
