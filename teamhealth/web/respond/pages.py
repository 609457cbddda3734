"""The pages of the anonymous door: one document holds a whole survey in one language.

Promise: a page is the same bytes for everybody who reads that language. What differs
from person to person is filled in by the script, as plain text.
"""

import re
from datetime import datetime
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from teamhealth import content
from teamhealth.campaigns.models import Survey
from teamhealth.i18n.dates import day_and_time, long_date
from teamhealth.i18n.languages import LANGUAGES, direction, name_of
from teamhealth.i18n.phrases import Phrases, phrases
from teamhealth.instruments.model import Instrument
from teamhealth.web.respond.forms import sheet

LEADER_THEME = "leader_support"

_BOLD = re.compile(r"\*([^*]+)\*")
_CONTACTS = ("contact", "report_contact", "support", "emergency")


def render(
    survey: Survey, instrument: Instrument, language: str, *, script_url: str, style_url: str
) -> bytes:
    """Return the page of an open survey in one of its languages.

    The addresses are those of the joined script and the style sheet pinned at launch.
    """
    words = phrases("copy", language)
    facts = {
        "script_url": script_url,
        "survey": survey.id,
        "languages": tuple(survey.languages),
        "sheet": sheet(instrument, words),
        "minutes": instrument.minutes,
        "leader_theme": _leader_theme(survey, instrument, words),
        "k": _filled("k", str(survey.k)),
        "size": _filled("size"),
        "group": _filled("group"),
        "date": _time(survey.closes_at, long_date(survey.closes_at, language), "day"),
        "moment": _time(survey.closes_at, day_and_time(survey.closes_at, language), "moment"),
        "latest": long_date(survey.closes_latest, language),
        "tongues": [
            (other, phrases("copy", other).say("wait_old"))
            for other in LANGUAGES
            if other != language
        ],
    }
    return _written("page", words, survey, style_url, title=survey.title, **facts)


def render_notice(
    kind: str, language: str, *, style_url: str = "", survey: Survey | None = None
) -> bytes:
    """Return a page without questions; ``kind`` is one of ``notice_…`` in the copy, or ``done``."""
    words = phrases("copy", language)
    if kind == "done":
        title = words.say("sent_title")
        return _written("done", words, survey, style_url, title=title, survey=None)
    return _written(
        "notice",
        words,
        survey,
        style_url,
        title=words.say(f"notice_{kind}_title"),
        kind=kind,
        eyebrow=survey.title if survey else "",
    )


def say(words: Phrases, key: str, **facts: object) -> Markup:
    """Return a phrase as HTML: ``*words*`` become bold, facts are escaped unless they are HTML.

    Raises KeyError and ValueError as ``Phrases.say``.
    """
    text = _BOLD.sub(r"<strong>\1</strong>", str(escape(words.texts[key])))
    filled = {name: str(escape(fact)) for name, fact in facts.items()}
    return Markup(Phrases(words.language, {key: text}).say(key, **filled))  # noqa: S704  (all parts are escaped above)


def _written(
    template: str, words: Phrases, of: Survey | None, style_url: str, **facts: object
) -> bytes:
    contacts = of.contacts if of else {}
    known = {name: _own(contacts.get(name, "")) for name in _CONTACTS}
    known["contact"] = known["contact"] or words.say("contact_unknown")
    page = _templates().get_template(f"respond/{template}.html")
    return page.render(
        say=lambda key, **more: say(words, key, **more),
        language=words.language,
        direction=words.direction,
        style_url=style_url,
        organisation=contacts.get("organisation", ""),
        contact_set="contact" in contacts,
        **known,
        **facts,
    ).encode()


@cache
def _templates() -> Environment:
    made = Environment(
        loader=FileSystemLoader(content.folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(direction_of=direction, name_of=name_of)
    return made


def _leader_theme(survey: Survey, instrument: Instrument, words: Phrases) -> str:
    for theme in instrument.themes:
        if theme.id == LEADER_THEME:
            return say(
                words,
                f"leader_{survey.leader_theme.value}",
                theme=theme.title[words.language],
                reference=_own(survey.leader_theme_reference),
            )
    return ""


def _own(text: str) -> str:
    # The organisation's own words may run the other way than the sentence around them.
    return Markup("<bdi>{}</bdi>").format(text) if text else ""


def _filled(name: str, text: str = "") -> Markup:
    return Markup('<bdi data-fill="{}">{}</bdi>').format(name, text)


def _time(moment: datetime, text: str, kind: str) -> Markup:
    # The script writes it again in the reader's own time zone.
    return Markup('<time datetime="{}" data-time="{}">{}</time>').format(
        moment.isoformat(), kind, text
    )
