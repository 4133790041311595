"""Web pages: decoding, metadata, and the article in the page."""
