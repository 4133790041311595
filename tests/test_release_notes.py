"""The release workflow takes its notes from the changelog, and stops at a tag that is not the version."""

import subprocess
import sys
from pathlib import Path

import pactreader

ROOT = Path(__file__).parents[1]


def print_release_notes(tag: str) -> subprocess.CompletedProcess[str]:
    command = (sys.executable, str(ROOT / ".ci" / "release_notes.py"), tag)
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def test_notes_are_the_section_of_the_version():
    done = print_release_notes(f"v{pactreader.__version__}")

    assert done.returncode == 0, done.stderr
    assert "### Added" in done.stdout
    assert "## [" not in done.stdout


def test_tag_of_another_version_is_refused():
    done = print_release_notes("v999.0.0")

    assert done.returncode == 1
    assert done.stdout == ""
    assert done.stderr == f"The tag is v999.0.0, and the version of the package {pactreader.__version__}.\n"


def test_changelog_begins_with_what_is_unreleased():
    headings = [
        line for line in (ROOT / "CHANGELOG.md").read_text("utf-8").splitlines() if line.startswith("## ")
    ]

    assert headings[0] == "## [Unreleased]"
    assert headings[1].startswith(f"## [{pactreader.__version__}] - ")
