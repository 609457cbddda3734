"""Words read as a run of known sentences, each of which must hold."""

import re
from functools import cache
from html import unescape


def is_so(ok):
    """See that something holds, where a sentence is checked in one expression."""
    assert ok


def consume(words, known, group):
    """Read words as sentences of those known, each of which must hold; fails for any other."""
    rest = words
    while rest:
        found = [(m, check) for pattern, check in known if (m := _shape(pattern).match(rest))]
        assert found, rest
        match, check = min(found, key=lambda one: (one[0].end(), "t" in one[0].groupdict()))
        if check:
            check(group, match)
        rest = rest[match.end() :]


@cache
def _shape(pattern):
    return re.compile(rf"{pattern}(?: |$)")


def words_of(html):
    """Give the words of a page before it becomes a PDF, without drawings."""
    html = re.sub(r"<svg.*?</svg>", " ", html, flags=re.DOTALL)
    words = " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
    return re.sub(r" ([.:,;])", r"\1", words)
