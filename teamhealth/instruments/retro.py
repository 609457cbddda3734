"""Team conversations about a result: one set of rules, and formats of different length."""

from dataclasses import dataclass

from teamhealth.i18n.entries import Entry, refuse_repeated
from teamhealth.i18n.faults import Faults

_A_DAY = 8 * 60


@dataclass(frozen=True, slots=True)
class RetroStep:
    """One step of a format; ``uses_results`` and ``notes`` are empty where there is nothing to say."""

    id: str
    title: str
    minutes: int
    script: str
    uses_results: str
    notes: str


@dataclass(frozen=True, slots=True)
class RetroFormat:
    """One length of conversation, its steps in order."""

    id: str
    title: str
    minutes: int
    best_for: str
    group_size: str
    materials: tuple[str, ...]
    safety: tuple[str, ...]
    steps: tuple[RetroStep, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One named line: a ground rule, a field of the action card, a moment of the follow-up."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class RetroGuide:
    """What holds for every format, and the formats.

    ``example`` fills the fields of the action card, among them a theme's and a practice's id.
    """

    purpose: str
    when: str
    who: str
    minimum_group: str
    ground_rules: tuple[Line, ...]
    materials: tuple[str, ...]
    selection: tuple[str, ...]
    questions: tuple[str, ...]
    choosing: tuple[str, ...]
    choosing_limit: str
    card: tuple[Line, ...]
    example: tuple[Line, ...]
    follow_up: tuple[Line, ...]
    honest_limit: str
    formats: tuple[RetroFormat, ...]


def read_retro(file: Entry, faults: Faults) -> RetroGuide:
    """Read ``retro.yaml``; a format with a fault is noted and left out, another fault raises."""
    top = file.fields(
        "meta",
        "ground_rules",
        "shared_materials",
        "theme_selection",
        "action_choice",
        "action_card",
        "follow_up",
        "follow_up_honest_limit",
        "formats",
    )
    meta = top["meta"].fields("version", "purpose", "when", "who_facilitates", "minimum_group")
    selection = top["theme_selection"].fields("rules", "questions_to_the_numbers")
    choice = top["action_choice"].fields("method", "steps", "limit")
    card = top["action_card"].fields("fields", "example")
    refuse_repeated(top["ground_rules"].each())
    refuse_repeated(top["formats"].each())
    return RetroGuide(
        purpose=meta["purpose"].text(),
        when=meta["when"].text(),
        who=meta["who_facilitates"].text(),
        minimum_group=meta["minimum_group"].text(),
        ground_rules=_lines(top["ground_rules"], "id", "text"),
        materials=top["shared_materials"].texts(),
        selection=selection["rules"].texts(),
        questions=selection["questions_to_the_numbers"].texts(),
        choosing=choice["steps"].texts(),
        choosing_limit=choice["limit"].text(),
        card=_lines(card["fields"], "id", "label"),
        example=tuple(Line(name, e.text()) for name, e in card["example"].mapping().items()),
        follow_up=_lines(top["follow_up"], "when", "what"),
        honest_limit=top["follow_up_honest_limit"].text(),
        formats=faults.each(top["formats"].each(), _format),
    )


def _lines(entry: Entry, name: str, text: str) -> tuple[Line, ...]:
    found = (line.fields(name, text) for line in entry.each())
    return tuple(Line(line[name].text(), line[text].text()) for line in found)


def _format(entry: Entry) -> RetroFormat:
    found = entry.fields(
        "id",
        "title",
        "total_minutes",
        "best_for",
        "group_size",
        "materials",
        "psychological_safety",
        "steps",
    )
    refuse_repeated(found["steps"].each())
    steps = tuple(_step(step) for step in found["steps"].each())
    total = found["total_minutes"].integer(1, _A_DAY)
    if sum(step.minutes for step in steps) != total:
        told = sum(step.minutes for step in steps)
        raise found["total_minutes"].fault(f"expected the sum of the steps, which is {told}")
    return RetroFormat(
        id=found["id"].identifier(),
        title=found["title"].text(),
        minutes=total,
        best_for=found["best_for"].text(),
        group_size=found["group_size"].text(),
        materials=found["materials"].texts(),
        safety=found["psychological_safety"].texts(),
        steps=steps,
    )


def _step(entry: Entry) -> RetroStep:
    extra = ("uses_results", "facilitator_notes")
    found = entry.fields("id", "title", "minutes", "script", optional=extra)
    uses, notes = (found[name].text() if name in found else "" for name in extra)
    return RetroStep(
        id=found["id"].identifier(),
        title=found["title"].text(),
        minutes=found["minutes"].integer(1, _A_DAY),
        script=found["script"].text(),
        uses_results=uses,
        notes=notes,
    )
