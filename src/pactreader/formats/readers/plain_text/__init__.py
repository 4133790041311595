"""The parser of plain text.

`blocks` takes it apart into blocks, asking for each chunk of lines what it is: drawn (`drawn_lines`, `code_lines`), a
list (`lists`), a heading (`headings`), or prose (`prose`). Before, `pages` removes the page breaks of paged texts and
`layout` measures how the whole text is set; afterwards, `titles` finds its title.
"""
