"""Where the shipped surveys, page templates and report templates lie.

A wheel carries them inside the package, in ``_content/``; a checkout (and an
editable install) has them beside the package, at the top of the repository.
"""

from functools import cache
from pathlib import Path
from typing import Literal

_PACKAGE = Path(__file__).resolve().parent


@cache
def folder(name: Literal["surveys", "templates", "reports"]) -> Path:
    """Return the folder of one kind of shipped content.

    Raises FileNotFoundError if this installation was built without it.
    """
    for place in (_PACKAGE / "_content", _PACKAGE.parent):
        if (place / name).is_dir():
            return place / name
    raise FileNotFoundError(f"no {name}/ beside or inside the teamhealth package")


def notebook(name: str) -> Path:
    """Return the file of a worked example; FileNotFoundError as ``folder``."""
    for place in (_PACKAGE / "_content" / "notebooks", _PACKAGE.parent / "docs" / "notebooks"):
        if (place / name).is_file():
            return place / name
    raise FileNotFoundError(f"no notebook {name} beside or inside the teamhealth package")


def static() -> Path:
    """Return the folder of our own style sheets and scripts."""
    return _PACKAGE / "web" / "static"
