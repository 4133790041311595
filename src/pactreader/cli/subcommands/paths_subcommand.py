"""`pactreader paths`: the files and directories of PactReader."""

from argparse import Namespace
from typing import TYPE_CHECKING

from pactreader.cli.output import print_line
from pactreader.cli.subcommand import Subcommand

if TYPE_CHECKING:
    from pactreader.storage.paths import Paths


def print_paths(_arguments: Namespace, paths: "Paths") -> None:
    """Print the paths of PactReader's files and directories."""
    by_name = {
        "library": paths.library,
        "texts": paths.texts,
        "backups": paths.backups,
        "settings": paths.settings,
        "state": paths.state,
        "log": paths.log_file,
        "cache": paths.cache,
    }
    for name, path in by_name.items():
        print_line(f"{name:<9} {path}")


SUBCOMMAND = Subcommand(
    name="paths",
    summary="where the library, the settings and everything else is",
    help="Say where the library, the settings and everything else is.",
    run=print_paths,
)
