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
from teamhealth.campaigns import lookup, reminding
from teamhealth.campaigns.entrusting import PATIENCE
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
    survey: Survey,
    instrument: Instrument,
    language: str,
    *,
    script_url: str,
    style_url: str,
    kiosk: bool = False,
) -> bytes:
    """Return the page of an open survey in one of its languages.

    The addresses are those of the joined script and the style sheet pinned at launch.
    ``kiosk`` is the page for a device that many people share.
    """
    words = phrases("copy", language)
    facts = {
        "script_url": script_url,
        "survey": survey.id,
        "base": f"/a/{survey.id}/kiosk" if kiosk else f"/a/{survey.id}",
        "kiosk": kiosk,
        "languages": tuple(survey.languages),
        "sheet": sheet(instrument, words, comments=lookup.lists_comments(survey)),
        "minutes": instrument.minutes,
        "leader_theme": leader_theme(survey, instrument, words),
        "k": _filled("k", str(survey.k)),
        "size": _filled("size"),
        "spare": _filled("spare"),
        "seconds": _filled("seconds"),
        "address": _filled("address"),
        "group": _filled("group"),
        "date": _time(survey.closes_at, long_date(survey.closes_at, language), "day"),
        "moment": _time(survey.closes_at, day_and_time(survey.closes_at, language), "moment"),
        "reminder": _reminder(survey, language),
        "latest": long_date(survey.closes_latest, language),
        "tongues": [
            (other, phrases("copy", other).say("wait_old"))
            for other in LANGUAGES
            if other != language
        ],
    }
    return written("page", words, survey, style_url, title=survey.title, **facts)


def render_notice(
    kind: str,
    language: str,
    *,
    style_url: str = "",
    survey: Survey | None = None,
    script_url: str = "",
) -> bytes:
    """Return a page without questions; ``kind`` is one of ``notice_…`` in the copy, or ``done``.

    ``script_url`` is the script with which a receipt is looked up after the close.
    """
    words = phrases("copy", language)
    if kind == "done":
        title = words.say("sent_title")
        return written("done", words, survey, style_url, title=title, survey=None)
    return written(
        "notice",
        words,
        survey,
        style_url,
        title=words.say(f"notice_{kind}_title"),
        kind=kind,
        eyebrow=survey.title if survey else "",
        script_url=script_url,
        comments=_filled("comments"),
    )


def say(words: Phrases, key: str, **facts: object) -> Markup:
    """Return a phrase as HTML: ``*words*`` become bold, facts are escaped unless they are HTML.

    Raises KeyError and ValueError as ``Phrases.say``.
    """
    text = _BOLD.sub(r"<strong>\1</strong>", str(escape(words.texts[key])))
    filled = {name: str(escape(fact)) for name, fact in facts.items()}
    return Markup(Phrases(words.language, {key: text}).say(key, **filled))  # noqa: S704  (all parts are escaped above)


def written(
    template: str, words: Phrases, of: Survey | None, style_url: str, **facts: object
) -> bytes:
    """Return a page of this door, with all that its frame and its sentences need."""
    contacts = of.contacts if of else {}
    known = {name: _own(contacts.get(name, "")) for name in _CONTACTS}
    known["contact"] = known["contact"] or words.say("contact_unknown")
    page = _templates().get_template(f"respond/{template}.html")
    facts = {"kiosk": False, **facts}
    who = _own(((of and of.trustee) or {}).get("name", ""))

    def told(key: str, **more: object) -> Markup:
        # Who opens the answers, and what cannot be ruled out, differs where a trustee has the key.
        other = f"{key}_trustee"
        chosen = other if who and other in words.texts else key
        return say(words, chosen, **{"trustee": who, "days": PATIENCE.days, **more})

    return page.render(
        say=told,
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


def _reminder(survey: Survey, language: str) -> Markup | str:
    due = reminding.due(survey)
    return _time(due, long_date(due, language), "day") if due else ""


def leader_theme(survey: Survey, instrument: Instrument, words: Phrases) -> str:
    """Say who sees what is said about leaders; nothing where that is not asked."""
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
