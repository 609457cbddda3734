"""One content set, read whole and checked as far as the service depends on it.

``instruments.checking`` says more: what a psychologist wants to know before it is used.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from teamhealth import content
from teamhealth.errors import ContentError, WrongUseError
from teamhealth.i18n.entries import read
from teamhealth.i18n.faults import Faults
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.instruments.asking import Ask
from teamhealth.instruments.attributes import Offered, read_attributes
from teamhealth.instruments.building import build
from teamhealth.instruments.forms import Form, read_forms
from teamhealth.instruments.model import Instrument
from teamhealth.instruments.practices import Practice, read_practices, read_standing_rules
from teamhealth.instruments.retro import RetroFormat, RetroGuide, read_retro
from teamhealth.instruments.themes import Banding, Theme, read_banding, read_themes
from teamhealth.instruments.wordings import Wording, read_wording


@dataclass(frozen=True, slots=True)
class Library:
    """Everything of one content set. Themes and practices are in the order of their files."""

    themes: tuple[Theme, ...]
    banding: Banding
    practices: tuple[Practice, ...]
    standing_rules: tuple[str, ...]
    retro: RetroGuide
    forms: Mapping[str, Form]
    wordings: Mapping[str, Wording]
    attributes: tuple[Offered, ...]

    @property
    def retro_formats(self) -> tuple[RetroFormat, ...]:
        """The lengths of conversation on offer."""
        return self.retro.formats

    def theme(self, name: str) -> Theme:
        """Return the theme with that id; KeyError if there is none."""
        return {theme.id: theme for theme in self.themes}[name]

    def instrument(
        self,
        form: str,
        languages: Iterable[str],
        themes: Iterable[str] | None = None,
        asks: Sequence[Ask] = (),
    ) -> Instrument:
        """Return one form in some languages.

        ``themes`` are the ids that HR chose instead of the form's own; they are asked in
        the order of the bank whatever the order given; ``asks`` is what people are asked about
        themselves. Raises WrongUseError for a form, language, theme or attribute that does not
        exist, where none is chosen, and for options that make no question.
        """
        chosen = self.forms[_known("form", [form], self.forms)[0]]
        spoken = _known("language", languages, self.wordings)
        bank = [theme.id for theme in self.themes]
        asked = _known("theme", chosen.themes if themes is None else themes, bank)
        return build(
            chosen,
            [theme for theme in self.themes if theme.id in asked],
            {language: self.wordings[language] for language in spoken},
            (asks, self.attributes),
        )


@cache
def library() -> Library:
    """Return the shipped content.

    Raises ContentError that names every fault with its file, line and place.
    """
    return load(content.folder("surveys") / "ipnb")


def load(folder: Path) -> Library:
    """Read one content folder; ContentError as above."""
    faults = Faults()
    found = attempt(folder, faults)
    if found is None:
        raise ContentError(faults.told())
    return found


def attempt(folder: Path, faults: Faults) -> Library | None:
    """Read one content folder; None if it cannot be used, with the reasons noted in ``faults``.

    A fault in one file hides none in another, but where that other names what is faulty.
    """
    retro = faults.one(lambda: read_retro(read(folder / "retro.yaml"), faults))
    bank = faults.one(lambda: _bank(folder, faults))
    if bank is None:
        return None
    themes, banding = bank
    forms = faults.one(lambda: read_forms(read(folder / "forms.yaml"), themes, faults))
    practices = faults.one(lambda: _practices(folder, themes, faults))
    if forms is None:
        return None
    asked = sorted({question for form in forms.values() for question in form.questions})
    items = [item.id for theme in themes for item in theme.items]
    offered = faults.one(lambda: _attributes(folder, [*items, *asked], faults))
    if offered is None:
        return None
    wordings = faults.each(
        LANGUAGES, lambda name: _wording(folder, name, themes, (asked, offered))
    )
    if faults or retro is None or practices is None:
        return None
    suggested, rules = practices
    return Library(
        themes=themes,
        banding=banding,
        practices=suggested,
        standing_rules=rules,
        retro=retro,
        forms=forms,
        wordings={wording.language: wording for wording in wordings},
        attributes=offered,
    )


def _bank(folder: Path, faults: Faults) -> tuple[tuple[Theme, ...], Banding] | None:
    """Read the bank whole or not at all: the other files name its themes and items."""
    file = read(folder / "themes.yaml")
    found = Faults()
    themes = read_themes(file, found)
    banding = found.one(lambda: read_banding(file))
    faults.extend(found)
    return None if found or banding is None else (themes, banding)


def _practices(
    folder: Path, themes: tuple[Theme, ...], faults: Faults
) -> tuple[tuple[Practice, ...], tuple[str, ...]]:
    file = read(folder / "practices.yaml")
    named = [theme.id for theme in themes]
    return read_practices(file, named, faults), read_standing_rules(file)


def _attributes(
    folder: Path, questions: Collection[str], faults: Faults
) -> tuple[Offered, ...] | None:
    """Read what people may be asked about themselves whole or not at all: translations name it."""
    found = Faults()
    offered = read_attributes(read(folder / "attributes.yaml"), questions, found)
    faults.extend(found)
    return None if found else offered


def _wording(
    folder: Path,
    language: str,
    themes: tuple[Theme, ...],
    asked: tuple[Collection[str], Sequence[Offered]],
) -> Wording:
    name = f"translations/{language}.yaml"
    return read_wording(read(folder / name, name=name), language, themes, *asked)


def _known(what: str, wanted: Iterable[str], known: Collection[str]) -> list[str]:
    """Return the wanted names, each once; WrongUseError if one is not known or none is there."""
    found = list(dict.fromkeys(wanted))
    strange = [name for name in found if name not in known]
    if strange or not found:
        problem = (
            f"There is no {what} {', '.join(strange)}" if strange else f"No {what} is chosen"
        )
        raise WrongUseError(f"{problem}; nothing was stored. Choose from: {', '.join(known)}.")
    return found
