"""EPUB: the archive, its package document, its contents and the documents in reading order.

The format is that of EPUB 2.0.1 and of EPUB 3.3, https://www.w3.org/TR/epub-33/.
"""
