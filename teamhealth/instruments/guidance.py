"""Themes, practices and the guide to talks in another language than the one they are written in.

The texts of questions are not here: they were pinned to the survey, and stand in its
instrument.
"""

from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from functools import cache
from typing import Any, TypeVar

from teamhealth.i18n.messages import catalogue
from teamhealth.instruments.library import Library, library
from teamhealth.instruments.practices import Practice
from teamhealth.instruments.retro import Line, RetroFormat, RetroGuide, RetroStep
from teamhealth.instruments.themes import Bands, Evidence, Theme

_Kind = TypeVar("_Kind")

_SAID: dict[type, tuple[str, ...]] = {
    Theme: ("definition", "why", "caution", "prompts"),
    Bands: ("low", "medium", "high"),
    Evidence: ("note",),
    Practice: ("title", "summary", "steps", "situations", "watch_out", "first_step"),
    RetroGuide: (
        *("purpose", "when", "who", "minimum_group", "materials", "selection", "questions"),
        *("choosing", "choosing_limit", "honest_limit"),
    ),
    RetroFormat: ("title", "best_for", "group_size", "materials", "safety"),
    RetroStep: ("title", "script", "uses_results", "notes"),
    Line: ("text",),
    Library: ("standing_rules",),
}
"""Which fields hold sentences; everything else is an id, a number or a word of ours."""

_PARTS: dict[type, tuple[str, ...]] = {
    Library: ("themes", "practices", "standing_rules", "retro"),
}
_IDS = frozenset({"theme", "practice"})
"""Fields of the action card whose example is an id."""


@cache
def library_in(language: str) -> Library:
    """Return the shipped content in a language; what is not translated stays in English."""
    known = library()
    turned = translated(known, catalogue("guidance", language).gettext)
    titles = known.wordings[language].themes
    return replace(
        turned, themes=tuple(replace(one, title=titles[one.id]) for one in turned.themes)
    )


def translated(thing: _Kind, turn: Callable[[str], str]) -> _Kind:
    """Return a part of the content with every sentence turned."""
    changed: dict[str, Any] = {}
    for name, value in _parts(thing):
        if name in _SAID.get(type(thing), ()):
            one = isinstance(value, str)
            changed[name] = (
                _turned(value, turn) if one else tuple(_turned(v, turn) for v in value)
            )
        elif isinstance(value, tuple):
            changed[name] = tuple(translated(one, turn) for one in value)
        else:
            changed[name] = translated(value, turn)
    return replace(thing, **changed) if changed else thing  # type: ignore[type-var]


def sentences(thing: object) -> Iterator[tuple[str, str]]:
    """Give every sentence with where it stands, such as ``Practice.watch_out``, for translators."""
    for name, value in _parts(thing):
        if name in _SAID.get(type(thing), ()):
            for text in (value,) if isinstance(value, str) else value:
                if text:
                    yield f"{type(thing).__name__}.{name}", text
        else:
            for one in value if isinstance(value, tuple) else (value,):
                yield from sentences(one)


def _parts(thing: object) -> Iterator[tuple[str, Any]]:
    """Give the fields that hold sentences, or something that does."""
    if not is_dataclass(thing) or isinstance(thing, type):
        return
    if (
        isinstance(thing, Line)
        and thing.id in _IDS
        and thing.text.islower()
        and thing.text.isidentifier()
    ):
        return
    for field in fields(thing):
        if field.name in _PARTS.get(type(thing), (field.name,)):
            yield field.name, getattr(thing, field.name)


def _turned(text: str, turn: Callable[[str], str]) -> str:
    return turn(text) if text else ""  # an empty message is a catalogue's own head
