"""The words of the snapshot's findings in a language, each written once for print, pages, tables and files."""

from collections.abc import Callable

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


def agreeing(word: Word, turned: bool, language: str) -> str:
    """Return how many agree below ten answers; of a turned statement, how many disagree."""
    told = {
        Word.ALMOST_EVERYBODY: say(language, "almost everybody agrees"),
        Word.MOST: say(language, "most agree"),
        Word.ABOUT_HALF: say(language, "about half agree"),
        Word.A_MINORITY: say(language, "a minority agrees"),
        Word.ALMOST_NOBODY: say(language, "almost nobody agrees"),
    }
    against = {
        Word.ALMOST_EVERYBODY: say(language, "almost everybody disagrees"),
        Word.MOST: say(language, "most disagree"),
        Word.ABOUT_HALF: say(language, "about half disagree"),
        Word.A_MINORITY: say(language, "a minority disagrees"),
        Word.ALMOST_NOBODY: say(language, "almost nobody disagrees"),
    }
    return (against if turned else told)[word]


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


def since(moved: Change, language: str) -> str:
    """Return the sentence about a theme that did move since the survey before."""
    told = {
        Change.VERY_LIKELY_HIGHER: say(
            language, "It is very likely higher than in the survey before."
        ),
        Change.LIKELY_HIGHER: say(language, "It is likely higher than in the survey before."),
        Change.LIKELY_LOWER: say(language, "It is likely lower than in the survey before."),
        Change.VERY_LIKELY_LOWER: say(
            language, "It is very likely lower than in the survey before."
        ),
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


def filters(language: str) -> dict[str, Callable[..., str]]:
    """Return the filters with which templates of print and pages say the same; nothing for what is not told."""

    def shared(word: str | None) -> str:
        return share(Word(word), language) if word else ""

    def agree(word: str, turned: object = False) -> str:
        return agreeing(Word(word), bool(turned), language)

    def moved(word: str | None) -> str:
        return change(Change(word), language) if word else ""

    def since_before(word: str) -> str:
        return since(Change(word), language)

    def beside(word: str | None) -> str:
        return compared(Compared(word), language) if word else ""

    return {
        "shared": shared,
        "agree": agree,
        "moved": moved,
        "since": since_before,
        "beside": beside,
    }
