"""Records: articles, annotations and changes as JSON objects, and the revisions of each."""
