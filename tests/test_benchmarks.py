"""Every benchmark starts, so that none is left behind by a change of the code that it measures."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parent / "benchmarks"
SCRIPTS = [path for path in BENCHMARKS.glob("*.py") if "ArgumentParser(" in path.read_text("utf-8")]


@pytest.mark.slow
def test_every_benchmark_tells_how_to_run_it():
    started = {
        script.name: subprocess.Popen(
            [sys.executable, str(script), "--help"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for script in (*SCRIPTS, BENCHMARKS / "speed")
    }
    errors = {name: process.communicate()[1].decode() for name, process in started.items()}

    assert len(started) > 5
    assert errors == dict.fromkeys(started, "")
