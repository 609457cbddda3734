"""Attributes: what people may be asked about themselves, as the bank offers it and each language words it.

A launch names at most two of them (``instruments.asking``); else nothing of it is asked.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from teamhealth.i18n.entries import Entry, refuse_repeated
from teamhealth.i18n.faults import Faults

FEWEST_OPTIONS, MOST_OPTIONS = 2, 8

RESERVED = ("code", "email")
"""Names that stand beside those of questions: on the page without scripts, in a file of answers."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One attribute of the bank; ``options`` are ids in their order, none where a launch names them."""

    id: str
    ordered: bool
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """The words of one attribute in one language; ``options`` by their ids."""

    text: str
    options: Mapping[str, str]


def read_attributes(
    file: Entry, questions: Collection[str], faults: Faults
) -> tuple[Offered, ...]:
    """Read ``attributes.yaml``; no id may be one of ``questions``, the ids of all that is asked.

    An attribute with a fault is noted and left out; FaultError if the file itself is wrong.
    """
    listed = file.fields("attributes")["attributes"].each()
    refuse_repeated(listed)
    taken = {*questions, *RESERVED}
    return faults.each(listed, lambda entry: _offered(entry, taken))


def read_told(found: Entry, bank: Sequence[Offered]) -> dict[str, Told]:
    """Read the words of all attributes in one language, each with exactly its options."""
    words = found.fields(*(one.id for one in bank))
    return {one.id: _told(words[one.id], one) for one in bank}


def _offered(entry: Entry, taken: Collection[str]) -> Offered:
    found = entry.fields("id", "ordered", optional=("options",))
    name = found["id"].identifier()
    if name in taken:
        raise found["id"].fault(f"expected an id of its own; {name} is asked already")
    options = _options(found["options"]) if "options" in found else ()
    ordered = found["ordered"].flag()
    if ordered and not options:
        raise found["ordered"].fault("expected options where they have an order")
    return Offered(name, ordered, options)


def _options(entry: Entry) -> tuple[str, ...]:
    options = tuple(one.identifier() for one in entry.each())
    if not FEWEST_OPTIONS <= len(options) <= MOST_OPTIONS or len(set(options)) < len(options):
        raise entry.fault(f"expected {FEWEST_OPTIONS} to {MOST_OPTIONS} options, each once")
    return options


def _told(entry: Entry, offered: Offered) -> Told:
    if not offered.options:
        return Told(entry.fields("text")["text"].text(), {})
    found = entry.fields("text", "options")
    options = found["options"].fields(*offered.options)
    if tuple(options) != offered.options:
        raise found["options"].fault(f"expected this order: {', '.join(offered.options)}")
    words = {name: one.text() for name, one in options.items()}
    if len(set(words.values())) < len(words):
        raise found["options"].fault("expected different options")
    return Told(found["text"].text(), words)
