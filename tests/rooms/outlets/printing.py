"""Surveys of the real questionnaire, counted, printed, and read back from the PDF."""

import io
from dataclasses import dataclass, replace
from functools import cache

import pikepdf
import pypdf

from teamhealth.cells.audience import HR
from teamhealth.cells.model import Snapshot
from teamhealth.instruments.guidance import library_in
from teamhealth.instruments.library import library
from teamhealth.instruments.model import Instrument
from teamhealth.outlets.pdf import organisation_report, team_report
from teamhealth.results.sheets import form_of
from tests.rooms.results.makers import HARSH, USUAL, charter, decided, drawn, seeded

SIZES = (3, 9, 18, 46, 7, 8, 9, 4)
ANSWERS = (2, 7, 14, 40, 6, 7, 9, 2)
"""Of the organisation's own people and of its groups g1 … g7, the last too small for a result."""

SMALL, MEDIUM, LARGE, HIDDEN = "g1", "g2", "g3", "g7"


@dataclass(frozen=True)
class Said:
    """A comment as it is stored."""

    question: str
    body: str


@cache
def counted(form="quarterly", languages=("en",), *, again=False) -> tuple[Snapshot, Instrument]:
    """Count a survey of an organisation with groups of all sizes; ``again`` follows one before."""
    asked = library().instrument(form, languages)
    previous = counted(form, languages)[0] if again else None
    given, fixed = charter(
        [-1] + [0] * (len(SIZES) - 1), SIZES, asked=asked, previous=previous,
        survey="s2" if again else "s1",
    )  # fmt: skip
    rng, shape = seeded(7 + again), form_of(asked, given.tree)
    sheets = {
        v: [drawn(rng, shape, mix=HARSH if again and v == 2 else USUAL) for _ in range(n)]
        for v, n in enumerate(ANSWERS)
        if fixed.invited[v]
    }
    snapshot, _ = decided(given, shape, sheets)
    if again:
        facts = replace(snapshot.survey, title="Winter", previous="s1")
        snapshot = replace(snapshot, survey=facts)
    return snapshot, asked


@cache
def team(
    group, form="quarterly", languages=("en",), *, again=False, viewer=HR, comments=(),
    reader="en",
):  # fmt: skip
    """Print the report of a group for somebody who reads a language."""
    snapshot, asked = counted(form, languages, again=again)
    earlier = [counted(form, languages)[0]] if again else []
    return team_report(
        snapshot, group, asked, library_in(reader), viewer=viewer, earlier=earlier,
        comments=comments, mark="5e" * 32, language=reader,
    )  # fmt: skip


@cache
def organisation(form="quarterly"):
    """Print the report of the organisation."""
    snapshot, asked = counted(form)
    return organisation_report(snapshot, asked, library(), mark="5e" * 32)


def renamed(snapshot, group, name):
    """Give a group another name."""
    groups = (
        replace(g, name=name, path=f"Acme/{name}") if g.id == group else g
        for g in snapshot.groups
    )
    return replace(snapshot, groups=tuple(groups))


@cache
def pages(pdf):
    """Read each page's text with single spaces."""
    read = pypdf.PdfReader(io.BytesIO(pdf))
    return tuple(" ".join(page.extract_text().split()) for page in read.pages)


def text(pdf):
    """Read the whole text."""
    return " ".join(pages(pdf))


def fonts(pdf):
    """Name the embedded fonts without their subset tags; fails for one that is not embedded."""
    found = set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for thing in document.objects:
            if (
                isinstance(thing, pikepdf.Dictionary)
                and thing.get("/Type") == "/FontDescriptor"
            ):
                assert any(key in thing for key in ("/FontFile2", "/FontFile3"))
                found.add(str(thing["/FontName"]).partition("+")[2])
    return found


def largest_font(pdf):
    """Give the size of the largest embedded font, in bytes before it is packed."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return max(
            len(thing[key].read_bytes())
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary)
            for key in ("/FontFile2", "/FontFile3")
            if key in thing
        )
