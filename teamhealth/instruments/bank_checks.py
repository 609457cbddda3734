"""The rules by which items and themes were written, so that a later hand does not break them.

They hold for the English source; translations follow it. The files were read before, so
that every entry is known to have its fields.
"""

import re
from collections.abc import Iterator, Sequence

from teamhealth.i18n.entries import Entry
from teamhealth.i18n.faults import Fault
from teamhealth.instruments.reading_ease import grade
from teamhealth.instruments.themes import Theme

ITEMS, PROMPTS = 4, 3
_SCALE = 3  # from so many items on, agreeing with everything must not look like a good team
_LONGEST = 20
_HARDEST = 8.0
_SENTENCES = range(2, 4)
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
_DOUBLE = re.compile(r"\b(and|or)\b", re.IGNORECASE)
_ABSOLUTE = re.compile(r"\b(not|never|no|always)\b|n['’]t\b", re.IGNORECASE)
_OURS = re.compile(r"\b(i|we|me|my|our|team|here|people)\b", re.IGNORECASE)
_SINGLED_OUT = re.compile(r"\b(you|your|he|she|manager is|individual)\b", re.IGNORECASE)


def check_themes(file: Entry) -> Iterator[Fault]:
    """Check every theme and item of ``themes.yaml``."""
    items: dict[str, Entry] = {}
    for entry in file.mapping()["themes"].each():
        theme = entry.mapping()
        yield from _theme(theme)
        for item in theme["items"].each():
            text = item.mapping()["text"]
            yield from _item(text)
            if text.text() in items:
                yield text.fault("expected another text; this one is asked twice").fault
            items[text.text()] = text
    reached = grade(items)
    if reached > _HARDEST:
        yield (
            file.mapping()["themes"]
            .fault(
                f"expected items at reading grade {_HARDEST:.0f} or easier, found {reached:.1f}"
            )
            .fault
        )


def check_forms(file: Entry, themes: Sequence[Theme]) -> Iterator[Fault]:
    """Check that what each set asks of a theme can stand for the theme."""
    reverse = {item.id for theme in themes for item in theme.items if item.reverse}
    for items in file.mapping()["sets"].mapping().values():
        for chosen in items.mapping().values():
            asked = [item.text() for item in chosen.each()]
            turned = len(reverse.intersection(asked))
            if len(asked) == 1 and turned:
                yield chosen.fault("expected an item that is not reversed to stand alone").fault
            if len(asked) >= _SCALE and turned != 1:
                yield chosen.fault(f"expected the reversed item among {_SCALE} or more").fault


def _theme(theme: dict[str, Entry]) -> Iterator[Fault]:
    name, items = theme["id"].text(), theme["items"].each()
    if len(items) != ITEMS:
        yield theme["items"].fault(f"expected {ITEMS} items, found {len(items)}").fault
    if sum(item.mapping()["reverse"].flag() for item in items) != 1:
        yield theme["items"].fault("expected exactly one reversed item").fault
    for number, item in enumerate(items, 1):
        if item.mapping()["id"].text() != f"{name}_{number}":
            yield item.mapping()["id"].fault(f"expected {name}_{number}").fault
    if len(_SENTENCE_END.findall(theme["why_it_matters"].text())) not in _SENTENCES:
        yield theme["why_it_matters"].fault("expected two or three sentences").fault
    if len(theme["discussion_prompts"].each()) != PROMPTS:
        yield theme["discussion_prompts"].fault(f"expected {PROMPTS} prompts").fault
    for band in theme["bands"].mapping().values():
        if found := _SINGLED_OUT.search(band.text()):
            yield band.fault(f"expected words about a climate, found “{found[0]}”").fault


def _item(text: Entry) -> Iterator[Fault]:
    said = text.text()
    if found := _DOUBLE.search(said):
        yield text.fault(f"expected one thing asked at a time, found “{found[0]}”").fault
    if found := _ABSOLUTE.search(said):
        yield text.fault(f"expected no negation or absolute word, found “{found[0]}”").fault
    if not _OURS.search(said):
        yield text.fault("expected words about me, us or this team").fault
    if len(said.split()) > _LONGEST:
        yield text.fault(f"expected at most {_LONGEST} words").fault
