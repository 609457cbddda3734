"""Cross-cuts as plain data and back. Snapshots from before there were any hold none."""

from collections.abc import Mapping

from teamhealth.cells import plain_cells, reading
from teamhealth.cells.model import ClassResult
from teamhealth.cells.plain_cells import Asked


def to_plain(
    cross_cuts: Mapping[str, tuple[ClassResult, ...]], asked: Asked
) -> dict[str, object]:
    """Return the classes of each attribute, none where nothing may be shown by it."""
    return {
        attribute: [
            {
                "values": list(one.values),
                "responses": one.responses,
                **plain_cells.to_plain(one, asked),
            }
            for one in classes
        ]
        for attribute, classes in cross_cuts.items()
    }


def from_plain(plain: object, asked: Asked) -> dict[str, tuple[ClassResult, ...]]:
    """Return what ``to_plain`` wrote; ValueError names the first place that is wrong."""
    return {
        attribute: _read_classes(classes, asked, f"cross_cuts.{attribute}")
        for attribute, classes in reading.mapping(plain, "cross_cuts").items()
    }


def _read_classes(plain: object, asked: Asked, at: str) -> tuple[ClassResult, ...]:
    classes = tuple(
        _read_class(one, asked, f"{at}[{number}]")
        for number, one in enumerate(reading.array(plain, at))
    )
    values = [value for one in classes for value in one.values]
    if len(classes) == 1 or len(set(values)) != len(values):
        raise ValueError(f"{at}: one class alone, or a value in two")
    return classes


def _read_class(plain: object, asked: Asked, at: str) -> ClassResult:
    one = reading.record(plain, at, reading.CLASS)
    values = reading.array(one["values"], f"{at}.values")
    read = ClassResult(
        values=tuple(reading.whole(value, f"{at}.values") for value in values),
        responses=reading.whole(one["responses"], f"{at}.responses"),
        items=plain_cells.read_items(one["items"], asked, at),
        themes=plain_cells.read_themes(one["themes"], asked, at),
    )
    if any(cell.counts for cell in read.items.values()) or any(
        cell.full for cell in read.themes.values()
    ):
        raise ValueError(f"{at}: a class tells numbers")
    return read
