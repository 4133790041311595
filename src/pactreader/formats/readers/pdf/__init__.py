"""The parts of the PDF reader.

`process` has the child process in which pdfium runs, so that a fault of it ends that alone, and its messages. In the
child, `text_reading` reads a file page by page: `document` is what it says of itself, `characters` what stands on a page,
`layout` makes blocks of that, and `annotations` finds what other programs marked in them.
"""
