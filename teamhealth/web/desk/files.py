"""Style sheets, scripts and fonts of the desk, by the digest of their bytes.

Promise: an address never changes its bytes, so browsers may keep them for ever. They
come from this package, the font packages and Plotly's, never from elsewhere.
"""

import hashlib
from functools import cache
from importlib.resources import files as of_package
from importlib.resources.abc import Traversable
from pathlib import Path

from flask import Blueprint, Response, request

from teamhealth import content
from teamhealth.errors import NotFoundError
from teamhealth.web.desk import plotly
from teamhealth.web.desk.current import for_everybody
from teamhealth.web.desk.headers import HEADERS
from teamhealth.web.desk.speaking import gettext
from teamhealth.web.packing import FOREVER, Ready, pack

files = Blueprint("files", __name__)

_KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".ttf": "font/ttf",
}
_FONTS = (
    ("Source Sans 3", "sans.ttf", "fontpkg_source_sans_3", "SourceSans3[wght].ttf"),
    ("Source Serif 4", "serif.ttf", "fontpkg_source_serif_4", "SourceSerif4[opsz,wght].ttf"),
)
FONT_FACES = "fonts.css"


@files.get("/desk/static/<digest>/<name>")
@for_everybody
def file(digest: str, name: str) -> Response:
    """Give a file whose bytes have that SHA-256."""
    if digest != _digests().get(name):
        raise NotFoundError(
            gettext("There is no such file. Reload the page that asked for it.")
        )
    headers, body = _packed(name).packed(request.headers.get("Accept-Encoding", ""))
    return Response(body, headers=headers)


def address(name: str) -> str:
    """Return where a file is; KeyError for one that is not shipped."""
    return f"/desk/static/{_digests()[name]}/{name}"


@cache
def _digests() -> dict[str, str]:
    return {name: hashlib.sha256(_body(name)).hexdigest() for name in (*_places(), *_MADE)}


@cache
def _packed(name: str) -> Ready:
    kind = _KINDS[name[name.rfind(".") :]]
    headers = {**dict(HEADERS), "Content-Type": kind, **dict([FOREVER])}
    return pack(_body(name), headers, status=200)


def _body(name: str) -> bytes:
    return _MADE[name]() if name in _MADE else _places()[name].read_bytes()


@cache
def _places() -> dict[str, Path | Traversable]:
    """Return where every shipped file lies, by the name it has in addresses."""
    found: dict[str, Path | Traversable] = {
        path.name: path for path in (content.static() / "desk").glob("*.*")
    }
    for _, name, package, font in _FONTS:
        found[name] = of_package(package) / "files" / font
    return found


def _font_faces() -> bytes:
    # Only here the fonts' addresses are known; a fallback is shown until they have come.
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: 200 900; font-display: swap; '
        f'src: url("../{hashlib.sha256(_body(name)).hexdigest()}/{name}") format("truetype"); }}\n'
        for family, name, _, _ in _FONTS
    ).encode()


_MADE = {
    FONT_FACES: _font_faces,
    plotly.SCRIPT: plotly.script,
    plotly.RULES: plotly.rules,
}
"""Files that are put together here or come out of a package, by name."""
