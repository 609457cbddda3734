"""Lists of words in a sentence, as each language joins them."""

from collections.abc import Iterable

from babel.lists import format_list

from teamhealth.i18n.dates import locale_of

_AND = {"en": " and ", "de": " und ", "fr": " et ", "es": " y ", "pt": " e ", "ar": " و"}
_COMMA = {"ar": "، "}


def listed(words: Iterable[str], language: str) -> str:
    """Join words, such as *Listening, Belonging and Conflict*; nothing for none.

    Where one of them holds an *and* itself, as titles of themes do, commas alone stand between.
    """
    told = list(words)
    if any(_AND[language] in word for word in told):
        return _COMMA.get(language, ", ").join(told)
    return format_list(told, locale=locale_of(language))
