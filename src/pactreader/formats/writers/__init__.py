"""Writers of export formats: `Notebook` to text."""
