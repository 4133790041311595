"""How the screens over the page stand: a style sheet that the first frame does without."""

from pathlib import Path
from typing import Final

SHEETS: Final = Path(__file__).with_name("sheets.tcss").read_text("utf-8")
"""Read once, so that it is there when no more files can be opened."""
