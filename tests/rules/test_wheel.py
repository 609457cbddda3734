"""What is released is the wheel: it must carry everything and need nothing of this checkout."""

import os
import subprocess
import sys
import venv
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[2]


def _run(*words, cwd, **more):
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("TEAMHEALTH_", "PYTHON"))}
    done = subprocess.run(
        [str(word) for word in words],
        cwd=cwd,
        env={**kept, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture
def bare(tmp_path):
    """Give the folder of programs of a new environment that holds the wheel and what it needs."""
    pip = ("-m", "pip", "--disable-pip-version-check", "-q")
    built = tmp_path / "built"
    _run(
        sys.executable, *pip, "wheel", SOURCE, "--no-deps", "--no-build-isolation", "-w", built,
        cwd=tmp_path,
    )  # fmt: skip
    place = tmp_path / "environment"
    venv.create(place)
    locked = SOURCE / "requirements" / "run.txt"
    install = (*pip, "--python", place, "install", "--no-compile")  # compiled when it is read
    _run(sys.executable, *install, "--require-hashes", "-r", locked, cwd=tmp_path)
    _run(sys.executable, *install, "--no-deps", *built.glob("*.whl"), cwd=tmp_path)
    return place / "bin"


@pytest.mark.slow
def test_the_wheel_carries_what_it_needs_away_from_its_source(bare, tmp_path):
    home = tmp_path / "elsewhere"
    home.mkdir()

    assert "in order" in _run(bare / "teamhealth", "content", "check", cwd=home)
    assert "/desk/" in _run(
        bare / "teamhealth", "init", cwd=home, TEAMHEALTH_HOME=home / "home"
    )
    where = _run(
        bare / "python", "-c", "import teamhealth; print(teamhealth.__file__)", cwd=home
    )
    assert str(SOURCE) not in where


@pytest.mark.slow
def test_the_wheel_runs_the_demo_away_from_its_source(request, tmp_path):
    if not request.config.getoption("--attack"):
        pytest.skip("with `make attack`")
    bare = request.getfixturevalue("bare")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()

    told = _run(
        bare / "teamhealth", "demo", "--once", cwd=elsewhere, TEAMHEALTH_HOME=elsewhere / "home"
    )

    reports = elsewhere / "home" / "demo-once" / "reports"
    assert f"reports are in {reports}" in told
    assert (reports / "northwind-organisation.pdf").read_bytes().startswith(b"%PDF")
    assert len(list(reports.rglob("*.pdf"))) > 10
