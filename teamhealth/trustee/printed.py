"""The key on paper: seven lines to print, and to type in again where the file or passphrase is lost.

Each line has two characters more, by which a mistyped one is found, and its number is
in them. No picture to be photographed: whoever has the sheet has the keys.
"""

import hashlib
from collections.abc import Sequence
from html import escape

from teamhealth.credentials.codes import (
    ALPHABET,
    CODE_BYTES,
    CODE_CHARACTERS,
    PROTOCOL,
    from_code,
    spaced,
    to_code,
)
from teamhealth.errors import WrongUseError
from teamhealth.trustee import keypair
from teamhealth.trustee.keypair import KeyPair

LINES = 7
BACKUP_FILE = "trustee-backup.html"

_SUM = LINES * CODE_BYTES - keypair.SECRET  # bytes that check the whole
_CHECK = 2

_PAGE = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Key of {name}</title>
<style>
body {{ max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 11pt/1.5 sans-serif; color: #000; background: #fff }}
ol {{ font: 15pt/2 monospace; padding-left: 2.5rem; border: 1px solid; white-space: nowrap; overflow-x: auto }}
@page {{ margin: 2cm }}
</style>
<h1>Key of {name}</h1>
<p><strong>Whoever reads this page can open the answers of one survey.</strong> Print it, delete the file,
and lock the paper away. No copy, no photograph.</p>
<ol>
{lines}
</ol>
<p>Needed only if <code>trustee.key</code> or its passphrase is lost: <code>restore</code> asks for these lines,
with the name <em>{name}</em>{address}.</p>
<p><strong>After the count, destroy this page</strong> (shredder): the answers are counted once, and nothing
may open them again. If file and paper are both lost, nobody can open the answers; they are destroyed
unread, and everybody is told.</p>
</html>
"""


def lines_of(pair: KeyPair) -> list[str]:
    """Return the keys as seven lines, ``XXXX-XXXX-XXXX-XXXX CC``."""
    raw = pair.secret + _sum(pair.secret)
    pieces = [raw[at : at + CODE_BYTES] for at in range(0, len(raw), CODE_BYTES)]
    return [
        f"{spaced(to_code(piece))} {_check(number, piece)}"
        for number, piece in enumerate(pieces, 1)
    ]


def read_line(number: int, typed: str) -> bytes:
    """Return what line ``number`` (from 1) stands for; WrongUseError if it was mistyped."""
    signs = "".join(sign for sign in typed.upper() if sign.isascii() and sign.isalnum())
    raw = from_code(signs[:CODE_CHARACTERS])
    rest = signs[CODE_CHARACTERS:].replace("O", "0").replace("I", "1").replace("L", "1")
    if raw is None or rest != _check(number, raw):
        raise WrongUseError(
            f"Line {number} is not as printed: it has {CODE_CHARACTERS} letters and digits, and "
            f"{_CHECK} more to check them. Nothing was stored; compare it once more."
        )
    return raw


def read_lines(name: str, address: str, typed: Sequence[str]) -> KeyPair:
    """Return the keys of all lines; WrongUseError if they do not belong together."""
    raw = b"".join(read_line(number, line) for number, line in enumerate(typed, 1))
    secret = raw[: keypair.SECRET]
    if raw != secret + _sum(secret):
        raise WrongUseError(
            f"These {LINES} lines are not one key. Nothing was stored; take them all from one sheet."
        )
    return keypair.from_secret(name, address, secret)


def page(pair: KeyPair) -> str:
    """Return the sheet: one page of HTML that fetches nothing and prints from any browser."""
    address = f" and the address <em>{escape(pair.address)}</em>" if pair.address else ""
    lines = "\n".join(f"<li>{line}</li>" for line in lines_of(pair))
    return _PAGE.format(name=escape(pair.name), address=address, lines=lines)


def _sum(secret: bytes) -> bytes:
    return hashlib.sha256(f"{PROTOCOL}|trustee|".encode() + secret).digest()[:_SUM]


def _check(number: int, piece: bytes) -> str:
    mark = hashlib.sha256(f"{PROTOCOL}|line|{number}|".encode() + piece).digest()
    return ALPHABET[mark[0] & 31] + ALPHABET[mark[1] & 31]
