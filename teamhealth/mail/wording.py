"""What a letter says, block by block; the words are in surveys/ipnb/letters.

A block whose words name a fact that is empty is left out, or said in its other way: so
a letter reads well without a contact or the organisation's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from teamhealth import content
from teamhealth.credentials.codes import spaced
from teamhealth.credentials.fingerprint import words as words_of
from teamhealth.i18n.phrases import PLACEHOLDER, Phrases, phrases
from teamhealth.mail.shapes import SHAPES, Role


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph. ``value`` is what stands on a line of its own below: link, code or sender."""

    role: Role
    text: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A letter's words."""

    subject: str
    text: str
    html: str


_LEFT_TO_RIGHT = "\u200e"
"""Keeps the parts of a code that begins with digits in their order among Arabic words."""


def say(kind: str, language: str, facts: Mapping[str, str]) -> Said:
    """Return the words of a letter of a kind in a language, with the facts filled in.

    Raises ContentError if the shipped words are faulty, KeyError for an unknown kind,
    ValueError if a fact is missing.
    """
    words = phrases("letters", language)
    facts = {**facts, **_printed(facts.get("fingerprint", ""), words.direction)}
    blocks = [
        Block(role, words.say(chosen, **facts), facts[value] if value else "")
        for role, keys, value in SHAPES[kind]
        if (chosen := _sayable(words, keys, facts))
    ]
    subject = words.say(f"{kind}.subject", **facts)
    html = _template().render(
        subject=subject, blocks=blocks, language=language, direction=words.direction
    )
    return Said(subject, _plain(blocks), html)


def _printed(code: str, direction: str) -> dict[str, str]:
    """Return a fingerprint as it is compared: as characters, and as words."""
    if not code:
        return {"fingerprint": "", "words": ""}
    mark = _LEFT_TO_RIGHT if direction == "rtl" else ""
    return {"fingerprint": mark + spaced(code), "words": " ".join(words_of(code))}


def _sayable(words: Phrases, keys: str, facts: Mapping[str, str]) -> str:
    """Return the first of these phrases for which no fact is empty, or nothing."""
    for key in keys.split("|"):
        if all(facts.get(name) != "" for name in PLACEHOLDER.findall(words.texts[key])):
            return key
    return ""


def _plain(blocks: list[Block]) -> str:
    lines = []
    for block in blocks:
        lines += [f"– {block.text}"] if block.role == "point" else ["", block.text]
        lines += [block.value] if block.value else []
    return "\n".join([*lines[1:], ""])


@cache
def _template() -> Template:
    house = Environment(
        loader=FileSystemLoader(content.folder("templates") / "mail"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return house.get_template("letter.html")
