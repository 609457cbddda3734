"""Signs that nobody sees: controls, line ends, and those that turn the text around them.

A name that holds one can read as another name, or bend the sentence in which it stands.
"""

import unicodedata

_CONTROL = {"Cc", "Zl", "Zp"}
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def has_unseen(text: str) -> bool:
    """Tell whether a text holds such a sign; letters of all scripts, and joiners, are none."""
    return not text.isprintable() and any(map(_is_unseen, text))


def _is_unseen(sign: str) -> bool:
    return sign in _TURNING or unicodedata.category(sign) in _CONTROL
