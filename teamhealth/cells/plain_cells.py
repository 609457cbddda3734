"""The cells of a group or class as plain data and back: every asked item and theme, hidden ones too."""

from collections.abc import Callable
from dataclasses import asdict
from typing import TypeVar

from teamhealth.cells import reading, reading_findings
from teamhealth.cells.findings import Alike, Drivers, History, Moved, Reliability, Settings
from teamhealth.cells.model import (
    Change,
    ClassResult,
    Compared,
    EnpsCell,
    GroupResult,
    ItemCell,
    Range,
    ThemeCell,
    Word,
)

T = TypeVar("T")
Found = Alike | Moved | History | Reliability | Drivers | Settings

Asked = tuple[list[str], dict[str, tuple[str, ...]]]
"""All items of the form, and the items of each theme."""


def to_plain(shown: GroupResult | ClassResult, asked: Asked) -> dict[str, object]:
    """Return ``items`` and ``themes``."""
    return {
        "items": {item: _item(shown.items.get(item)) for item in asked[0]},
        "themes": {theme: _theme(shown.themes.get(theme)) for theme in asked[1]},
    }


def read_items(plain: object, asked: Asked, at: str) -> dict[str, ItemCell]:
    """Return the item cells that are shown; ValueError names the place that is wrong."""
    items = reading.record(plain, f"{at}.items", frozenset(asked[0]))
    return {
        item: _read_item(items[item], f"{at}.items.{item}")
        for item in asked[0]
        if items[item] is not None
    }


def read_themes(plain: object, asked: Asked, at: str) -> dict[str, ThemeCell]:
    """Return the theme cells that are shown; ValueError as ``read_items``."""
    themes = reading.record(plain, f"{at}.themes", frozenset(asked[1]))
    return {
        theme: _read_theme(themes[theme], mine, f"{at}.themes.{theme}")
        for theme, mine in asked[1].items()
        if themes[theme] is not None
    }


def found(value: Found | None) -> dict[str, object] | None:
    """Return what statistics found, tuples as lists."""
    return None if value is None else asdict(value, dict_factory=_lists)


def _lists(pairs: list[tuple[str, object]]) -> dict[str, object]:
    return {name: list(v) if isinstance(v, tuple) else v for name, v in pairs}


def enps(cell: EnpsCell | None) -> dict[str, object] | None:
    """Return the recommendation's cell."""
    if cell is None:
        return None
    return {"counts": list(cell.counts), "interval": _range(cell.interval)}


def read_enps(value: object, at: str) -> EnpsCell:
    """Return what ``enps`` wrote."""
    cell = reading.record(value, at, reading.ENPS)
    low, middle, high = reading.wholes(cell["counts"], 3, f"{at}.counts")
    return EnpsCell(
        (low, middle, high),
        interval=reading.maybe(reading.span, cell["interval"], f"{at}.interval"),
    )


def _item(cell: ItemCell | None) -> dict[str, object] | None:
    if cell is None:
        return None
    if cell.counts is None:
        return {"n": cell.n, "word": None if cell.word is None else cell.word.value}
    people = None if cell.people is None else list(cell.people)
    return {"n": cell.n, "counts": list(cell.counts), "people": people}


def _theme(cell: ThemeCell | None) -> dict[str, object] | None:
    if cell is None:
        return None
    return {
        "items": list(cell.items),
        "mean": cell.mean,
        "full": cell.full,
        "interval": _range(cell.interval),
        "whole": cell.whole,
        "usual": _range(cell.usual),
        "compared": None if cell.compared is None else cell.compared.value,
        "change": None if cell.change is None else cell.change.value,
        "error": cell.error,
        "silent": cell.silent,
        "above": cell.above,
        "moved": found(cell.moved),
        "agreement": found(cell.agreement),
    }


def _range(span: Range | None) -> list[float] | None:
    return None if span is None else [span.low, span.high]


def _read_item(value: object, at: str) -> ItemCell:
    """Read the cell of one item: n and a word, or n and five counts."""
    wordy = isinstance(value, dict) and "word" in value
    cell = reading.record(value, at, reading.WORD_CELL if wordy else reading.COUNT_CELL)
    n = reading.whole(cell["n"], f"{at}.n")
    if wordy:
        return ItemCell(n=n, word=reading_findings.word(Word)(cell["word"], f"{at}.word"))
    one, two, three, four, five = reading.wholes(cell["counts"], 5, f"{at}.counts")
    people = reading.maybe(_read_people, cell["people"], f"{at}.people")
    return ItemCell(n=n, counts=(one, two, three, four, five), people=people)


def _read_people(value: object, at: str) -> tuple[int, int]:
    low, high = reading.wholes(value, 2, at)
    if low > high:
        raise ValueError(f"{at}: the lower end comes first")
    return low, high


def _read_theme(value: object, items: tuple[str, ...], at: str) -> ThemeCell:
    """Read the cell of one theme; ``items`` are all that the form asks of it."""
    cell = reading.record(value, at, reading.THEME)
    rests_on = reading.texts(cell["items"], f"{at}.items")
    if not set(rests_on) <= set(items):
        raise ValueError(f"{at}.items: an item belongs to another theme")

    def maybe(read: Callable[[object, str], T], name: str) -> T | None:
        return reading.maybe(read, cell[name], f"{at}.{name}")

    return ThemeCell(
        items=rests_on,
        mean=reading.number(cell["mean"], f"{at}.mean"),
        interval=maybe(reading.span, "interval"),
        full=reading.flag(cell["full"], f"{at}.full"),
        whole=maybe(reading.number, "whole"),
        usual=maybe(reading.span, "usual"),
        compared=maybe(reading_findings.word(Compared), "compared"),
        change=maybe(reading_findings.word(Change), "change"),
        error=maybe(reading.number, "error"),
        silent=maybe(reading.number, "silent"),
        above=maybe(reading_findings.chance, "above"),
        moved=maybe(reading_findings.moved, "moved"),
        agreement=maybe(reading_findings.alike, "agreement"),
    )
