"""What moves together with the one outcome that is asked: themes' shares of it, over the whole organisation.

*Steady leadership* is among the themes only where it is for everybody.
"""

import math
from hashlib import sha256

import numpy as np

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.findings import Driver, Drivers
from teamhealth.disclosure.tree import Bools
from teamhealth.results.charter import Charter
from teamhealth.results.moments import Scoring
from teamhealth.results.scales import two_decimals
from teamhealth.results.sheets import Form
from teamhealth.results.tallying import Tally
from teamhealth.stats import drivers

OUTCOME = "engagement"

LEAST_R2 = 0.1
"""Where the themes have less to do with the outcome, nothing is told. So nobody learns from
that that everybody gave one answer: it looks the same."""

_STEPS = 20  # a twentieth: a range to the hundredth would tell one set of answers from another


def scoring_of(charter: Charter, form: Form) -> Scoring:
    """Return what the count sums up of this survey's sheets."""
    column = {item: j for j, item in enumerate(form.items)}
    themes = charter.instrument.themes
    themed = {item for theme in themes for item in theme.items}
    agreed = charter.survey.leader_theme == "agreed"
    return Scoring(
        items=len(form.items),
        themes=tuple(tuple(column[item] for item in theme.items) for theme in themes),
        drives=tuple(t for t, one in enumerate(themes) if one.id != LEADER_THEME or agreed),
        outcome=None if OUTCOME in themed else column.get(OUTCOME),
    )


def find(charter: Charter, tally: Tally, covered: Bools) -> Drivers | None:
    """Return what moves together with the outcome; None if not asked, of too few, or hardly any.

    Of the people of answering groups whose answers to all these items stand in some
    figure (``covered``). The draws follow from the survey's id: counted again, they are
    the same.
    """
    scoring = tally.moments.scoring
    if scoring.outcome is None or not scoring.drives:
        return None
    columns = [scoring.outcome, *(j for t in scoring.drives for j in scoring.themes[t])]
    here: Bools = np.all(covered[:, columns], axis=1)
    seed = int.from_bytes(sha256(charter.survey.id.encode()).digest())
    found = drivers.rank(tally.moments.together(here), np.random.default_rng(seed))
    if found.reason is not None or found.r2 < LEAST_R2:
        return None
    return Drivers(
        outcome=OUTCOME,
        r2=min(max(two_decimals(found.r2), 0.0), 1.0),
        early=found.early,
        themes=tuple(
            Driver(
                theme=charter.instrument.themes[t].id,
                share=two_decimals(one.share),
                low=math.floor(one.low * _STEPS) / _STEPS,
                high=math.ceil(one.high * _STEPS) / _STEPS,
                top_three=round(one.top_three * _STEPS) / _STEPS,
                correlation=two_decimals(one.correlation),
            )
            for t, one in zip(scoring.drives, found.drivers, strict=True)
        ),
    )
