"""The headers that every answer of the respondent's door has, written down a second time.

They are those of docs/protocol.md, on purpose not imported from the server's code: a test
holds the two together.
"""

from collections.abc import Mapping

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
EXPECTED = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}
FOREVER = "public, max-age=31536000, immutable"

_TELLTALE = {
    "Set-Cookie": "sets a cookie, by which a browser can be known again",
    "Refresh": "sends browsers on to another address",
    "Link": "makes browsers load something that the page does not name",
    "NEL": "makes browsers report visits",
    "Report-To": "makes browsers report visits",
    "Reporting-Endpoints": "makes browsers report visits",
    "Content-Security-Policy-Report-Only": "makes browsers report what they load",
    "Access-Control-Allow-Origin": "lets pages of other servers read this one",
}


def faults(headers: Mapping[str, str], *, pinned: bool) -> list[str]:
    """Return what is wrong with an answer's headers, ``headers`` being case-insensitive.

    ``pinned`` files are named by their digest and may be kept by browsers for ever.
    """
    expected = EXPECTED | ({"Cache-Control": FOREVER} if pinned else {})
    found = [
        f"{name} is {_short(headers.get(name, ''))}, expected “{value}”."
        for name, value in expected.items()
        if headers.get(name) != value
    ]
    found += [f"{name} {why}." for name, why in _TELLTALE.items() if name in headers]
    return found


def _short(value: str) -> str:
    return f"“{value[:120]}”" if value else "missing"
