"""The trustee's commands run where no server is: as on a council's Windows laptop, with four packages."""

import subprocess
import sys
from random import SystemRandom

from teamhealth.cells.canonical import canonical, digest
from teamhealth.cells.model import SurveyFacts
from teamhealth.instruments.library import library
from teamhealth.instruments.plain import to_plain
from teamhealth.trustee import parties, rehearsal
from teamhealth.trustee.__main__ import main
from teamhealth.trustee.proofs import check_proof

NEEDED = {"cryptography", "cffi", "gmpy2", "numpy", "scipy", "teamhealth"}
"""What docs/trustee.md has people install."""

LIKE_WINDOWS = """
import os, sys
for name in ("O_NOFOLLOW", "O_DIRECTORY", "fchmod", "fchown", "getuid", "geteuid", "fork", "sched_getaffinity"):
    if hasattr(os, name):
        delattr(os, name)
for name in ("fcntl", "pwd", "grp", "resource", "termios", "readline", "flask", "sqlalchemy", "weasyprint",
             "yaml", "jinja2", "babel", "click", "huey", "granian", "httpx", "psycopg", "plotly", "wtforms"):
    sys.modules[name] = None
from teamhealth.trustee.__main__ import main
code = main(sys.argv[1:])
third = {name.partition(".")[0] for name in sys.modules if sys.modules[name]} - sys.stdlib_module_names
print("LOADED", *sorted(third))
sys.exit(code)
"""


def _run(*words, code=0):
    done = subprocess.run(
        [sys.executable, "-c", LIKE_WINDOWS, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == code, done.stderr
    return done


def _rehearsal(who):
    words = canonical(to_plain(library().instrument("pulse", ("en", "ar"))))
    facts = SurveyFacts(
        "spring", "Spring", "pulse", "", "", 5, ("en", "ar"), digest(words), "", "leader", None
    )
    return rehearsal.make(who, facts, words, SystemRandom())


def test_keys_and_rehearsal_need_neither_server_nor_posix(tmp_path):
    folder = tmp_path / "keys"
    _run("keygen", "-o", folder, "--name", "Betriebsrat Süd", "--no-passphrase")
    who = parties.from_file((folder / parties.PUBLIC_FILE).read_bytes())
    made = _rehearsal(who)
    (tmp_path / "rehearsal").write_bytes(made.body)

    done = _run("rehearse", tmp_path / "rehearsal", "-o", tmp_path / "proof", "--key", folder)

    check_proof((tmp_path / "proof").read_bytes(), who, "spring", made.expected)
    assert "It works" in done.stdout
    loaded = set(done.stdout.partition("LOADED")[2].split())
    # numpy takes the second where it happens to be installed, as it is for tests.
    loaded -= {"cython_runtime", "charset_normalizer"}
    assert {name for name in loaded if not name.startswith("_")} <= NEEDED


def test_what_goes_wrong_is_one_sentence_and_a_code(tmp_path, capsys):
    missing = main(["count", str(tmp_path / "box"), "-o", str(tmp_path / "out")])
    wrong = main(["keygen", "-o", str(tmp_path / "k"), "--name", "", "--no-passphrase"])
    told = capsys.readouterr().err

    assert (missing, wrong) == (1, 2)
    assert "There is no key" in told
    assert "needs a name" in told
    assert not (tmp_path / "k").exists()
