"""The letters about one result, as rows of the outbox: what each says, to whom, with which reports in it.

Promise: a letter names groups and themes, never a number of a group's result but how many
answers were counted of all. The way to the desk is made while it is sent.
"""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime

from teamhealth.accounts.leaders import Leader
from teamhealth.advice.highlights import Finding, highlights
from teamhealth.campaigns import releasing
from teamhealth.campaigns.lookup import instrument_of
from teamhealth.campaigns.models import Survey
from teamhealth.campaigns.released import Release
from teamhealth.cells.model import GroupResult, Snapshot
from teamhealth.i18n.dates import decimal, long_date
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.i18n.lists import listed
from teamhealth.instruments.library import library
from teamhealth.invitations.inviting import Invited
from teamhealth.outlets import kinds
from teamhealth.outlets.kinds import Kind

READY, NONE, ABOVE = "report_ready", "report_none", "report_above"
TALK, SUMMARY = "report_talk", "report_summary"
"""Kinds of letters, as their wordings are named."""

AT_THE_DESK = (READY, NONE, ABOVE, TALK)
"""Those that lead to the desk."""

_MOST_ENCLOSED = 5
"""Who leads more groups finds their reports at the desk: a letter must stay small."""


class Announcement:
    """All letters about one result, written at one moment."""

    def __init__(self, survey: Survey, release: Release, seen: Snapshot, now: datetime) -> None:
        self._survey, self._release, self._seen, self._now = survey, release, seen, now
        self._groups = {group.id: group for group in seen.groups}
        self._instrument = instrument_of(survey)
        self._summaries: dict[str, dict[str, str]] = {}

    def ready(self, leader: Leader) -> dict[str, object]:
        """Tell a leader of their groups, or kindly that none of them has a result of its own."""
        language = self._language(leader.language)
        ours = [self._groups[name] for name in leader.groups if name in self._groups]
        told = [group for group in ours if group.responses is not None]
        without = [group for group in ours if group.responses is None]
        inside = releasing.LEADERS in self._release.encloses
        encloses = self._enclosed(Kind.TEAM if told else Kind.TALK, told or without, inside)
        later = releasing.withheld_until(self._release, now=self._now)
        return self._row(
            READY if told else NONE,
            leader.email,
            leader.name,
            language,
            encloses,
            groups=_names(told or without, language),
            without=_names(without, language) if told else "",
            counted_in=_names(self._counted_in(without), language),
            above=long_date(later, language) if later else "",
        )

    def above(self, leader: Leader) -> dict[str, object]:
        """Tell a leader that the groups below theirs can be read."""
        return self._row(ABOVE, leader.email, leader.name, self._language(leader.language))

    def talk(self, leader: Leader) -> dict[str, object]:
        """Ask a leader, once, whether the team has talked."""
        language = self._language(leader.language)
        return self._row(
            TALK,
            leader.email,
            leader.name,
            language,
            since=long_date(self._release.leaders_from, language),
        )

    def summary(self, one: Invited, talk_by: datetime) -> dict[str, object]:
        """Tell somebody who was asked what came out for everybody."""
        language = self._language(one.language or "")
        inside = releasing.EVERYBODY in self._release.encloses
        encloses = self._enclosed(Kind.SUMMARY, [self._seen.root], inside)
        if language not in self._summaries:
            self._summaries[language] = self._summary(language, talk_by)
        facts = self._summaries[language]
        return self._row(SUMMARY, one.address, one.name, language, encloses, **facts)

    def _summary(self, language: str, talk_by: datetime) -> dict[str, str]:
        root = self._seen.root
        told = highlights(self._seen, root.id, library().banding)
        return {
            "group": root.name,
            "responses": decimal(root.responses or 0, language, digits=0),
            "keep": self._theme(told.keep, language),
            "care": self._theme(told.care, language),
            "even": root.name if told.nothing else "",
            "talk": long_date(talk_by, language),
        }

    def _theme(self, finding: Finding | None, language: str) -> str:
        """Return the title of a theme, as pinned where it was asked in that language."""
        if finding is None:
            return ""
        pinned = next(one for one in self._instrument.themes if one.id == finding.theme).title
        return pinned.get(language) or library().wordings[language].themes[finding.theme]

    def _language(self, wanted: str) -> str:
        return wanted if wanted in LANGUAGES else self._survey.languages[0]

    def _counted_in(self, without: Iterable[GroupResult]) -> Sequence[GroupResult]:
        names = dict.fromkeys(one.counted_in for one in without if one.counted_in)
        return [self._groups[name] for name in names]

    def _enclosed(self, kind: Kind, groups: Sequence[GroupResult], wanted: bool) -> list[str]:
        if not wanted or len(groups) > _MOST_ENCLOSED:
            return []
        return [f"{kind}:{group.id}" for group in groups]

    def _row(
        self,
        kind: str,
        address: str,
        name: str,
        language: str,
        encloses: Sequence[str] = (),
        **facts: str,
    ) -> dict[str, object]:
        return {
            "id": uuid.uuid4(),
            "survey_id": self._survey.id,
            "kind": kind,
            "address": address,
            "name": name,
            "language": language,
            "facts": {
                "title": self._survey.title,
                "organisation": self._survey.contacts.get("organisation", ""),
                "contact": self._survey.contacts.get("contact", ""),
                "files": listed(map(self._file_name, encloses), language),
                **facts,
            },
            "encloses": list(encloses),
            "invitation_id": None,
            "not_before": self._now,
        }

    def _file_name(self, enclosed: str) -> str:
        kind, _, group = enclosed.partition(":")
        return kinds.only(Kind(kind), group, self._seen).file_name


def _names(groups: Iterable[GroupResult], language: str) -> str:
    return listed((group.name for group in groups), language)
