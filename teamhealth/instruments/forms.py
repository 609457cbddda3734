"""Forms: which items of each theme are asked, and which questions follow them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from teamhealth.i18n.entries import Entry
from teamhealth.i18n.faults import Faults
from teamhealth.instruments.model import Kind
from teamhealth.instruments.themes import Theme


@dataclass(frozen=True, slots=True)
class Form:
    """One form. ``themes`` are those asked unless HR chooses others, in the bank's order.

    ``items`` holds the ids asked of every theme of the bank, so that any may be chosen;
    ``questions`` the further ones and how each is answered, in the order asked.
    """

    id: str
    themes: tuple[str, ...]
    items: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, Kind]


@dataclass(frozen=True, slots=True)
class _Known:
    """What a form may name: the bank's themes in order, the sets of items, the questions."""

    themes: Sequence[str]
    sets: Mapping[str, Mapping[str, tuple[str, ...]]]
    kinds: Mapping[str, Kind]


def read_forms(file: Entry, themes: Sequence[Theme], faults: Faults) -> dict[str, Form]:
    """Read ``forms.yaml``; every theme and item named there must be one of ``themes``."""
    top = file.fields("sets", "questions", "forms")
    sets = top["sets"].mapping()
    kinds = top["questions"].mapping()
    known = _Known(
        themes=[theme.id for theme in themes],
        sets={name: _set(entry, themes) for name, entry in sets.items()},
        kinds={name: Kind(entry.word(list(Kind))) for name, entry in kinds.items()},
    )
    read = faults.each(top["forms"].mapping().items(), partial(_form, known))
    return {form.id: form for form in read}


def _set(entry: Entry, themes: Sequence[Theme]) -> dict[str, tuple[str, ...]]:
    found = entry.fields(*(theme.id for theme in themes))
    return {
        theme.id: _in_order(found[theme.id], [item.id for item in theme.items])
        for theme in themes
    }


def _form(known: _Known, named: tuple[str, Entry]) -> Form:
    name, entry = named
    found = entry.fields("set", "themes", "questions")
    questions = _in_order(found["questions"], list(known.kinds))
    return Form(
        id=name,
        themes=_in_order(found["themes"], known.themes),
        items=known.sets[found["set"].word(known.sets)],
        questions={question: known.kinds[question] for question in questions},
    )


def _in_order(entry: Entry, known: Sequence[str]) -> tuple[str, ...]:
    """Read a choice from ``known``: at least one, each once, in the order of ``known``."""
    chosen = [one.word(known) for one in entry.each()]
    if not chosen or chosen != [name for name in known if name in chosen]:
        raise entry.fault(
            f"expected some of these, each once, in this order: {', '.join(known)}"
        )
    return tuple(chosen)
