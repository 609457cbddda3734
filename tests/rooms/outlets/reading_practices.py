"""Practices read: what is said of each is its own, and it suits the theme it is said to be for."""

import re

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets.named_themes import share_between
from tests.rooms.outlets.paper import flat

_CADENCE = {
    "daily": "every day", "weekly": "every week", "fortnightly": "every two weeks",
    "monthly": "every month", "quarterly": "every quarter", "once": "once", "as_needed": "when needed",
}  # fmt: skip


_WHO = {
    "individual": "each for themselves", "pair": "two people", "team": "the team", "leader": "the lead",
}  # fmt: skip


_EFFORT = {"low": "little effort", "medium": "some effort", "high": "much effort"}


_STRENGTH = {
    "strong": "strong evidence", "moderate": "moderate evidence", "emerging": "first evidence",
    "contested": "contested evidence",
}  # fmt: skip


def practices(t, page):
    """Read practices: what is said of each is its own, and it is for the theme it is said to be for."""
    mine = []
    led = page.parts("div", "leader")
    for part in page.parts("div", "practice"):
        title = part.parts("h3")[0].take()
        practice = next(x for x in t.library.practices if x.title == title)
        theme = re.match(r"For (.+?) ·", part.parts("p", "meta")[0].words())[1]
        at_leader = bool(led) and part in led[0].parts("div", "practice")
        keeping = bool(mine) and not at_leader and t.themes[theme].id == t.keep != mine[0][1]
        expected = LEADER_THEME if at_leader else t.keep if keeping else t.care or t.keep
        assert expected in (None, t.themes[theme].id)
        assert t.themes[theme].id in practice.themes
        minutes = f"{practice.minutes} minute{'s' if practice.minutes != 1 else ''}"
        meta = f"For {theme} · {minutes} · {_CADENCE[practice.cadence]} · {_WHO[practice.participants]} · {_EFFORT[practice.effort]} · {_STRENGTH[practice.evidence.strength]}"
        assert part.parts("p", "meta")[0].take() == meta
        _fits(t, practice, expected)
        body = [
            practice.summary,
            *practice.steps,
            f"First step this week. {practice.first_step}",
            f"Watch out. {practice.watch_out}",
        ]
        given = [x.take() for x in part.untaken({"p", "li"})]
        assert given in (list(flat(body)), list(flat([*body, practice.evidence.note])))
        if not at_leader:
            mine.append((practice, t.themes[theme].id))
    t.practices = [x for x, _ in mine]
    if not t.practices and "practices" in t.left_out:
        t.practices = [
            x for x in t.library.practices if flat([x.first_step])[0] in page.words()
        ]


def _fits(t, practice, theme):
    """See that a practice serves a band in which much of the theme's range lies."""
    if theme is None:
        assert set(practice.bands) == {"low", "medium", "high"}
        assert (practice.participants, practice.effort) == ("team", "low")
        return
    cell = t.group.themes[theme]
    banding = t.library.banding
    edges = {
        "low": (1, banding.medium_from),
        "medium": (banding.medium_from, banding.high_from),
        "high": (banding.high_from, 5),
    }
    share = {band: share_between(cell, *edge) for band, edge in edges.items()}
    if t.apart(t.titles[theme]):
        return
    assert any(share[band] >= 1 / 6 for band in practice.bands) or max(share.values()) == 0
