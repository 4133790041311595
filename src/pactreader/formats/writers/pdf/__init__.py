"""The parts of the PDF writer: the objects of annotations, and the update that appends them to the file."""
