"""The words of the questionnaire in one language: scale, titles of themes, items, further questions."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from teamhealth.i18n.entries import Entry
from teamhealth.i18n.languages import direction
from teamhealth.instruments.attributes import Offered, Told, read_told
from teamhealth.instruments.themes import Theme

SCALE = 5
SOURCE = "en"
"""The language that is written first and translated from."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One language. ``labels``: the five answers, disagreeing first; ``ends``: what 0 and 10 mean.

    ``register`` and ``status`` are notes of the translators, not shown to respondents.
    """

    language: str
    name: str
    direction: Literal["ltr", "rtl"]
    register: str
    status: str
    labels: tuple[str, ...]
    ends: tuple[str, str]
    skip: str
    themes: Mapping[str, str]
    items: Mapping[str, str]
    questions: Mapping[str, str]
    attributes: Mapping[str, Told]


def read_wording(
    file: Entry,
    language: str,
    themes: Sequence[Theme],
    questions: Collection[str],
    attributes: Sequence[Offered],
) -> Wording:
    """Read one ``translations/<language>.yaml``.

    It must have exactly the given themes, their items, the given questions and attributes;
    English must say what the bank says, or people would be asked something else than is explained.
    """
    top = file.fields("meta", "scale", "themes", "items", "questions", "attributes")
    needed = ("language", "name", "direction", "register", "status")
    meta = top["meta"].fields(*needed, optional=("variant",))
    scale = top["scale"].fields("labels", "skip", "ends")
    low, high = scale["ends"].texts(2, 2)
    titles = {theme.id: theme.title for theme in themes}
    items = {item.id: item.text for theme in themes for item in theme.items}
    source = language == SOURCE
    return Wording(
        language=meta["language"].word((language,)),
        name=meta["name"].text(),
        direction="rtl" if meta["direction"].word((direction(language),)) == "rtl" else "ltr",
        register=meta["register"].text(),
        status=meta["status"].text(),
        labels=_different(scale["labels"]),
        ends=(low, high),
        skip=scale["skip"].text(),
        themes=_texts(top["themes"].fields(*titles), titles if source else {}),
        items=_texts(top["items"].fields(*items), items if source else {}),
        questions=_texts(top["questions"].fields(*questions), {}),
        attributes=read_told(top["attributes"], attributes),
    )


def _different(entry: Entry) -> tuple[str, ...]:
    labels = entry.texts(SCALE, SCALE)
    if len(set(labels)) != SCALE:
        raise entry.fault("expected five different answers")
    return labels


def _texts(found: Mapping[str, Entry], same: Mapping[str, str]) -> dict[str, str]:
    for name, text in same.items():
        if found[name].text() != text:
            raise found[name].fault(f"expected the words of themes.yaml: “{text}”")
    return {name: entry.text() for name, entry in found.items()}
