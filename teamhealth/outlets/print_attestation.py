"""The attestation: one page for the files about how a survey was asked and what is left of it.

Promises: every line is stored and was pinned at launch, or stands in the published result;
nothing that the result hides is on it, and of the result only its mark, never its digest.
The same survey gives the same bytes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup, escape

from teamhealth.campaigns.lookup import instrument_of
from teamhealth.campaigns.models import Survey
from teamhealth.campaigns.requesting import LATER
from teamhealth.campaigns.scripts import JOINED
from teamhealth.cells.canonical import digest
from teamhealth.cells.model import Snapshot
from teamhealth.credentials.codes import spaced, unb64
from teamhealth.credentials.fingerprint import words as words_of
from teamhealth.errors import WrongUseError
from teamhealth.i18n.dates import day_and_time
from teamhealth.i18n.languages import LANGUAGES, name_of
from teamhealth.i18n.phrases import Phrases, phrases
from teamhealth.outlets.print_fonts import direction
from teamhealth.outlets.print_press import press

_SCRIPTS = (JOINED, "bytes.js", "blind.js", "seal.js")
"""Those that are told of: the file that runs, and the three that lock and stamp."""

_SHORT = 16
_WIDE = 250  # characters that get lines of their own where the page runs the other way
_MUCH = 450  # characters of the organisation’s own words, above which the page is set small


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is about, and what is so. ``codes`` stand below, to be compared."""

    label: str
    text: Markup
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A few lines under one heading."""

    title: str
    rows: tuple[Row, ...]


def attestation_pdf(
    survey: Survey, snapshot: Snapshot, *, mark: str, on_paper: int, language: str = ""
) -> bytes:
    """Return the attestation of a counted survey as PDF.

    ``mark`` is the stored result's (``snapshots.storing``), ``on_paper`` how many people
    got a paper slip; without ``language`` it is written in the survey's first. Raises
    WrongUseError for a language that there is not.
    """
    language = language or survey.languages[0]
    if language not in LANGUAGES:
        raise WrongUseError(
            f"There is no attestation in “{language}”, only in {', '.join(LANGUAGES)}. "
            "Nothing was written."
        )
    page = _Page(survey, json.loads(survey.manifest or b"{}"), phrases("attestation", language))
    reference = survey.leader_theme_reference
    own = (survey.title, survey.contacts.get("organisation", ""), snapshot.root.path, reference)
    return press(
        "attestation.html",
        {
            "language": language,
            "direction": page.words.direction,
            "say": page.say,
            "is_full": sum(map(len, own)) > _MUCH,
            "title": survey.title,
            "organisation": survey.contacts.get("organisation", "") or snapshot.root.name,
            "version": snapshot.code_version,
            "verify": _code("teamhealth verify"),
            "parts": (
                page.rules(snapshot, on_paper),
                page.same(),
                page.result(snapshot, mark),
            ),
        },
    )


@dataclass(frozen=True, slots=True)
class _Page:
    survey: Survey
    manifest: Mapping[str, Any]
    words: Phrases

    def say(self, key: str, **facts: object) -> Markup:
        """Return a phrase as HTML, with facts escaped unless they are HTML."""
        told = {name: str(escape(fact)) for name, fact in facts.items()}
        text = Phrases(self.words.language, {key: str(escape(self.words.texts[key]))})
        return Markup(text.say(key, **told))  # noqa: S704  (all parts are escaped above)

    def row(self, label: str, text: Markup | None = None, *codes: str) -> Row:
        """Return one line."""
        return Row(self.words.say(label), text or Markup(), codes)

    def rules(self, snapshot: Snapshot, on_paper: int) -> Part:
        """Return what was fixed before the first answer."""
        survey, told, instrument = self.survey, self.manifest, instrument_of(self.survey)
        asked = self.say(
            "asked_told",
            group=_own(snapshot.root.path),
            headcount=survey.headcount,
            paper=on_paper,
            groups=told.get("groups", 0),
            spare=told.get("spare", 0),
        )
        form = self.say(
            "form_told",
            form=_code(survey.form),
            statements=len(instrument.items()),
            languages=Markup(" · ").join(_own(name_of(one)) for one in survey.languages),
        )
        least = self.say("least_told", k=survey.k)
        rows = [self.row("asked", asked), self.row("form", form)]
        rows += [self.row("open", self._dates()), self.row("least", least)]
        rows += [self.row("leader", self._leader()), self._box()]
        return Part(self.words.say("rules"), tuple(rows))

    def same(self) -> Part:
        """Return by what it is known again."""
        survey, scripts = self.survey, self.manifest.get("scripts", {})
        code = survey.fingerprint or ""
        rows = (
            self.row("fingerprint", None, spaced(code), " ".join(words_of(code))),
            self.row("questions", None, survey.instrument_digest or ""),
            self.row("description", None, digest(survey.manifest or b"")),
            self.row(
                "scripts",
                None,
                *(f"{name} {scripts[name][:_SHORT]}" for name in _SCRIPTS if name in scripts),
            ),
        )
        return Part(self.words.say("same"), rows)

    def result(self, snapshot: Snapshot, mark: str) -> Part:
        """Return what came of it, as far as it is published."""
        shown = snapshot.root.responses
        answers = self.say("responses_none") if shown is None else escape(shown)
        audit = self.say("audit_told", version=snapshot.code_version)
        gone = self.say("gone_soon" if self.survey.needs_scrubbing else "gone_done")
        rows = (
            self.row("responses", answers),
            self.row("void", escape(snapshot.void)),
            self.row("mark", None, mark),
            self.row("audit", audit, f"teamhealth audit {self.survey.id}"),
            self.row("gone", gone),
        )
        return Part(self.words.say("result"), rows)

    def _dates(self) -> Markup:
        survey = self.survey
        planned = survey.closes_latest - LATER
        run = self.say(
            "open_told", opened=self._day(survey.opened_at), closed=self._day(survey.closed_at)
        )
        how = "planned_told" if survey.closes_at == planned else "extended_told"
        about = self.say(
            how,
            planned=self._day(planned),
            until=self._day(survey.closes_at),
            latest=self._day(survey.closes_latest),
        )
        return Markup("{}<br>{}").format(run, about)

    def _day(self, moment: datetime | None) -> str:
        return day_and_time(moment, self.words.language) if moment else "–"

    def _leader(self) -> Markup:
        audience = self.survey.leader_theme.value
        return self.say(
            f"leader_{audience}", reference=_own(self.survey.leader_theme_reference)
        )

    def _box(self) -> Row:
        trustee = self.manifest.get("trustee")
        if not trustee:
            return self.row("box", self.say("box_server"))
        told = self.say("box_trustee", name=_own(trustee["name"]))
        return self.row("box", told, digest(unb64(trustee["sign"], 32)))


def _own(text: str) -> Markup:
    """Return the organisation's own words, which may run the other way than those around them."""
    kind = "own wide" if len(text) > _WIDE else "own"
    return Markup('<bdi class="{}" dir="{}">{}</bdi>').format(kind, direction(text), text)


def _code(text: str) -> Markup:
    return Markup('<bdi class="own" dir="ltr">{}</bdi>').format(text)
