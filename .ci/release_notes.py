"""The notes of a release: the section of its version in CHANGELOG.md.

`python .ci/release_notes.py v0.2.0` prints them. It fails if the tag is not the version of the package, or the
changelog has no section for it.
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def package_version(root_module: str) -> str:
    """Return the version that the text of `pactreader/__init__.py` declares."""
    (version,) = re.findall(r'^__version__ = "(.+)"$', root_module, re.MULTILINE)
    return version


def notes_for(version: str, changelog: str) -> str:
    r"""Return the body of the section of a version, without its heading; empty if there is none.

    Example:
        `notes_for("0.2.0", "## [0.2.0] - 2027-01-05\n\n- New.\n\n## [0.1.0]")` gives `- New.`
    """
    found = re.search(
        rf"^## \[{re.escape(version)}\].*?\n(.*?)(?=^## \[|\Z)", changelog, re.MULTILINE | re.DOTALL
    )
    return found[1].strip() if found else ""


def main(tag: str) -> None:
    """Print the notes for a tag.

    Raises:
        SystemExit: The tag is not `v` and the version, or the changelog says nothing of it.
    """
    version = package_version((ROOT / "src/pactreader/__init__.py").read_text("utf-8"))
    if tag != f"v{version}":
        sys.exit(f"The tag is {tag}, and the version of the package {version}.")
    notes = notes_for(version, (ROOT / "CHANGELOG.md").read_text("utf-8"))
    if not notes:
        sys.exit(f"CHANGELOG.md has no section for {version}.")
    sys.stdout.buffer.write(f"{notes}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1])
