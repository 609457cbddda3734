"""The sections of a group's report that can be left out: what is not to be shown, or not needed.

Page one, the table of themes, and what protects people are always there.
"""

import enum
from collections.abc import Iterable

from teamhealth.errors import WrongUseError


class Section(enum.StrEnum):
    """A section by the word that names it on the command line and in addresses."""

    POINTS = "points"
    """Statements to talk about."""
    PRACTICES = "practices"
    STATEMENTS = "statements"
    COMMENTS = "comments"
    ABOUT = "about"
    """What the themes are about, from twenty answers."""
    TALK = "talk"
    """The talk, step by step, with its rules."""
    METHOD_DETAIL = "method-detail"
    """How to read the figures, and the digests by which they can be checked."""
    LEADER = "leader"
    """The page on steady leadership, for its audience."""


def named(words: Iterable[str]) -> frozenset[Section]:
    """Return the sections of these names; WrongUseError for a name that none has."""
    given = {word.strip() for word in words} - {""}
    if strange := given - set(Section):
        raise WrongUseError(
            f"A report has no section {', '.join(sorted(strange))}; nothing was printed. "
            f"What can be left out: {', '.join(Section)}."
        )
    return frozenset(map(Section, given))
