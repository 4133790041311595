"""The speed of PactReader on a real terminal (Linux): `python tests/benchmarks/speed [--rounds N] [--only NAME …]`."""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.speed.command_line import COMMANDS, LARGE_LIBRARY_COMMANDS
from benchmarks.speed.figures import Results, table
from benchmarks.speed.key_costs import KEYS, SITTING
from benchmarks.speed.large_library import LARGE_LIBRARY
from benchmarks.speed.samples import Samples
from benchmarks.speed.setting import Build, Setting
from benchmarks.speed.starts import CHANGED, FIRST_KEY, MARKDOWN, STARTS

ROUNDS: Final = 9
SCENARIOS: Final = (
    STARTS,
    MARKDOWN,
    FIRST_KEY,
    CHANGED,
    KEYS,
    SITTING,
    COMMANDS,
    LARGE_LIBRARY,
    LARGE_LIBRARY_COMMANDS,
)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [scenario.name for scenario in SCENARIOS]
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="measurements of each figure")
    parser.add_argument("--only", nargs="+", choices=names, default=names, help="what is measured")
    parser.add_argument(
        "--build", nargs=2, action="append", default=[], metavar=("NAME", "PYTHON"), help="another build"
    )
    parser.add_argument("--samples", type=Path, help="a directory in which the samples are kept")
    parser.add_argument("--results", type=Path, help="a file to which the results are written")
    options = parser.parse_args()
    builds = [Build("pactreader", sys.executable), *(Build(*build) for build in options.build)]
    results = Results()
    chosen = [scenario for scenario in SCENARIOS if scenario.name in options.only]
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        setting = Setting(directory, Samples(options.samples or directory / "samples"), builds)
        for round_number in range(options.rounds):
            for scenario in chosen:
                if round_number < scenario.most_rounds:
                    for build in builds:
                        print(f"round {round_number + 1}: {scenario.name}, {build.name}", file=sys.stderr)
                        for measurement in scenario.measure(setting, build):
                            results.add(build.name, measurement)
            if options.results:
                results.write(options.results)
    figures = [figure for scenario in chosen for figure in scenario.figures]
    print("\n".join(table(results, results.programs, figures)))


if __name__ == "__main__":
    main()
