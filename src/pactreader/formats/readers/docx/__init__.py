"""Word documents: their parts made ready for mammoth, and what it does not read."""
