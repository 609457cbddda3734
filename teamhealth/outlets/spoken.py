"""The words of the snapshot's findings in a language, each written once for tables and files."""

from teamhealth.cells.model import Change, Compared, Word
from teamhealth.i18n.messages import say


def share(word: Word, language: str) -> str:
    """Return how many give the favourable answer, below ten answers."""
    told = {
        Word.ALMOST_EVERYBODY: say(language, "almost everybody"),
        Word.MOST: say(language, "most"),
        Word.ABOUT_HALF: say(language, "about half"),
        Word.A_MINORITY: say(language, "a minority"),
        Word.ALMOST_NOBODY: say(language, "almost nobody"),
    }
    return told[word]


def change(moved: Change, language: str) -> str:
    """Return how a theme moved since the survey before."""
    told = {
        Change.VERY_LIKELY_HIGHER: say(language, "very likely higher"),
        Change.LIKELY_HIGHER: say(language, "likely higher"),
        Change.UNCLEAR: say(language, "cannot tell"),
        Change.LIKELY_LOWER: say(language, "likely lower"),
        Change.VERY_LIKELY_LOWER: say(language, "very likely lower"),
    }
    return told[moved]


def compared(beside: Compared, language: str) -> str:
    """Return how a group's theme lies beside what is usual in the organisation."""
    told = {
        Compared.HIGHER: say(language, "higher"),
        Compared.USUAL: say(language, "as usual"),
        Compared.LOWER: say(language, "lower"),
    }
    return told[beside]


def hidden(language: str, counted_in: str = "") -> str:
    """Return the one sentence of everything that is not shown."""
    told = say(language, "Not shown, to protect anonymity.")
    if not counted_in:
        return told
    return f"{told} {say(language, 'Counted in %(group)s.', group=counted_in)}"
