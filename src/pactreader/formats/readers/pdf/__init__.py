"""The parts of the PDF reader.

`child_process` runs `worker` in a process of its own, so that a fault of pdfium ends that alone; they talk by `messages`.
In the child, `document` is the open file, `page_characters` what stands on a page, and `layout` makes blocks of it.
"""
