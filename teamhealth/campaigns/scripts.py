"""The scripts of the respondent's page: readable modules, joined at launch into one file.

Promise: joining drops import lines and the word ``export`` and nothing else, so that
what a works council reads in the modules is what runs, comments included.
"""

import hashlib
import re

from teamhealth import content

MODULES = (
    "bytes",
    "blind",
    "seal",
    "receipt",
    "check",
    "storage",
    "sending",
    "sheet",
    "screens",
    "page",
)
"""Names of the modules in ``web/static/respond``, each after those it imports from."""

JOINED = "answer.js"
"""The name of the joined file, which is the one a page loads."""

_IMPORT = re.compile(r"^import [^\n]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const |let |function |async function |class )", re.MULTILINE)


def joined() -> bytes:
    """Return all modules as one module that imports nothing."""
    return "\n".join(_bare(_module(name)) for name in MODULES).encode()


def digests() -> dict[str, str]:
    """Return the SHA-256 in hexadecimal of every module and of the joined file, by file name."""
    bodies = {f"{name}.js": _module(name).encode() for name in MODULES} | {JOINED: joined()}
    return {name: hashlib.sha256(body).hexdigest() for name, body in bodies.items()}


def _module(name: str) -> str:
    return (content.static() / "respond" / f"{name}.js").read_text(encoding="utf-8")


def _bare(module: str) -> str:
    return _EXPORT.sub("", _IMPORT.sub("", module))
