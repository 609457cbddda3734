"""In which language the desk speaks to the person in front of it, and its pages in that language.

It is the account's language; without an account the one that the address asks for with
``?lang=``, which needs no cookie; else what the browser likes best among those offered. Each
language has its own Jinja environment: what a template works out once stays in its language.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple
from urllib.parse import urlencode

from babel.support import LazyProxy
from flask import Flask, Response, current_app, g, request
from jinja2 import Environment
from markupsafe import Markup

from teamhealth.i18n import dates, languages, lists, messages
from teamhealth.outlets import numbers
from teamhealth.outlets.spoken import filters as of_findings
from teamhealth.web.desk import moments

_KEY = "teamhealth.speaking"
_FILTERS: dict[str, Callable[..., Any]] = {
    "day": dates.long_date,
    "moment": dates.day_and_time,
    "listed": lists.listed,
    "desk_day": moments.day,
    "desk_short_day": moments.short_day,
    "desk_span": moments.span,
    "desk_hour": moments.hour,
    "desk_number": moments.number,
}


class Said(str):
    """Words in the language of this request, as a refusal may carry them; others were written in English."""

    __slots__ = ()


class Choice(NamedTuple):
    """A language on offer: its code, its own name, and this page in it."""

    code: str
    name: str
    address: str


def set_up(app: Flask) -> None:
    """Prepare the pages in every language that is offered; done once all blueprints are there."""
    app.extensions[_KEY] = {one: _environment(app, one) for one in messages.OFFERED}


def recognise() -> None:
    """Find out the language of this request, once it is known who is at the desk."""
    access = g.get("access")
    speak(access.language if access else chosen())


def speak(wanted: str | None) -> None:
    """Go on in a language, or in what the browser likes best if that one is not on offer."""
    header = request.headers.get("Accept-Language")
    is_had = wanted in messages.OFFERED
    g.language = wanted if is_had else languages.choose(header, messages.OFFERED)


def chosen() -> str | None:
    """Return the offered language for which the address asks, if it does."""
    wanted = request.args.get("lang")
    return wanted if wanted in messages.OFFERED else None


def choices() -> list[Choice]:
    """Return this page in each language on offer; nothing where there is no choice."""
    if len(messages.OFFERED) == 1:
        return []
    kept = {"next": back} if (back := request.values.get("next")) else {}
    return [
        Choice(one, languages.name_of(one), f"?{urlencode({**kept, 'lang': one})}")
        for one in messages.OFFERED
    ]


def spoken(words: object, language: str) -> object:
    """Mark up words that were written in English only, such as what the rules refuse."""
    if language == messages.WRITTEN or isinstance(words, Said | LazyProxy):
        return words
    return Markup('<span lang="en" dir="ltr">{}</span>').format(words)


def words_of(error: Exception) -> str:
    """Return what an error says, without forgetting in which language."""
    told = next(iter(error.args), "")
    return told if isinstance(told, Said) else str(error)


def declare(response: Response) -> None:
    """Say in a page's headers in which language it is, and that a browser's wish can change it."""
    if response.mimetype == "text/html":
        response.headers.setdefault("Content-Language", language())
        response.vary.add("Accept-Language")


def language() -> str:
    """Return the language of this request; English where none was found out, as in a refusal."""
    found: str = g.get("language", messages.WRITTEN)
    return found


def render(template: str, /, **view: object) -> str:
    """Return a page in the language of this request."""
    context: dict[str, Any] = dict(view)
    current_app.update_template_context(context)
    environment: Environment = current_app.extensions[_KEY][language()]
    return environment.get_template(template).render(context)


def gettext(message: str, /, **facts: object) -> Said:
    """Return a message in the language of this request."""
    return Said(messages.say(language(), message, **facts))


def ngettext(one: str, many: str, number: int, /, **facts: object) -> Said:
    """Return what is said of so many; ``%(n)s`` is the number."""
    return Said(messages.say_many(language(), one, many, number, **facts))


def lazy(message: str, /, **facts: object) -> Any:
    """Return a message that is put into words when it is read: for forms, which are made once."""
    return LazyProxy(gettext, message, enable_cache=False, **facts)


def _environment(app: Flask, language: str) -> Environment:
    made = app.jinja_env.overlay(extensions=["jinja2.ext.i18n"])
    made.policies = {**made.policies, "ext.i18n.trimmed": True}
    ours = {**_FILTERS, "spoken": spoken}
    bound = {name: partial(told, language=language) for name, told in ours.items()}
    made.filters = {
        **made.filters,
        **numbers.filters(language),
        **of_findings(language),
        **bound,
    }
    made.globals = {
        **made.globals,
        "language": language,
        "direction": languages.direction(language),
        "language_name": languages.name_of,
        "language_choices": choices,
        "language_chosen": chosen,
    }
    known = messages.catalogue("desk", language)
    made.install_gettext_callables(known.gettext, known.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made
