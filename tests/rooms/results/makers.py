"""Charters and sheets for the count's tests."""

import random

from teamhealth.cells.model import SurveyFacts
from teamhealth.disclosure.rollup import launch
from teamhealth.disclosure.tree import Tree
from teamhealth.instruments.model import Attribute, Instrument, Kind, Question, Theme
from teamhealth.results.charter import Charter, Place
from teamhealth.results.count import decide, tally_for
from teamhealth.results.sheets import Sheet, form_of

ITEMS = {"safety": ("s1", "s2", "s3"), "calm": ("c1", "c2", "c3"), "joy": ("j1",)}
USUAL, HARSH = [3, 9, 17, 45, 26], [30, 4, 1, 0, 0]
BRIGHT, DARK = [0, 2, 8, 45, 45], [10, 30, 30, 25, 5]
TENURE = Attribute("tenure", {"en": "…"}, ({"en": "…"},) * 4, ordered=True)
SITE = Attribute("site", {"en": "…"}, ({"en": "…"},) * 3)


def seeded(seed):
    return random.Random(seed)  # noqa: S311 - tests want the same draw again


def instrument(
    items=None, *, reverse=("s3", "c3"), extra=(), open_questions=("comment",), attributes=()
):
    items = items or ITEMS
    text = {"en": "…"}
    asked = [
        Question(item, Kind.AGREE, text, theme=theme, reverse=item in reverse)
        for theme, mine in items.items()
        for item in mine
    ]
    asked += [Question("enps", Kind.RECOMMEND, text), Question("engagement", Kind.AGREE, text)]
    asked += [*extra, *(Question(name, Kind.OPEN, text) for name in open_questions)]
    return Instrument(
        form="quarterly",
        languages=("en",),
        themes=tuple(Theme(theme, text, mine) for theme, mine in items.items()),
        questions=tuple(asked),
        labels={"en": ("1", "2", "3", "4", "5")},
        attributes=attributes,
    )


def facts(**other):
    given = {
        "id": "s1", "title": "Autumn", "form": "quarterly", "opened": "2026-09-01",
        "closed": "2026-09-15", "k": 5, "languages": ("en",), "instrument_digest": "ab" * 32,
        "fingerprint": "ABCD-EFGH-JKMN-PQRS", "leader_theme": "leader", "previous": None,
    }  # fmt: skip
    return SurveyFacts(**{**given, **other})


def charter(parents, people, *, k=5, asked=None, issuers=None, previous=None, survey="s1"):
    """Make a charter of groups g0, g1 … with so many people each, rolled up as at a launch."""
    ids = tuple(f"g{v}" for v in range(len(parents)))
    tree = Tree(ids, tuple(parents))
    fixed = launch(tree, people, k)
    below = tree.totals(people).tolist()
    groups = tuple(
        Place(
            id=ids[v],
            parent=None if parents[v] < 0 else ids[parents[v]],
            path=f"Acme/{ids[v]}" if v else "Acme",
            name=ids[v],
            invited=below[v],
            reportable=fixed.reportable[v],
            issuer=(issuers or {}).get(
                v, bytes(256) if fixed.invited[v] and not issuers else None
            ),
        )
        for v in range(len(parents))
    )
    given = Charter(facts(id=survey, k=k), asked or instrument(), groups, previous, "0.1.0")
    return given, fixed


def sheet(form, answers, *, recommend=None, comments=(), reply_hash=bytes(32), told=None):
    """Make a sheet of answers by item as they are scored: reversed items already turned."""
    return Sheet(
        bytes(answers.get(item, 0) for item in form.items),
        recommend,
        tuple(comments),
        reply_hash,
        bytes(len(form.attributes)) if told is None else bytes(told),
    )


def drawn(rng, form, *, skip=0.03, mix=USUAL, comment=0.3, told=None):
    """Draw one person's sheet; ``told`` draws what they say of themselves."""
    answers = {
        item: rng.choices(range(1, 6), mix)[0] for item in form.items if rng.random() > skip
    }
    text = [("comment", f"said {rng.random()}")] if rng.random() < comment else []
    recommend = rng.choice([*range(11), None])
    return sheet(
        form, answers, recommend=recommend, comments=text, told=told(rng) if told else None
    )


def leaning(rng, form, **how):
    """Draw the sheet of somebody who sees everything brightly, or everything darkly."""
    return drawn(rng, form, mix=rng.choice((BRIGHT, DARK)), **how)


def survey(given, fixed, rng, *, rate=0.8, draw=drawn, **how):
    """Draw a survey's sheets per answering group."""
    form = form_of(given.instrument, given.tree)
    tell = telling(form, given.tree, rng) if form.attributes else {}
    return form, {
        v: [draw(rng, form, told=tell.get(v), **how) for _ in range(n) if rng.random() < rate]
        for v, n in enumerate(fixed.invited)
        if n
    }


def telling(form, tree, rng, *, alike=0.85, unsaid=0.05):
    """Give per group how its people tell of themselves: the last attribute goes with the department.

    One in twenty says nothing.
    """
    options = [many for _, many in form.attributes]
    home = [rng.randint(1, options[-1]) for _ in tree.ids]
    for v, parent in enumerate(tree.parent):
        if parent > 0:
            home[v] = home[parent]

    def one(v):
        def tell(rng):
            said = [rng.randint(1, many) for many in options]
            if rng.random() < alike:
                said[-1] = home[v]
            return [0 if rng.random() < unsaid else value for value in said]

        return tell

    return {v: one(v) for v in range(len(tree))}


def as_they_come(written):
    assert isinstance(written, list)


def decided(given, form, sheets, *, void=0, shuffle=as_they_come):
    """Tally the sheets and decide what is shown."""
    tally = tally_for(given, form)
    for v, some in sheets.items():
        tally.add(v, some)
    return decide(given, tally, void=void, shuffle=shuffle)


COMPANY = (
    [-1, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 3, 3],
    [1, 4, 5, 2, 8, 12, 7, 9, 6, 8, 11, 14, 9],
)
