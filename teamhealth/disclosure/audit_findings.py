"""The audit of what statistics found: nothing where it may not be said, nothing of the whole too exactly.

Imports nothing of what finds it. A number of the whole organisation has two decimals and
is no number of people: how many answered *everything* lies so near to what else is told
that it would speak of the few who skipped a question.
"""

from collections.abc import Iterator

import numpy as np

from teamhealth.disclosure.claims import Claims, Evidence, Found, Marks, ThemeClaim
from teamhealth.disclosure.rings import homes

_RANGE, _SCORE = 10, 20
_LEAST = {"reliability": (100, 1), "groups": (100, 5), "drivers": (120, 10)}
_PER_THEME = 10  # people behind drivers for each theme
_ALOUD = {"normal", "some_silent"}


def outside(claims: Claims) -> Iterator[str]:
    """Give every fault that shows in what is published."""
    if claims.found is None:
        return
    for name, value in claims.found.numbers:
        if value != round(value, 2) or not -1 <= value <= 1:
            yield f"{name} tells {value} of the whole organisation: more than a share of two decimals"
    yield from _groups(claims, claims.found)
    yield from _themes(claims, claims.found)
    for cut in claims.cuts:
        for theme in cut.themes:
            if theme.agrees or theme.changed or theme.compared or theme.silent is not None:
                yield f"by {cut.attribute}: class {theme.group}: {theme.theme} says what a group may"


def inside(claims: Claims, evidence: Evidence) -> Iterator[str]:
    """Give every number of the whole that rests on too few people or groups."""
    if claims.found is None or not claims.found.bases:
        return
    released = homes(claims.parent, claims.n) >= 0
    for basis in claims.found.bases:
        here: Marks = np.all(released[:, list(basis.columns)], axis=1)
        behind = evidence.behind.get(basis.name)
        people = np.zeros(1, dtype=np.int64) if behind is None else behind[here]
        least, groups = _LEAST[basis.kind]
        least = max(least, _PER_THEME * basis.themes)
        if people.sum() < least or (people > 0).sum() < groups:
            yield f"{basis.name} is of {people.sum()} people in {(people > 0).sum()} groups only"


def _groups(claims: Claims, found: Found) -> Iterator[str]:
    counted = claims.counts.sum(axis=2)
    for v, j in np.argwhere(found.people & (~claims.full | (counted < _RANGE))).tolist():
        yield f"{claims.names[v]}: {claims.items[j]} tells a range of people of too few answers"
    for v in np.flatnonzero(found.scores & (claims.enps.sum(axis=1) < _SCORE)).tolist():
        yield f"{claims.names[v]} tells the range of a score of too few answers"
    responses, invited = claims.responses.tolist(), claims.invited.tolist()
    for v, band in enumerate(found.bands):
        if band and not responses[v]:
            yield f"{claims.names[v]} is hidden, and still says how many answered"
        elif band and band != _band(responses[v], invited[v]):
            yield f"{claims.names[v]} says another band of response"


def _themes(claims: Claims, found: Found) -> Iterator[str]:
    """Check what is said of groups' themes; a word of few has nothing but their number in its error."""
    errors: dict[tuple[object, ...], float] = {}
    responses, invited = claims.responses.tolist(), claims.invited.tolist()
    for theme in claims.themes:
        v = theme.group
        place = f"{claims.names[v]}: {theme.theme}"
        if theme.agrees and not theme.full:
            yield f"{place} tells agreement in words"
        if found.bands[v] and theme.changed and found.bands[v] not in _ALOUD:
            yield f"{place} tells a change where half kept silent"
        if found.bands[v] == "too_silent" and theme.compared:
            yield f"{place} is compared where most kept silent"
        if theme.full:
            continue
        if theme.silent is not None and theme.silent != round(theme.silent, 1):
            yield f"{place} has a whisker that tells more than one decimal"
        if theme.error is not None and _another(
            theme, (responses[v], invited[v], theme.theme, theme.items), errors
        ):
            yield f"{place} has an error of its own"


def _another(
    theme: ThemeClaim, alike: tuple[object, ...], errors: dict[tuple[object, ...], float]
) -> bool:
    """Tell whether an error differs from that of an earlier group like it."""
    return theme.error is not None and errors.setdefault(alike, theme.error) != theme.error


def _band(responses: int, invited: int) -> str:
    """Say the band again, in whole fifths rather than per cent."""
    fifths = 5 * responses // max(invited, responses)
    return ("too_silent", "too_silent", "half_silent", "some_silent", "normal", "normal")[
        fifths
    ]
