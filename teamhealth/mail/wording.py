"""What a letter says, block by block; the words are in surveys/ipnb/letters.

A block whose words name a fact that is empty is left out, or said in its other way: so
a letter reads well without a contact or the organisation's name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from teamhealth import content
from teamhealth.credentials.codes import spaced
from teamhealth.i18n.phrases import PLACEHOLDER, Phrases, phrases

Role = Literal["text", "link", "code", "point", "note", "sign"]


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


_LINK: tuple[tuple[Role, str, str], ...] = (
    ("link", "link", "url"),
    ("code", "code", "code"),
)
_END: tuple[tuple[Role, str, str], ...] = (
    ("text", "questions", ""),
    ("sign", "thanks", "organisation"),
)
_SHAPES: dict[str, tuple[tuple[Role, str, str], ...]] = {
    "invitation": (
        ("text", "hello_name|hello", ""),
        ("text", "invitation.opening_from|invitation.opening", ""),
        ("text", "invitation.voluntary", ""),
        *_LINK,
        ("text", "invitation.points", ""),
        ("point", "invitation.sealed", ""),
        ("point", "invitation.opened", ""),
        ("point", "invitation.before", ""),
        ("point", "invitation.groups", ""),
        ("note", "why_link", ""),
        ("note", "alone", ""),
        ("note", "fingerprint", ""),
        *_END,
    ),
    "extended": (
        ("text", "hello_name|hello", ""),
        ("text", "extended.opening", ""),
        ("text", "extended.answered", ""),
        ("text", "extended.not_yet", ""),
        *_LINK,
        ("note", "extended.everybody", ""),
        ("note", "alone", ""),
        ("note", "fingerprint", ""),
        *_END,
    ),
    "cancelled": (
        ("text", "hello_name|hello", ""),
        ("text", "cancelled.opening", ""),
        ("text", "cancelled.reason", ""),
        ("text", "cancelled.answers", ""),
        ("text", "cancelled.nothing", ""),
        *_END,
    ),
}


def say(kind: str, language: str, facts: Mapping[str, str]) -> Said:
    """Return the words of a letter of a kind in a language, with the facts filled in.

    Raises ContentError if the shipped words are faulty, KeyError for an unknown kind,
    ValueError if a fact is missing.
    """
    words = phrases("letters", language)
    facts = {**facts, "fingerprint": spaced(facts.get("fingerprint", ""))}
    blocks = [
        Block(role, words.say(chosen, **facts), facts[value] if value else "")
        for role, keys, value in _SHAPES[kind]
        if (chosen := _sayable(words, keys, facts))
    ]
    subject = words.say(f"{kind}.subject", **facts)
    html = _template().render(
        subject=subject, blocks=blocks, language=language, direction=words.direction
    )
    return Said(subject, _plain(blocks), html)


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
