"""The scripts of the respondent's page: readable modules, joined into one file.

Promise: joining drops import lines and the word ``export`` and nothing else, so that
what a works council reads in the modules is what runs, comments included.
"""

import hashlib
import re
from collections.abc import Iterable

from teamhealth import content

MODULES = (
    "bytes",
    "blind",
    "seal",
    "receipt",
    "check",
    "storage",
    "asking",
    "sending",
    "editing",
    "groups",
    "sheet",
    "screens",
    "moving",
    "owning",
    "quiet",
    "kiosk",
    "page",
)
"""Names of the modules in ``web/static/respond``, each after those it imports from."""

JOINED = "answer.js"
"""The name of the joined file, which is the one a page loads."""

AFTERWARDS = ("bytes", "receipt", "asking", "screens", "afterwards")
"""The modules of the page of a survey that is over; served as shipped, for pinned files die with the count."""

JOINED_AFTERWARDS = "after.js"

STYLE = "respond.css"
"""The page's style sheet."""

_IMPORT = re.compile(r"^import [^\n]*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=const |let |function |async function |class )", re.MULTILINE)


def joined(modules: Iterable[str] = MODULES) -> bytes:
    """Return modules as one module that imports nothing."""
    return "\n".join(bare(_module(name)) for name in modules).encode()


def files() -> dict[str, bytes]:
    """Return what is pinned at launch, by file name: every module, the joined file, the style sheet."""
    folder = content.static() / "respond"
    names = [*(f"{name}.js" for name in MODULES), STYLE]
    bodies = {name: (folder / name).read_bytes() for name in names}
    return dict(sorted((bodies | {JOINED: joined()}).items()))


def digests() -> dict[str, str]:
    """Return the SHA-256 in hexadecimal of every pinned file, by file name."""
    return {name: hashlib.sha256(body).hexdigest() for name, body in files().items()}


def bare(module: str) -> str:
    """Return a module as it stands in the joined file."""
    return _EXPORT.sub("", _IMPORT.sub("", module))


def _module(name: str) -> str:
    return (content.static() / "respond" / f"{name}.js").read_text(encoding="utf-8")
