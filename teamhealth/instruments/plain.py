"""The instrument as plain data and back, so that a survey can pin the words it was launched with."""

from collections.abc import Mapping
from typing import Any

from teamhealth.instruments.model import Attribute, Instrument, Kind, Question, Theme

_VERSION = 1


def to_plain(instrument: Instrument) -> dict[str, Any]:
    """Return the instrument as JSON's own kinds; equal instruments give equal data.

    Attributes are only named where there are some: forms pinned before there were any
    keep their digest.
    """
    plain = {
        "v": _VERSION,
        "form": instrument.form,
        "languages": list(instrument.languages),
        "themes": [
            {"id": theme.id, "title": dict(theme.title), "items": list(theme.items)}
            for theme in instrument.themes
        ],
        "questions": [_question(question) for question in instrument.questions],
        "labels": {language: list(words) for language, words in instrument.labels.items()},
        "ends": {language: list(words) for language, words in instrument.ends.items()},
    }
    if instrument.attributes:
        plain["attributes"] = [_attribute(attribute) for attribute in instrument.attributes]
    return plain


def from_plain(plain: Mapping[str, Any]) -> Instrument:
    """Return the instrument that ``to_plain`` wrote.

    Raises ValueError for another version, KeyError for data that is not an instrument.
    """
    if plain["v"] != _VERSION:
        raise ValueError(f"an instrument of version {plain['v']} is not known here")
    return Instrument(
        form=plain["form"],
        languages=tuple(plain["languages"]),
        themes=tuple(
            Theme(id=theme["id"], title=dict(theme["title"]), items=tuple(theme["items"]))
            for theme in plain["themes"]
        ),
        questions=tuple(
            Question(
                id=question["id"],
                kind=Kind(question["kind"]),
                text=dict(question["text"]),
                theme=question["theme"],
                reverse=question["reverse"],
                groups=tuple(question["groups"]),
            )
            for question in plain["questions"]
        ),
        labels={language: tuple(words) for language, words in plain["labels"].items()},
        ends={language: (low, high) for language, (low, high) in plain["ends"].items()},
        attributes=tuple(
            Attribute(
                id=attribute["id"],
                text=dict(attribute["text"]),
                options=tuple(dict(option) for option in attribute["options"]),
                ordered=attribute["ordered"],
            )
            for attribute in plain.get("attributes", ())
        ),
    )


def _question(question: Question) -> dict[str, Any]:
    return {
        "id": question.id,
        "kind": question.kind.value,
        "text": dict(question.text),
        "theme": question.theme,
        "reverse": question.reverse,
        "groups": list(question.groups),
    }


def _attribute(attribute: Attribute) -> dict[str, Any]:
    return {
        "id": attribute.id,
        "text": dict(attribute.text),
        "options": [dict(option) for option in attribute.options],
        "ordered": attribute.ordered,
    }
