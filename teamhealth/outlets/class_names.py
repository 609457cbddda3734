"""What a class of people is called, in the pinned words of what they told: one option, some, or a stretch.

The words are left in their parts: the page or the report puts its own between them.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from teamhealth.cells.model import ClassResult
from teamhealth.instruments.model import Attribute

_NOT_SAID = 0
_LAST = 1 << 60
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class ClassName:
    """``options`` are the words people chose, none where they only did not say.

    ``stretch`` says that they are the first and the last of several in a row; ``not_said``
    that those who told nothing are among them.
    """

    options: tuple[str, ...]
    stretch: bool = False
    not_said: bool = False


def class_name(attribute: Attribute, values: Sequence[int], language: str) -> ClassName:
    """Return the name of the people who told one of these values."""
    chosen = [value for value in values if value != _NOT_SAID]
    not_said = _NOT_SAID in values
    words = [option[language] for option in attribute.options]
    if not attribute.ordered or len(chosen) < 2:  # noqa: PLR2004
        return ClassName(tuple(words[value - 1] for value in chosen), not_said=not_said)
    run = words[chosen[0] - 1 : chosen[-1]]
    joined = _joined(run)
    if joined:
        return ClassName((joined,), not_said=not_said)
    return ClassName((run[0], run[-1]), stretch=True, not_said=not_said)


def in_order(classes: Iterable[ClassResult]) -> tuple[ClassResult, ...]:
    """Return classes in the order of their options; those who only did not say come last."""
    return tuple(sorted(classes, key=_place))


def _place(one: ClassResult) -> int:
    return min((value for value in one.values if value != _NOT_SAID), default=_LAST)


def _joined(run: Sequence[str]) -> str | None:
    """Write *1 or 2 years*, *3 to 5 years* as *1 to 5 years*; None where they are worded otherwise.

    It goes by numbers, whatever the language: two in each option, each option going on
    where the one before ends. The word between is that of a true range.
    """
    told = [_NUMBER.findall(words) for words in run]
    spans = [[int(number) for number in ends] for ends in told]
    if any(len(ends) != 2 or ends[0] >= ends[1] for ends in spans):  # noqa: PLR2004
        return None
    if any(after[0] - before[1] not in (0, 1) for before, after in pairwise(spans)):
        return None
    frames = [_NUMBER.split(words) for words in run]
    around = {(ahead, behind) for ahead, _, behind in frames}
    wide = [high > low + 1 for low, high in spans]
    between = {frame[1] for frame, far in zip(frames, wide, strict=True) if far}
    if len(around) > 1 or len(between) != 1:
        return None
    ahead, behind = around.pop()
    return f"{ahead}{told[0][0]}{between.pop()}{told[-1][1]}{behind}"
