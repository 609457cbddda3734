"""Practices: small things a team or its leader can try, each with its evidence and its caution."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, cast, get_args

from teamhealth.i18n.entries import Entry, refuse_repeated
from teamhealth.i18n.faults import Faults
from teamhealth.instruments.themes import BANDS, Band, Evidence, read_evidence, read_points

Participants = Literal["individual", "pair", "team", "leader"]
Effort = Literal["low", "medium", "high"]
Cadence = Literal["daily", "weekly", "fortnightly", "monthly", "quarterly", "once", "as_needed"]

_A_DAY = 8 * 60


@dataclass(frozen=True, slots=True)
class Practice:
    """One practice. ``minutes`` is the time of one go, ``bands`` and ``situations`` when it suits.

    ``themes`` are ids; ``source_refs`` name the tools, topics and tips of the source article
    that it takes up.
    """

    id: str
    title: str
    themes: tuple[str, ...]
    ipnb_points: tuple[int, ...]
    source_refs: tuple[str, ...]
    summary: str
    steps: tuple[str, ...]
    minutes: int
    cadence: Cadence
    participants: Participants
    effort: Effort
    bands: tuple[Band, ...]
    situations: tuple[str, ...]
    watch_out: str
    evidence: Evidence
    first_step: str


def read_practices(file: Entry, themes: Sequence[str], faults: Faults) -> tuple[Practice, ...]:
    """Read the practices of ``practices.yaml``; each may serve only the given themes."""
    top = file.fields("meta", "practices")
    listed = top["practices"].each()
    refuse_repeated(listed)
    return faults.each(listed, lambda entry: _practice(entry, themes))


def read_standing_rules(file: Entry) -> tuple[str, ...]:
    """Read the rules that hold for every practice."""
    meta = file.fields("meta", "practices")["meta"]
    return meta.fields("version", "standing_rules")["standing_rules"].texts()


def _practice(entry: Entry, themes: Sequence[str]) -> Practice:
    found = entry.fields(
        "id",
        "title",
        "themes",
        "ipnb_points",
        "summary",
        "steps",
        "minutes",
        "cadence",
        "participants",
        "effort",
        "when_to_use",
        "watch_out",
        "evidence",
        "first_step_this_week",
        optional=("source_refs",),
    )
    when = found["when_to_use"].fields("bands", "situations")
    return Practice(
        id=found["id"].identifier(),
        title=found["title"].text(),
        themes=tuple(theme.word(themes) for theme in found["themes"].each()),
        ipnb_points=read_points(found["ipnb_points"]),
        source_refs=found["source_refs"].texts() if "source_refs" in found else (),
        summary=found["summary"].text(),
        steps=found["steps"].texts(3, 6),
        minutes=found["minutes"].integer(1, _A_DAY),
        cadence=cast(Cadence, found["cadence"].word(get_args(Cadence))),
        participants=cast(Participants, found["participants"].word(get_args(Participants))),
        effort=cast(Effort, found["effort"].word(get_args(Effort))),
        bands=tuple(cast(Band, band.word(BANDS)) for band in when["bands"].each()),
        situations=when["situations"].texts(),
        watch_out=found["watch_out"].text(),
        evidence=read_evidence(found["evidence"]),
        first_step=found["first_step_this_week"].text(),
    )
