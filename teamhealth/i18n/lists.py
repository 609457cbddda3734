"""Lists of words in a sentence, as each language joins them."""

from collections.abc import Iterable

from babel.lists import format_list

from teamhealth.i18n.dates import locale_of


def listed(words: Iterable[str], language: str) -> str:
    """Join words, such as *Listening, Belonging and Conflict*; nothing for none."""
    return format_list(list(words), locale=locale_of(language))
