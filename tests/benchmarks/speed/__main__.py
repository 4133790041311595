"""The speed of PactReader on a real terminal: run it with `python tests/benchmarks/speed [--rounds N]` (Linux).

In each round every program is measured in turn, so that other load on the machine affects all of them alike, and each
value stands beside a yardstick of the same round: a bare Textual app that shows the bundled article, `json.loads` of
1 MB, the same in a small article or library, or the imports that a command needs. The table gives medians: of the
ratios to the yardstick, and of the values. Times depend on the machine; the ratios hardly do. `!` is before a figure
that misses its goal.

"As it was left" is a second opening with nothing changed in between; "the normal way" is the same without the screen
that was kept for it. A first text is there when the terminal has its first words; the last byte of a key when the
program has written all its effects.

`--build NAME PYTHON` measures another build beside this one: that which an interpreter imports. `--peers DIR` measures
less, vim, and programs on PyPI, each installed in an environment of its own in the directory. `--readme` makes README's
chart and sentences from the results; they need at least "starts" and "keys", or an earlier run with them (`--from FILE …`).
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).parents[2]))

from benchmarks.speed.chart import ratios_of, write_all
from benchmarks.speed.command_line import COMMANDS, LARGE_LIBRARY_COMMANDS
from benchmarks.speed.figures import Measurement, Results, table
from benchmarks.speed.key_costs import KEYS, SITTING
from benchmarks.speed.large_library import LARGE_LIBRARY
from benchmarks.speed.peers import PEER_FIGURES, Peer, installed_peers, measure_peer, write_texts
from benchmarks.speed.samples import Samples
from benchmarks.speed.scenario import Scenario
from benchmarks.speed.setting import Build, Setting
from benchmarks.speed.starts import CHANGED, FIRST_KEY, MARKDOWN, STARTS

ROUNDS: Final = 9
PEER_ROUNDS: Final = 3
"""Rounds in which other programs are measured, some of which take most of a minute to show 3 MB."""
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


def arguments() -> argparse.Namespace:
    """Return the arguments of the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    names = [scenario.name for scenario in SCENARIOS]
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="measurements of each figure")
    parser.add_argument("--only", nargs="*", choices=names, default=names, help="what is measured")
    parser.add_argument("--build", nargs=2, action="append", default=[], metavar=("NAME", "PYTHON"))
    parser.add_argument("--peers", type=Path, metavar="DIR", help="measure other programs too")
    parser.add_argument(
        "--samples", type=Path, metavar="DIR", help="where the samples are kept for further runs"
    )
    parser.add_argument("--results", type=Path, metavar="FILE", help="write the results of each round")
    parser.add_argument(
        "--from", type=Path, nargs="+", metavar="FILE", dest="earlier", help="show results of earlier runs"
    )
    parser.add_argument("--readme", action="store_true", help="make README's chart and sentences")
    return parser.parse_args()


def measure(options: argparse.Namespace, scenarios: list[Scenario]) -> Results:
    """Measure all programs in rounds."""
    builds = [Build("pactreader", sys.executable), *(Build(*build) for build in options.build)]
    peers = list(installed_peers(options.peers)) if options.peers else []
    results = Results()
    with tempfile.TemporaryDirectory() as temporary:
        directory = Path(temporary)
        setting = Setting(directory, Samples(options.samples or directory / "samples"), builds)
        write_texts(setting.texts)
        for number in range(options.rounds):
            for name, program, measured in _measured(setting, scenarios, peers, number):
                print(f"round {number + 1}: {name}, {program}", file=sys.stderr)
                try:
                    results.add(program, measured)
                except (TimeoutError, AssertionError, subprocess.CalledProcessError) as error:
                    print(f"{name} is left out: {error}", file=sys.stderr)
                if options.results:
                    results.write(options.results)
    return results


def _measured(
    setting: Setting, scenarios: list[Scenario], peers: list[Peer], number: int
) -> Iterator[tuple[str, str, Iterator[Measurement]]]:
    """Yield the scenario's name, the program's name, and its measurements, for each scenario and program of a round."""
    for scenario in scenarios:
        if number < scenario.most_rounds:
            for build in setting.builds:
                yield scenario.name, build.name, scenario.measure(setting, build)
    for peer in peers if number < PEER_ROUNDS else ():
        yield "peers", peer.name, measure_peer(setting, peer)


def main() -> None:
    """Measure and print the table."""
    options = arguments()
    scenarios = [scenario for scenario in SCENARIOS if scenario.name in options.only]
    results = Results.read(*options.earlier) if options.earlier else measure(options, scenarios)
    figures = [figure for scenario in SCENARIOS for figure in scenario.figures]
    print("\n".join(table(results, figures)))
    print("\n".join(table(results, PEER_FIGURES)))
    if options.readme:
        try:
            write_all(ratios_of(results))
        except LookupError as error:
            raise SystemExit(f"README is left as it is: {error}.") from error


if __name__ == "__main__":
    main()
