"""In which language the desk speaks to the person in front of it, and its pages in that language.

It is the account's language, else what the browser likes best among those offered. Each
language has its own Jinja environment: what a template works out once stays in its language.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from babel.support import LazyProxy
from flask import Flask, current_app, g, request
from jinja2 import Environment

from teamhealth.i18n import dates, languages, lists, messages
from teamhealth.outlets import numbers
from teamhealth.web.desk import moments

_KEY = "teamhealth.speaking"
_FILTERS: dict[str, Callable[..., str]] = {
    "day": dates.long_date,
    "moment": dates.day_and_time,
    "listed": lists.listed,
    "desk_day": moments.day,
    "desk_short_day": moments.short_day,
    "desk_span": moments.span,
    "desk_hour": moments.hour,
    "desk_number": moments.number,
}


def set_up(app: Flask) -> None:
    """Prepare the pages in every language that is offered; done once all blueprints are there."""
    app.extensions[_KEY] = {one: _environment(app, one) for one in messages.OFFERED}


def recognise() -> None:
    """Find out the language of this request, once it is known who is at the desk."""
    access = g.get("access")
    own = access.language if access else ""
    header = request.headers.get("Accept-Language")
    g.language = messages.offered(own or languages.choose(header, messages.OFFERED))


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


def gettext(message: str, /, **facts: object) -> str:
    """Return a message in the language of this request; it is also imported as ``_``."""
    return messages.say(language(), message, **facts)


def ngettext(one: str, many: str, number: int, /, **facts: object) -> str:
    """Return what is said of so many; ``%(n)s`` is the number."""
    return messages.say_many(language(), one, many, number, **facts)


def lazy(message: str, /, **facts: object) -> Any:
    """Return a message that is put into words when it is read: for forms, which are made once."""
    return LazyProxy(gettext, message, enable_cache=False, **facts)


def _environment(app: Flask, language: str) -> Environment:
    made = app.jinja_env.overlay(extensions=["jinja2.ext.i18n"])
    made.policies = {**made.policies, "ext.i18n.trimmed": True}
    bound = {name: partial(told, language=language) for name, told in _FILTERS.items()}
    made.filters = {**made.filters, **numbers.filters(language), **bound}
    made.globals = {
        **made.globals,
        "language": language,
        "direction": languages.direction(language),
        "language_name": languages.name_of,
    }
    known = messages.catalogue("desk", language)
    made.install_gettext_callables(known.gettext, known.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made
