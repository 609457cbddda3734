"""How many years of school an English text asks for (Flesch and Kincaid, 1975)."""

import re
from collections.abc import Collection

_WORD = re.compile(r"[A-Za-z'’]+")
_VOWELS = re.compile(r"[aeiouy]+")


def grade(sentences: Collection[str]) -> float:
    """Return the grade of texts that are one sentence each; 0 where there is nothing to read."""
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    if not words:
        return 0.0
    syllables = sum(_syllables(word) for word in words)
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _syllables(word: str) -> int:
    plain = word.lower()
    count = len(_VOWELS.findall(plain))
    silent = plain.endswith("e") and not plain.endswith("le") and count > 1
    return max(1, count - silent)
