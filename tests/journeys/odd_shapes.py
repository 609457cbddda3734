"""Odd firms and odd answers, each counted as at a close: the parameters of ``test_odd_shapes``."""

from dataclasses import dataclass, replace
from functools import cache

from teamhealth.instruments.library import library
from teamhealth.results.sheets import form_of
from tests.rooms.results.makers import (
    SITE,
    TENURE,
    USUAL,
    charter,
    decided,
    drawn,
    seeded,
    sheet,
    telling,
)

TEXT = {"en": "Told of oneself"}
ATTRIBUTES = tuple(
    replace(one, text=TEXT, options=tuple({"en": f"Choice {at}"} for at in range(len(one.options))))
    for one in (TENURE, SITE)
)  # fmt: skip
LONG = "Operations, Logistics and Everything That Has To Do With Warehouses, North"
ARABIC = "قسم العمليات والخدمات اللوجستية والمستودعات"
HEBREW = "צוות המחסן הצפוני (לילה) 7"


@dataclass(frozen=True)
class Shape:
    """``says`` gives an item's score for a person (0: skipped), or None for as people usually answer.

    ``who`` gives how many of a group's people answer; ``names`` the groups' names.
    """

    parents: list
    people: list
    says: object = None
    who: object = lambda _v, n: n
    names: object = lambda v: f"g{v}"
    form: str = "quarterly"
    k: int = 5
    recommend: object = lambda rng: rng.randint(0, 10)
    comment: float = 0.3
    attributes: tuple = ATTRIBUTES
    void: int = 0
    leader_theme: str = "leader"


@dataclass(frozen=True)
class Counted:
    """What a close leaves."""

    snapshot: object
    comments: tuple
    instrument: object
    answered: int


@cache
def _form(name):
    return library().instrument(name, ["en"])


def count(shape, seed=7):
    """Count a shape's survey."""
    form = replace(_form(shape.form), attributes=shape.attributes)
    given, fixed = charter(shape.parents, shape.people, k=shape.k, asked=form)
    given = replace(
        given,
        groups=_named(given.groups, shape.names),
        survey=replace(given.survey, form=shape.form, leader_theme=shape.leader_theme),
    )
    layout, rng = form_of(form, given.tree), seeded(seed)
    tell = telling(layout, given.tree, rng) if shape.attributes else {}
    sheets = {
        v: [_sheet(shape, layout, rng, tell.get(v)) for _ in range(shape.who(v, n))]
        for v, n in enumerate(fixed.invited)
        if n
    }
    snapshot, comments = decided(given, layout, sheets, void=shape.void, shuffle=rng.shuffle)
    return Counted(snapshot, comments, form, sum(map(len, sheets.values())))


def _sheet(shape, layout, rng, tell):
    if shape.says is None:
        return drawn(rng, layout, mix=USUAL, comment=shape.comment, told=tell)
    return sheet(
        layout,
        {item: shape.says(item, rng) for item in layout.items},
        recommend=shape.recommend(rng),
        comments=[("comment", f"said {rng.random()}")] if rng.random() < shape.comment else [],
        told=tell(rng) if tell else None,
    )


def _named(places, names):
    paths = {}
    found = []
    for v, place in enumerate(places):
        name = names(v)
        paths[place.id] = f"{paths[place.parent]}/{name}" if place.parent else name
        found.append(replace(place, name=name, path=paths[place.id]))
    return tuple(found)


def _skipping(*skipped):
    return lambda item, rng: (
        0 if item.rsplit("_", 1)[0] in skipped or item in skipped else rng.choice([2, 3, 4, 5])
    )


def _always(score):
    return lambda _item, _rng: score


def _few(v, _n):
    return 3 if v == 1 else 0


CHAIN = [-1, *range(29)]
FLAT = [-1] + [0] * 7
SIXTY = [1, 7, 8, 9, 8, 9, 9, 9]
COMPANY = [-1, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3]
COMPANY_PEOPLE = [1, 2, 3, 1, 8, 12, 4, 9, 25, 6, 14, 7]

SHAPES = {
    "a chain of thirty": Shape(CHAIN, [2, 3, 4, 1, 6] * 6),
    "a chain of thirty, people at its end only": Shape(CHAIN, [0] * 29 + [9]),
    "one child each": Shape([-1, 0, 1, 0, 3, 0, 5], [3, 5, 6, 0, 7, 6, 0]),
    "parents without people of their own": Shape(COMPANY, [0, 0, 0, 0, *COMPANY_PEOPLE[4:]]),
    "nobody answered": Shape(FLAT, SIXTY, who=lambda _v, _n: 0),
    "one person answered": Shape(FLAT, SIXTY, who=lambda v, _n: int(v == 2)),
    "four answered": Shape(FLAT, SIXTY, who=lambda v, _n: 4 * (v == 2)),
    "everybody skips one statement": Shape(FLAT, SIXTY, says=_skipping("psych_safety_1")),
    "everybody skips a theme": Shape(FLAT, SIXTY, says=_skipping("psych_safety", "listening")),
    "everybody answers engagement alone": Shape(
        FLAT, SIXTY, says=lambda item, _: 4 if item == "engagement" else 0
    ),
    "sent without a single rating": Shape(FLAT, SIXTY, says=_always(0), recommend=lambda _: None),
    "unanimous, all five": Shape(FLAT, SIXTY, says=_always(5), recommend=lambda _: 10),
    "unanimous, all one": Shape(FLAT, SIXTY, says=_always(1), recommend=lambda _: 0),
    "only ones and fives": Shape(FLAT, SIXTY, says=lambda _i, rng: rng.choice([1, 5])),
    "only ones and fives, a large group": Shape([-1], [45], says=lambda _i, rng: rng.choice([1, 5])),
    "a firm of twelve": Shape([-1, 0, 0], [1, 6, 5]),
    "a firm of twelve, nine answer": Shape([-1, 0, 0], [1, 6, 5], who=lambda _v, n: n * 3 // 4),
    "a firm of k": Shape([-1], [5]),
    "a firm of k in two groups": Shape([-1, 0, 0], [0, 3, 2]),
    "a firm of ten, k is ten": Shape([-1, 0, 0], [0, 5, 5], k=10),
    "a pulse": Shape(COMPANY, COMPANY_PEOPLE, form="pulse"),
    "a pulse in a firm of seven": Shape([-1, 0], [2, 5], form="pulse"),
    "a full form": Shape(COMPANY, COMPANY_PEOPLE, form="full", leader_theme="agreed"),
    "all groups but one hidden": Shape(FLAT, SIXTY, who=lambda v, n: n if v == 1 else _few(v, n)),
    "every third answers": Shape(COMPANY, COMPANY_PEOPLE, who=lambda _v, n: n // 3),
    "only void envelopes": Shape(FLAT, SIXTY, who=lambda _v, _n: 0, void=41),
    "void envelopes beside others": Shape(FLAT, SIXTY, void=1),
    "no attributes, no comments": Shape(FLAT, SIXTY, comment=0, attributes=()),
    "long names": Shape(FLAT, SIXTY, names=lambda v: f"{LONG} {v}"),
    "names from right to left": Shape(FLAT, SIXTY, names=lambda v: f"{ARABIC} {v}" if v % 2 else HEBREW + str(v)),
    "names that look like markup": Shape(FLAT, SIXTY, names=lambda v: f'=<b>"{v}" & {{{{ None }}}}<b>'),
}  # fmt: skip
