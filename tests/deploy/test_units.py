"""The units of systemd: understood by it, strict, and about commands and settings that there are."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from teamhealth.cli.program import program
from teamhealth.settings import load

DEPLOY = Path(__file__).parents[2] / "deploy"
UNITS = ("teamhealth-web.service", "teamhealth-worker.service")
STRICT = 2.0  # of 10, as ``systemd-analyze security`` reckons exposure; a unit without a word has 9.6


def _text(name):
    return (DEPLOY / name).read_text()


def _systemd(program):
    found = shutil.which(program)
    if not found:
        pytest.skip(f"no {program} here: systemd was not asked (`apt-get install systemd`)")
    return found


def _run(*words):
    return subprocess.run(
        list(map(str, words)), capture_output=True, text=True, check=False, timeout=60
    )


@pytest.fixture
def units(tmp_path):
    """Give the units with a command that is on this machine."""
    for name in UNITS:
        text = _text(name).replace("/opt/teamhealth/bin/teamhealth", "/bin/true")
        (tmp_path / name).write_text(text)
    return [tmp_path / name for name in UNITS]


def test_systemd_understands_every_line(units):
    done = _run(_systemd("systemd-analyze"), "verify", "--man=no", *units)

    assert (done.returncode, done.stderr) == (0, "")


def test_the_services_are_shut_in(units):
    for unit in units:
        done = _run(
            _systemd("systemd-analyze"), "security", "--offline=true", "--no-pager", unit
        )
        exposure = re.search(r"Overall exposure level for \S+: ([\d.]+)", done.stdout)
        assert float(exposure[1]) < STRICT, unit


def test_users_and_folders_are_made_as_written(tmp_path):
    sysusers, tmpfiles = _systemd("systemd-sysusers"), _systemd("systemd-tmpfiles")
    (tmp_path / "etc").mkdir()
    users = _run(sysusers, f"--root={tmp_path}", DEPLOY / "sysusers.conf")
    assert users.returncode == 0, users.stderr
    accounts = dict(
        line.split(":")[::2][:2] for line in (tmp_path / "etc/passwd").read_text().splitlines()
    )

    folders = _run(tmpfiles, "--create", f"--root={tmp_path}", DEPLOY / "tmpfiles.conf")

    assert folders.returncode == 0, folders.stderr
    issuers = tmp_path / "var/lib/teamhealth/keys/issuers"
    assert oct(issuers.stat().st_mode)[-4:] == "2750"
    assert str(issuers.stat().st_uid) == accounts["teamhealth"]
    database = tmp_path / "var/lib/teamhealth/database/teamhealth.sqlite3"
    assert oct(database.stat().st_mode)[-3:] == "660"


@pytest.mark.parametrize("unit", UNITS)
def test_its_command_is_one_of_ours(unit):
    _, *words = re.search(r"^ExecStart=(.+)$", _text(unit), re.MULTILINE)[1].split()

    done = CliRunner().invoke(program, [*words, "--help"])

    assert done.exit_code == 0, done.output
    assert "--no-worker" in words or words == ["worker"]


def test_its_settings_are_ours_and_a_shell_reads_them_alike():
    told = _run("sh", "-c", f"set -a; . {DEPLOY / 'teamhealth.env'}; env")
    given = dict(
        line.split("=", 1) for line in told.stdout.splitlines() if "TEAMHEALTH_" in line
    )

    settings = load({**given, "TEAMHEALTH_HOME": "/var/lib/teamhealth"})

    assert (told.stderr, settings.contact) == ("", "Ada Example, extension 100")
    assert settings.seals_in_browsers
    assert settings.database_url.endswith("/var/lib/teamhealth/database/teamhealth.sqlite3")
    for name in UNITS:
        assert "EnvironmentFile=/etc/teamhealth.env" in _text(name)


def test_the_command_for_root_gives_root_up_for_the_user_of_the_keys():
    *_, last = _text("teamhealth.sh").splitlines()

    assert last.startswith("exec runuser -u teamhealth -g teamhealth -G teamhealth-web -- ")
    assert _run("sh", "-n", DEPLOY / "teamhealth.sh").returncode == 0


def test_the_web_unit_sees_no_key_but_signing_keys():
    text = _text("teamhealth-web.service")

    for hidden in ("keys/box", "keys/links", "outbox"):
        assert f"-/var/lib/teamhealth/{hidden}" in text
    assert "ReadWritePaths=/var/lib/teamhealth-web /var/lib/teamhealth/database\n" in text
