"""The JSON of the lines of a library file."""

import json
from typing import Final

encode: Final = json.JSONEncoder(separators=(",", ":")).encode
"""The JSON encoder for the file. It writes ASCII, as TinyDB reads with the encoding of the locale."""
