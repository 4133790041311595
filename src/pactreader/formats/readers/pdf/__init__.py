"""The parts of the PDF reader.

`supervision` reads a file by one `child_process` after another, so that a fault of pdfium ends that alone, and `reports`
says what came of it. The child runs `worker`; they talk by `messages`. In the child, `text_reading` reads the file page
by page: `document` is what the file says of itself, `page_characters` what stands on a page, and `layout` makes blocks of
it.
"""
