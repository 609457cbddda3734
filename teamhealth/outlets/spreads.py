"""How answers spread, drawn: five parts of a bar around the middle of the neutral answer.

All bars of one table share a scale, so that what lies right of the mark can be compared
down the page. Positions are in per cent of the drawing's width.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from teamhealth.outlets.print_statements import Segment, StatementRow

_USED = 97.0
_EDGE = 1.5
_GAP = 0.25
_ROOM_FOR_LABEL = 4.5


@dataclass(frozen=True, slots=True)
class Part:
    """One answer's part of a bar; ``label`` is its per cent, empty where it would not fit."""

    answer: int
    start: float
    width: float
    middle: float
    label: str


@dataclass(frozen=True, slots=True)
class Spread:
    """The drawings of one table by the id of the statement, and where the mark lies."""

    mark: float
    bars: dict[str, tuple[Part, ...]]


def spread(rows: Sequence[StatementRow]) -> Spread:
    """Lay out the bars of the statements that have one, on one scale."""
    bars = {row.id: row.bar for row in rows if row.bar is not None}
    left = max((-bar[0].start for bar in bars.values()), default=50.0)
    right = max((bar[-1].start + bar[-1].width for bar in bars.values()), default=50.0)
    scale = _USED / max(left + right, 1.0)
    mark = round(_EDGE + left * scale, 2)
    return Spread(mark, {name: _parts(bar, mark, scale) for name, bar in bars.items()})


def _parts(bar: Sequence[Segment], mark: float, scale: float) -> tuple[Part, ...]:
    parts = []
    for answer, segment in enumerate(bar, 1):
        wide = segment.width * scale
        if wide <= _GAP:
            continue
        start = round(mark + segment.start * scale, 2)
        label = segment.label if wide >= _ROOM_FOR_LABEL else ""
        middle = round(start + (wide - _GAP) / 2, 2)
        parts.append(Part(answer, start, round(wide - _GAP, 2), middle, label))
    return tuple(parts)
