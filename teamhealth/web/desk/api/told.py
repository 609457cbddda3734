"""What the interface tells, as plain data: surveys, their wording, groups. Cells are those of the exports."""

from collections.abc import Sequence
from datetime import datetime

from teamhealth.campaigns.models import Survey
from teamhealth.cells.model import GroupResult
from teamhealth.instruments.model import Instrument
from teamhealth.web.desk.reading import Result

Told = dict[str, object]


def survey_row(survey: Survey) -> Told:
    """Return a survey in the list of all."""
    return {
        "id": survey.id,
        "title": survey.title,
        "form": survey.form,
        "state": survey.state,
        "opened": _day(survey.opened_at),
        "closed": _day(survey.closed_at),
        "k": survey.k,
        "languages": list(survey.languages),
        "previous": survey.previous_id,
    }


def survey(found: Result, language: str) -> Told:
    """Return the facts of a survey, and its words in one of its languages."""
    facts, asked = found.seen.survey, found.source.instrument
    groups = found.tree.groups
    return {
        "id": found.id,
        "title": found.title,
        "form": facts.form,
        "state": "published" if found.published else "counted",
        "opened": facts.opened,
        "closed": facts.closed,
        "k": facts.k,
        "languages": list(facts.languages),
        "previous": facts.previous,
        "leader_theme": facts.leader_theme,
        "instrument_digest": facts.instrument_digest,
        "fingerprint": facts.fingerprint,
        "mark": found.mark,
        "version": found.seen.version,
        "groups": len(groups),
        "groups_shown": sum(group.responses is not None for group in groups),
        "language": language,
        "themes": _themes(found, asked, language),
        "questions": _questions(found, asked, language),
        "answers": list(asked.labels[language]),
    }


def branch(found: Result, under: str | None) -> Sequence[GroupResult]:
    """Return the groups that the reader may open, in the tree's order: all, or one and those below it.

    Raises NotFoundError for a group that is not theirs.
    """
    if under is None:
        return found.tree.groups
    within = {found.group(under).id}
    for group in found.tree.groups:  # parents come first
        if group.parent in within:
            within.add(group.id)
    return [group for group in found.tree.groups if group.id in within]


def _themes(found: Result, asked: Instrument, language: str) -> list[Told]:
    titles = {theme.id: theme.title[language] for theme in asked.themes}
    return [
        {"id": theme.id, "title": titles[theme.id], "items": list(theme.items)}
        for theme in found.seen.themes
    ]


def _questions(found: Result, asked: Instrument, language: str) -> list[Told]:
    themes = {theme.id for theme in found.seen.themes}
    return [
        {
            "id": question.id,
            "kind": question.kind,
            "theme": question.theme or None,
            "reverse": question.reverse,
            "text": question.text[language],
        }
        for question in asked.questions
        if not question.theme or question.theme in themes
    ]


def _day(moment: datetime | None) -> str | None:
    return moment.date().isoformat() if moment else None
