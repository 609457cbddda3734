"""The bank of themes: what each is about, why it matters, what is known, and its items in English."""

from dataclasses import dataclass
from typing import Literal, cast, get_args

from teamhealth.i18n.entries import Entry, refuse_repeated
from teamhealth.i18n.faults import Faults

Strength = Literal["strong", "moderate", "emerging", "contested"]
STRENGTHS: tuple[str, ...] = get_args(Strength)
Band = Literal["low", "medium", "high"]
BANDS: tuple[Band, ...] = get_args(Band)
POINTS = 20
"""The source article makes twenty points; ``ipnb_points`` say which a theme or practice draws on."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """How well an idea is supported, and the studies that say so."""

    strength: Strength
    note: str


@dataclass(frozen=True, slots=True)
class Item:
    """One statement of the bank; ``reverse`` ones are scored 6 − answer."""

    id: str
    text: str
    reverse: bool


@dataclass(frozen=True, slots=True)
class Bands:
    """What a theme's mean says about the climate, as one sentence a band."""

    low: str
    medium: str
    high: str


@dataclass(frozen=True, slots=True)
class Theme:
    """One theme with all that is told about it. ``caution`` is empty for most."""

    id: str
    title: str
    definition: str
    why: str
    ipnb_points: tuple[int, ...]
    evidence: Evidence
    caution: str
    items: tuple[Item, ...]
    prompts: tuple[str, ...]
    bands: Bands


@dataclass(frozen=True, slots=True)
class Banding:
    """From which theme mean (1–5) a band begins; below ``medium_from`` it is low."""

    medium_from: float
    high_from: float

    def of(self, mean: float) -> Band:
        """Return the band of a released theme mean."""
        if mean < self.medium_from:
            return "low"
        return "medium" if mean < self.high_from else "high"


def read_themes(file: Entry, faults: Faults) -> tuple[Theme, ...]:
    """Read the themes of ``themes.yaml``.

    A theme with a fault is noted and left out; FaultError if the file itself is wrong.
    """
    top = file.fields("meta", "banding", "themes")
    listed = top["themes"].each()
    themes = faults.each(listed, _theme)
    if not faults:
        refuse_repeated(listed)
        refuse_repeated([item for theme in listed for item in theme.mapping()["items"].each()])
    return themes


def read_banding(file: Entry) -> Banding:
    """Read the cut-offs of the bands; FaultError if they are not rising."""
    entry = file.fields("meta", "banding", "themes")["banding"]
    found = entry.fields("medium_from", "high_from", "note")
    medium = found["medium_from"].number(1, 5)
    high = found["high_from"].number(1, 5)
    if high <= medium:
        raise found["high_from"].fault("expected more than medium_from")
    return Banding(medium, high)


def read_evidence(entry: Entry) -> Evidence:
    """Read a note on evidence."""
    found = entry.fields("strength", "note")
    return Evidence(cast(Strength, found["strength"].word(STRENGTHS)), found["note"].text())


def read_points(entry: Entry) -> tuple[int, ...]:
    """Read the numbers of the source's points."""
    return tuple(point.integer(1, POINTS) for point in entry.each())


def _theme(entry: Entry) -> Theme:
    found = entry.fields(
        "id",
        "title",
        "definition",
        "why_it_matters",
        "ipnb_points",
        "evidence",
        "items",
        "discussion_prompts",
        "bands",
        optional=("caution",),
    )
    bands = found["bands"].fields(*BANDS)
    return Theme(
        id=found["id"].identifier(),
        title=found["title"].text(),
        definition=found["definition"].text(),
        why=found["why_it_matters"].text(),
        ipnb_points=read_points(found["ipnb_points"]),
        evidence=read_evidence(found["evidence"]),
        caution=found["caution"].text() if "caution" in found else "",
        items=tuple(_item(item) for item in found["items"].each()),
        prompts=found["discussion_prompts"].texts(),
        bands=Bands(bands["low"].text(), bands["medium"].text(), bands["high"].text()),
    )


def _item(entry: Entry) -> Item:
    found = entry.fields("id", "text", "reverse")
    return Item(found["id"].identifier(), found["text"].text(), found["reverse"].flag())
