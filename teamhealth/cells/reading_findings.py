"""Strict readers of what statistics found, as ``reading`` reads the figures."""

from collections.abc import Callable
from dataclasses import fields
from enum import StrEnum
from typing import TypeVar

from teamhealth.cells import reading
from teamhealth.cells.findings import (
    Agreement,
    Alike,
    Band,
    Driver,
    Drivers,
    History,
    Moved,
    Reliability,
    Settings,
)

E = TypeVar("E", bound=StrEnum)

_HISTORY = frozenset(field.name for field in fields(History))
_ALIKE = frozenset(field.name for field in fields(Alike))
_MOVED = frozenset(field.name for field in fields(Moved))
_RELIABILITY = frozenset(field.name for field in fields(Reliability))
_DRIVERS = frozenset(field.name for field in fields(Drivers))
_DRIVER = frozenset(field.name for field in fields(Driver))
_SETTINGS = frozenset(field.name for field in fields(Settings))


def word(kind: type[E]) -> Callable[[object, str], E]:
    """Return the reader of one of these words."""

    def read(value: object, at: str) -> E:
        try:
            return kind(reading.text(value, at))
        except ValueError:
            raise ValueError(f"{at}: one of {', '.join(kind)} expected") from None

    return read


def chance(value: object, at: str) -> float:
    """Read a share or probability, 0…1."""
    found = reading.number(value, at)
    if not 0 <= found <= 1:
        raise ValueError(f"{at}: a share of 0 to 1 expected")
    return found


def moved(value: object, at: str) -> Moved:
    """Read what stands behind a word of change."""
    plain = reading.record(value, at, _MOVED)
    return Moved(
        before=reading.number(plain["before"], f"{at}.before"),
        difference=reading.number(plain["difference"], f"{at}.difference"),
        above=chance(plain["above"], f"{at}.above"),
    )


def alike(value: object, at: str) -> Alike:
    """Read a group's agreement on a theme."""
    plain = reading.record(value, at, _ALIKE)
    return Alike(
        word=word(Agreement)(plain["word"], f"{at}.word"),
        uniform=chance(plain["uniform"], f"{at}.uniform"),
        skewed=chance(plain["skewed"], f"{at}.skewed"),
        deviation=reading.number(plain["deviation"], f"{at}.deviation"),
        polarisation=chance(plain["polarisation"], f"{at}.polarisation"),
        divided=reading.flag(plain["divided"], f"{at}.divided"),
    )


def history(value: object, at: str) -> History:
    """Read what the survey before knew of the same group."""
    plain = reading.record(value, at, _HISTORY)
    return History(
        path=reading.text(plain["path"], f"{at}.path"),
        invited=reading.whole(plain["invited"], f"{at}.invited"),
        responses=reading.maybe(reading.whole, plain["responses"], f"{at}.responses"),
        others=reading.flag(plain["others"], f"{at}.others"),
    )


def reliability(value: object, at: str) -> Reliability:
    """Read how well a theme's items hang together."""
    plain = reading.record(value, at, _RELIABILITY)
    by = reading.text(plain["by"], f"{at}.by")
    if by not in {"alpha", "omega"}:
        raise ValueError(f"{at}.by: alpha or omega expected")
    return Reliability(
        value=reading.number(plain["value"], f"{at}.value"),
        by=by,
        band=word(Band)(plain["band"], f"{at}.band"),
        turned=reading.texts(plain["turned"], f"{at}.turned"),
    )


def drivers(value: object, at: str) -> Drivers:
    """Read what moves together with the outcome."""
    plain = reading.record(value, at, _DRIVERS)
    return Drivers(
        outcome=reading.text(plain["outcome"], f"{at}.outcome"),
        r2=chance(plain["r2"], f"{at}.r2"),
        early=reading.flag(plain["early"], f"{at}.early"),
        themes=tuple(
            _driver(one, f"{at}.themes[{number}]")
            for number, one in enumerate(reading.array(plain["themes"], f"{at}.themes"))
        ),
    )


def settings(value: object, at: str) -> Settings:
    """Read the rules of the count."""
    plain = reading.record(value, at, _SETTINGS)
    return Settings(
        numbers_from=reading.whole(plain["numbers_from"], f"{at}.numbers_from"),
        score_from=reading.whole(plain["score_from"], f"{at}.score_from"),
        left_out=chance(plain["left_out"], f"{at}.left_out"),
        elsewhere=chance(plain["elsewhere"], f"{at}.elsewhere"),
    )


def _driver(value: object, at: str) -> Driver:
    plain = reading.record(value, at, _DRIVER)
    return Driver(
        theme=reading.text(plain["theme"], f"{at}.theme"),
        share=chance(plain["share"], f"{at}.share"),
        low=chance(plain["low"], f"{at}.low"),
        high=chance(plain["high"], f"{at}.high"),
        top_three=chance(plain["top_three"], f"{at}.top_three"),
        correlation=reading.number(plain["correlation"], f"{at}.correlation"),
    )
