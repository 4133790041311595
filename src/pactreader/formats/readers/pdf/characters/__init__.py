"""The characters of a page with their places and their looks, as pdfium tells them and as readers need them."""
