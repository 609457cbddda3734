"""What themes can carry and what moves together, over all who answered, read against the snapshot."""

import re

from tests.rooms.outlets.told import near

_BELONG = {
    "apart": "no: read them one by one", "rough": "roughly", "fine": "yes",
    "redundant": "yes, and they ask nearly the same",
}  # fmt: skip


def carry(t, table):
    """Read whether a theme\'s statements belong together, and whether teams can be told apart on it."""
    assert [x.take() for x in table.parts("thead")[0].parts("th")] == [
        "Do its statements belong together?", "Can teams be told apart on it?",
    ]  # fmt: skip
    titles = []
    for row in table.parts("tbody")[0].parts("tr"):
        title, belong, apart = [x.take() for x in row.parts() if x.tag in {"th", "td"}]
        titles.append(title)
        facts = t.themes[title]
        found = facts.reliability
        if found is None:
            assert belong == "not known"
        else:
            said = re.fullmatch(
                r"(.+?) \(([ωα])\s(.+?)\)( These statements do not make one score here\.)?",
                belong,
            )
            assert said[1] == _BELONG[found.band]
            assert said[2] == {"omega": "ω", "alpha": "α"}[found.by]
            near(said[3], found.value, 2)
            assert bool(said[4]) == (found.band == "apart")
        if facts.icc1 is None:
            assert apart == "not known"
            continue
        word = "hardly" if facts.icc1 < 0.10 else "somewhat" if facts.icc1 < 0.25 else "much"
        rough = word != "hardly" and facts.icc2 is not None and facts.icc2 < 0.5
        assert apart == word + (" One team’s mean is a rough guide." if rough else "")
    assert titles == t.general


def moving(t, table):
    """Read the share of each theme in what moves together with the outcome."""
    assert [x.take() for x in table.parts("thead")[0].parts("th")][1:] == ["Share", "Likely"]
    for drawing in table.parts("svg"):
        told = drawing.parts("title")[0].words()
        assert (
            told == "Scale from nought to all of it"
            or "what the themes together have to do with it" in told
        )
        drawing.drop()
    by_title = {t.titles[x.theme]: x for x in t.seen.drivers.themes}
    for row in table.parts("tbody")[0].parts("tr"):
        head, _, share, likely = [
            x.take() for x in row.within if getattr(x, "tag", "") in {"th", "td"}
        ]
        title = max((x for x in by_title if head.startswith(x)), key=len)
        driver = by_title.pop(title)
        against = " goes the other way: the higher it is, the lower the answer to this"
        assert head == title + (against if driver.correlation < 0 else "")
        near(re.fullmatch(r"(\d+)\s%", share)[1], 100 * driver.share, 0)
        low, high = re.fullmatch(r"(\d+)–(\d+)\s%", likely).groups()
        near(low, 100 * driver.low, 0)
        near(high, 100 * driver.high, 0)
    assert not by_title
