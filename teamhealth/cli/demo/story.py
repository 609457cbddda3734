"""What happens at the sample organisation from quarter to quarter, as shifts of what groups say.

Seven of nine answer at Warehouse North, which mends how it disagrees; First Line carries
too much; Platform speaks freely; four of six answer on the Night Shift.
"""

from collections.abc import Iterable, Mapping

from teamhealth.cli.answering import Fill
from teamhealth.cli.demo import people
from teamhealth.cli.organisation_model import Organisation
from teamhealth.instruments.model import Instrument

_SEED = 40
_MENDING = (-1.2, -1.2, -1.1, 0.6, 0.9)
"""Disagreement and repair at Warehouse North, quarter by quarter."""

_LASTING = {
    (people.SEVEN_OF_NINE, "belonging"): 0.6,
    (people.SEVEN_OF_NINE, "focus_recovery"): -1.0,
    (f"{people.ROOT}/Customer Care/First Line", "focus_recovery"): -0.9,
    (f"{people.ROOT}/Customer Care/First Line", "co_regulation"): -0.4,
    (f"{people.ROOT}/Product/Platform", "psych_safety"): 0.7,
    (f"{people.ROOT}/Sales/Field Sales", "belonging"): -0.6,
    (f"{people.ROOT}/Sales/Field Sales", "listening"): -0.4,
    (f"{people.ROOT}/Operations/Warehouse South", "empathy_compassion"): 0.5,
}
_ANSWERING = {people.SEVEN_OF_NINE: 7, people.FOUR: 4}
"""How many answer where that is part of the story."""


def fills(
    number: int, instrument: Instrument, ids: Mapping[str, str], everybody: Iterable[str]
) -> dict[str, Fill]:
    """Return how everybody (addresses) fills in the form in quarter ``number``, counted from 0.

    ``ids`` are the ids of the groups by path.
    """
    model = Organisation(instrument, _SEED, _shifts(number, ids))
    surely, silent = _set_apart()
    return {
        who: _fill(model, f"{number}|{who}", surely=who in surely)
        for who in sorted(everybody)
        if who not in silent
    }


def _fill(model: Organisation, person: str, *, surely: bool) -> Fill:
    say = model.says if surely else model.sheet
    return lambda respondent: say(respondent.group, person)


def _shifts(number: int, ids: Mapping[str, str]) -> dict[tuple[str, str], float]:
    mending = _MENDING[min(number, len(_MENDING) - 1)]
    shifts = {**_LASTING, (people.SEVEN_OF_NINE, "conflict_repair"): mending}
    return {(ids[path], theme): shift for (path, theme), shift in shifts.items()}


def _set_apart() -> tuple[set[str], set[str]]:
    """Return who answers without fail and who does not answer, where numbers are part of the story."""
    surely: set[str] = set()
    silent: set[str] = set()
    for path, count in _ANSWERING.items():
        asked = [p.email for p in people.employees() if p.group == path and not p.leads]
        surely |= set(asked[:count])
        silent |= set(asked[count:])
    return surely, silent
