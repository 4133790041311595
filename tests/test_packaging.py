"""The built packages: every way of installing PactReader includes the bundled article."""

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[1]
ARTICLE = "russia-north-korea-pact.txt"
OPEN_IT = "from pactreader.formats.sources import bundled_article; print(bundled_article().title)"
TITLE = "Russia-North Korea Pact Raises Concerns Over Potential Military Alliance"


def run_command(*words: str, cwd: Path, path: Path | None = None) -> str:
    environment = {**os.environ, "PYTHONPATH": str(path)} if path else None
    return subprocess.run(
        [sys.executable, *words], cwd=cwd, env=environment, check=True, capture_output=True, text=True
    ).stdout


def build(kind: str, source: Path, into: Path) -> Path:
    run_command("-m", "build", "--no-isolation", f"--{kind}", "--outdir", str(into), str(source), cwd=source)
    (built,) = into.iterdir()
    return built


def install(wheel: Path, into: Path) -> None:
    words = ("install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check", "--target")
    run_command("-m", "pip", *words, str(into), str(wheel), cwd=into.parent)


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """Copy the sources of the packages, so that builds write nothing into the repository."""
    copy = tmp_path / "sources"
    copy.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, copy)
    for name in ("src", "assets"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


def assert_it_opens(installed: Path) -> None:
    bundled = installed / "pactreader" / "assets" / ARTICLE
    assert bundled.read_bytes() == (ROOT / "assets" / ARTICLE).read_bytes()
    assert run_command("-c", OPEN_IT, cwd=installed, path=installed).strip() == TITLE


def test_a_wheel_has_the_bundled_article(sources: Path, tmp_path: Path) -> None:
    install(build("wheel", sources, tmp_path / "dist"), tmp_path / "installed")
    assert_it_opens(tmp_path / "installed")


def test_a_wheel_built_from_the_sdist_has_the_bundled_article(sources: Path, tmp_path: Path) -> None:
    with tarfile.open(build("sdist", sources, tmp_path / "sdist")) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    install(build("wheel", unpacked, tmp_path / "dist"), tmp_path / "installed")
    assert_it_opens(tmp_path / "installed")


def test_an_editable_install_has_the_bundled_article(tmp_path: Path) -> None:
    assert run_command("-c", OPEN_IT, cwd=tmp_path, path=ROOT / "src").strip() == TITLE
