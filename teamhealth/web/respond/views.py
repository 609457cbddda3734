"""What a GET gets at the anonymous door: bytes that are the same for everybody who asks.

Nothing here depends on who asks but the language and the packing. Cookies, queries
and whatever trails the survey's id are ignored.
"""

from collections.abc import Callable
from typing import Literal

from sqlalchemy import select

from teamhealth.campaigns.lookup import instrument_of
from teamhealth.campaigns.models import State, Survey
from teamhealth.cells.canonical import canonical
from teamhealth.db import Database
from teamhealth.i18n.languages import LANGUAGES, choose
from teamhealth.responses.models import CountedList
from teamhealth.web.respond import pages, plain_page
from teamhealth.web.respond.addresses import Address, Thing
from teamhealth.web.respond.files import (
    SCRIPT,
    STYLE,
    Files,
    shipped_afterwards,
    shipped_style,
)
from teamhealth.web.respond.ready import HTML, JSON, Ready, make
from teamhealth.web.respond.shelf import Shelf, Standing

Notice = Literal[
    "unknown",
    "not_open",
    "closed",
    "awaiting",
    "counted",
    "cancelled",
    "stopped",
    "done",
    "doorstep",
    "fault",
]

_OF_STATE: dict[State, Notice] = {
    State.DRAFT: "not_open",
    State.PREPARING: "not_open",
    State.OPEN: "stopped",  # asked for only where an open survey is in trouble
    State.CLOSING: "closed",
    State.AWAITING_TRUSTEE: "awaiting",
    State.COUNTED: "counted",
    State.PUBLISHED: "counted",
    State.CANCELLED: "cancelled",
}
_STATUS: dict[Notice, int] = {
    "unknown": 404,
    "not_open": 200,
    "closed": 410,
    "awaiting": 410,
    "counted": 410,
    "cancelled": 410,
    "stopped": 503,
    "done": 200,
    "doorstep": 200,
    "fault": 500,
}
_OVER: tuple[Notice, ...] = ("closed", "awaiting", "counted", "cancelled")
"""Where a receipt may be looked up."""

_FORGET = ("Clear-Site-Data", '"storage"')


class Views:
    """Every GET of one app. ``languages`` is the header Accept-Language as sent."""

    def __init__(self, database: Database, *, ticks: Callable[[], float]) -> None:
        self._database = database
        self._shelf = Shelf(database, ticks=ticks)
        self._files = Files(database)
        self._notices: dict[tuple[Notice, str], Ready] = {}

    def at_hand(self, address: Address, languages: str) -> Ready | None:
        """Return page or manifest if it was made within two seconds; asks no database."""
        standing = self._shelf.at_hand(address.survey)
        if standing is None or not (address.is_page or address.thing is Thing.MANIFEST):
            return None
        return standing.made.get(
            (address.thing, _language(address, languages, standing.survey))
        )

    def find(self, address: Address, languages: str) -> Ready:
        """Return what an address gives; one that gives nothing has a page, too."""
        found: Ready | None = None
        if address.thing is Thing.DONE:
            found = self.notice("done", languages, asked=address.language)
        elif address.thing is Thing.DOORSTEP:
            found = self.notice("doorstep", languages)
        elif address.thing is Thing.FILE:
            found = self._files.find(address.digest, address.name)
        elif address.survey and (standing := self._shelf.look_up(address.survey)):
            found = self._of_survey(standing, address, languages)
        if found is None and address.is_data:
            return make(canonical({"error": "unknown"}), JSON, status=404)
        return found or self.notice("unknown", languages)

    def notice(self, kind: Notice, languages: str, *, asked: str = "") -> Ready:
        """Return a page that needs no survey, in the best of all our languages."""
        language = asked if asked in LANGUAGES else choose(languages, LANGUAGES)
        if (kind, language) not in self._notices:
            self._notices[kind, language] = make(
                pages.render_notice(kind, language, style_url=shipped_style()),
                HTML,
                status=_STATUS[kind],
                varies="Accept-Language",
                more=[_FORGET] if kind == "done" else [],
            )
        return self._notices[kind, language]

    def _of_survey(self, standing: Standing, address: Address, languages: str) -> Ready | None:
        survey = standing.survey
        if address.thing is Thing.AUDIT:
            return self._audit(survey)
        key = (address.thing, _language(address, languages, survey))
        if key not in standing.made:
            made = _make(standing, *key)
            if made is None:
                return None
            standing.made[key] = made
        return standing.made[key]

    def _audit(self, survey: Survey) -> Ready:
        with self._database.read() as db:
            body = db.scalar(select(CountedList.body).where(CountedList.survey_id == survey.id))
        if body is None:
            return make(canonical({"headcount": survey.headcount}), JSON)
        return make(body.encode(), JSON)


def _language(address: Address, languages: str, survey: Survey) -> str:
    if not address.is_page:
        return ""
    offered = tuple(survey.languages)
    return address.language if address.language in offered else choose(languages, offered)


def _make(standing: Standing, thing: Thing, language: str) -> Ready | None:
    survey = standing.survey
    if thing is Thing.MANIFEST:
        return make(survey.manifest, JSON) if survey.manifest else None
    if thing is Thing.STATUS:
        news: dict[str, object] = {
            "closes": survey.closes_at.isoformat(),
            "state": survey.state.value,
            "withdrawn_items": [],
        }
        return make(canonical(news), JSON)
    return _page(standing, thing, language)


def _page(standing: Standing, thing: Thing, language: str) -> Ready:
    survey, kiosk = standing.survey, thing is Thing.KIOSK
    style = standing.files.get(STYLE) or shipped_style()
    if thing is Thing.PLAIN and survey.state is State.OPEN and not survey.trouble:
        body = plain_page.render(survey, instrument_of(survey), language, style_url=style)
        return make(body, HTML, varies="Accept-Language", more=[plain_page.POLICY])
    if survey.state is State.OPEN and not survey.trouble:
        body = pages.render(
            survey,
            instrument_of(survey),
            language,
            script_url=standing.files[SCRIPT],
            style_url=style,
            kiosk=kiosk,
        )
        return make(body, HTML, varies="Accept-Language")
    kind = _OF_STATE[survey.state]
    if kind == "closed" and survey.trustee:
        kind = "awaiting"  # nobody here counts it
    script = shipped_afterwards() if kind in _OVER and not kiosk else ""
    body = pages.render_notice(
        kind, language, style_url=style, survey=survey, script_url=script
    )
    return make(body, HTML, status=_STATUS[kind], varies="Accept-Language")
