"""The reading session: the open article in the library, saving, monitoring and shutdown."""
