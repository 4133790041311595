"""The entry point of `pactreader` and `python -m pactreader`."""

import sys

from pactreader.cli import run


def main() -> None:
    """Run the command line, and exit with its exit code."""
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
