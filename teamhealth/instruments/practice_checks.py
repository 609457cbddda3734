"""Whether there is something to suggest for every theme and band, and something known about it."""

from collections.abc import Iterator, Sequence
from functools import partial

from teamhealth.i18n.entries import Entry, refuse_repeated
from teamhealth.i18n.faults import Fault, Faults
from teamhealth.instruments.library import Library
from teamhealth.instruments.practices import Practice
from teamhealth.instruments.themes import BANDS, POINTS, Theme

LEAST = 3
"""So many practices every theme has, so that a team has a choice."""

REFERENCES = frozenset(
    {
        "tool:mindful_breathing",
        "tool:reflective_dialogue",
        "tool:emotion_coaching",
        "topic:emotional_granularity",
        "topic:social_facilitation",
        "topic:naive_realism",
        "topic:self_compassion",
        "tip:mindful_listening",
        "tip:seek_positive_interactions",
        "tip:emotional_check_ins",
        "tip:learn_conflict_skills",
        "tip:stay_curious",
    }
)
"""The tools, topics and tips of the source article."""


def check_practices(file: Entry) -> Iterator[Fault]:
    """Check each practice of ``practices.yaml`` by itself."""
    for entry in file.mapping()["practices"].each():
        practice = entry.mapping()
        bands = practice["when_to_use"].mapping()["bands"]
        for some in (practice["themes"], practice["ipnb_points"], bands):
            if not some.each():
                yield some.fault("expected at least one").fault
        for named in practice["source_refs"].each() if "source_refs" in practice else ():
            if named.text() not in REFERENCES:
                known = ", ".join(sorted(REFERENCES))
                yield named.fault(f"not in the source article; expected one of: {known}").fault


def check_coverage(
    file: Entry, themes: Sequence[Theme], practices: Sequence[Practice]
) -> Iterator[Fault]:
    """Check that no theme, band or part of the source is left without a practice."""
    place = file.mapping()["practices"]
    for theme in themes:
        serving = [practice for practice in practices if theme.id in practice.themes]
        if len(serving) < LEAST:
            told = f"expected {LEAST} practices for {theme.id}, found {len(serving)}"
            yield place.fault(told).fault
        if not any(practice.effort == "low" for practice in serving):
            yield place.fault(f"expected a practice of low effort for {theme.id}").fault
        for band in BANDS:
            if not any(band in practice.bands for practice in serving):
                yield place.fault(f"expected a practice for {theme.id}, band {band}").fault
    for name in sorted(REFERENCES.difference(*(p.source_refs for p in practices))):
        yield place.fault(f"expected a practice that takes up {name}").fault
    drawn = [one.ipnb_points for one in themes] + [one.ipnb_points for one in practices]
    for point in sorted(set(range(1, POINTS + 1)).difference(*drawn)):
        yield place.fault(f"expected a theme or practice for point {point}").fault


def check_retro(file: Entry, found: Library) -> Iterator[Fault]:
    """Check that retro formats use the result, and that what they name exists."""
    example = file.mapping()["action_card"].mapping()["example"].mapping()
    known = {
        "theme": [theme.id for theme in found.themes],
        "practice": [practice.id for practice in found.practices],
    }
    faults = Faults()
    for name, ids in known.items():
        if name in example:
            faults.one(partial(example[name].word, ids))
    formats = [entry.mapping() for entry in file.mapping()["formats"].each()]
    every = [step for each in formats for step in each["steps"].each()]
    faults.one(partial(refuse_repeated, every))
    yield from faults
    for each in formats:
        if not any("uses_results" in step.mapping() for step in each["steps"].each()):
            yield each["steps"].fault("expected a step that uses the results").fault
