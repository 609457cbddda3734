"""What a launch asks people about themselves: at most two attributes, refused in words if they cannot be.

Every refusal is a WrongUseError, before anything is stored.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from teamhealth.errors import WrongUseError
from teamhealth.i18n.signs import has_unseen
from teamhealth.instruments.attributes import FEWEST_OPTIONS, MOST_OPTIONS, Offered, Told
from teamhealth.instruments.model import Attribute

MOST = 2
"""How many attributes one survey may ask: of more, hardly a class would be large enough to be shown."""

LONGEST = 60
"""Characters of an option that a launch names."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One attribute by its id, and the firm's own names where these are its options."""

    id: str
    options: tuple[str, ...] = ()


def asked(
    asks: Sequence[Ask], bank: Sequence[Offered], words: Mapping[str, Mapping[str, Told]]
) -> tuple[Attribute, ...]:
    """Return what is asked, in the order given; ``words`` are those of each language, by id."""
    known = {one.id: one for one in bank}
    names = [ask.id for ask in asks]
    for name in names:
        if name not in known:
            raise _wrong(
                f"People cannot be asked about {name!r}; choose from: {', '.join(known)}"
            )
        if names.count(name) > 1:
            raise _wrong(f"People would be asked twice about {name}; name it once")
    if len(names) > MOST:
        raise _wrong(
            f"People would be asked {len(names)} things about themselves, and at most {MOST} are "
            "allowed: the more is told, the sooner somebody stands out. Choose fewer"
        )
    return tuple(_attribute(ask, known[ask.id], words) for ask in asks)


def _attribute(
    ask: Ask, offered: Offered, words: Mapping[str, Mapping[str, Told]]
) -> Attribute:
    told = {language: found[ask.id] for language, found in words.items()}
    return Attribute(
        id=ask.id,
        text={language: one.text for language, one in told.items()},
        options=tuple(_options(ask, offered, told)),
        ordered=offered.ordered,
    )


def _options(
    ask: Ask, offered: Offered, told: Mapping[str, Told]
) -> Iterator[Mapping[str, str]]:
    if offered.options and ask.options:
        raise _wrong(f"What people can answer about {ask.id} is fixed; name no options for it")
    for name in offered.options:
        yield {language: one.options[name] for language, one in told.items()}
    if not offered.options:
        for text in _own(ask):
            yield dict.fromkeys(told, text)


def _own(ask: Ask) -> list[str]:
    """Return the firm's own names, with single spaces; WrongUseError if they make no question."""
    names = [" ".join(name.split()) for name in ask.options]
    if not all(names):
        raise _wrong(f"One of the names for {ask.id} is empty; write each, or leave it out")
    if not FEWEST_OPTIONS <= len(names) <= MOST_OPTIONS:
        raise _wrong(
            f"For {ask.id} people choose from your own names, {FEWEST_OPTIONS} to {MOST_OPTIONS} of them, and "
            f"{len(names) or 'none'} came"
        )
    if len({name.casefold() for name in names}) < len(names):
        raise _wrong(f"Two of the names for {ask.id} are the same; write each once")
    if any(len(name) > LONGEST for name in names):
        raise _wrong(
            f"A name for {ask.id} has more than {LONGEST} characters; shorten it so that it fits a phone"
        )
    if any(map(has_unseen, names)):
        raise _wrong(
            f"A name for {ask.id} holds invisible signs, with which a text can read as another; "
            "write it by hand"
        )
    return names


def _wrong(why: str) -> WrongUseError:
    return WrongUseError(f"{why}. Nothing was launched.")
