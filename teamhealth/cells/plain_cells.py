"""The cells of a group or class as plain data and back: every asked item and theme, hidden ones too."""

from teamhealth.cells import reading
from teamhealth.cells.model import ClassResult, GroupResult, ItemCell, Range, ThemeCell

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
        item: reading.item_cell(items[item], f"{at}.items.{item}")
        for item in asked[0]
        if items[item] is not None
    }


def read_themes(plain: object, asked: Asked, at: str) -> dict[str, ThemeCell]:
    """Return the theme cells that are shown; ValueError as ``read_items``."""
    themes = reading.record(plain, f"{at}.themes", frozenset(asked[1]))
    return {
        theme: reading.theme_cell(themes[theme], mine, f"{at}.themes.{theme}")
        for theme, mine in asked[1].items()
        if themes[theme] is not None
    }


def _item(cell: ItemCell | None) -> dict[str, object] | None:
    if cell is None:
        return None
    if cell.counts is None:
        return {"n": cell.n, "word": None if cell.word is None else cell.word.value}
    return {"n": cell.n, "counts": list(cell.counts)}


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
    }


def _range(span: Range | None) -> list[float] | None:
    return None if span is None else [span.low, span.high]
