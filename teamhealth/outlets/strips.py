"""Where things lie on a drawing from 1 to 5, in per cent of its width.

Drawings have x in per cent and y in pixels: they stretch to any width without script
or style, and without distortion.
"""

from dataclasses import dataclass

from teamhealth.cells.model import Range, ThemeCell

LOW, HIGH = 1.0, 5.0


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where, in per cent."""

    start: float
    end: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return round(self.end - self.start, 2)


@dataclass(frozen=True, slots=True)
class Strip:
    """One theme on the scale: its dot, where the true value likely lies, where most groups lie.

    ``silent`` is the whisker: from where the interval would begin had the silent scored half a
    point lower, to where it begins. ``split`` says that the dot stands for few: two camps.
    """

    dot: float
    interval: Span | None
    usual: Span | None
    silent: Span | None = None
    split: bool = False


def place(value: float) -> float:
    """Return where a value from 1 to 5 lies, in per cent."""
    return round(100 * (value - LOW) / (HIGH - LOW), 2)


def span(around: Range | None) -> Span | None:
    """Return where a range lies."""
    return None if around is None else Span(place(around.low), place(around.high))


def strip(cell: ThemeCell) -> Strip:
    """Return the drawing of one theme's cell."""
    return Strip(
        place(cell.mean),
        span(cell.interval),
        span(cell.usual),
        span(whisker(cell)),
        split=cell.agreement is not None and cell.agreement.divided,
    )


def whisker(cell: ThemeCell) -> Range | None:
    """Return what silence adds to the lower end of an interval; None where it adds nothing."""
    if cell.interval is None or cell.silent is None or cell.silent >= cell.interval.low:
        return None
    return Range(cell.silent, cell.interval.low)
