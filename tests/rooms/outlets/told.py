"""What is known of a survey to somebody who reads a page against it: cells as they are stored, words as they were asked.

Numbers are read from the page and held against the cells; how they are rounded is worked out anew.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.instruments.library import library
from tests.rooms.outlets.named_themes import Group

SHARES = {
    "almost_nobody": "almost nobody", "a_minority": "a minority", "about_half": "about half",
    "most": "most", "almost_everybody": "almost everybody",
}  # fmt: skip
CHANGES = {
    "very_likely_higher": "very likely higher", "likely_higher": "likely higher",
    "unclear": "cannot tell", "likely_lower": "likely lower",
    "very_likely_lower": "very likely lower", None: "",
}  # fmt: skip
COMPARED = {"higher": "higher", "usual": "as usual", "lower": "lower", None: ""}
ANSWERS = ("very unfavourable", "unfavourable", "neither", "favourable", "very favourable")
HIDDEN = "Not shown, to protect anonymity."


def number(text):
    """Give a number as it is written."""
    return float(text.replace("−", "-").replace("+", "").replace(",", ""))


def near(text, value, places=1):
    """See that a number is written to so many places, and is that one."""
    shape = r"[−+]?\d[\d,]*" + (rf"\.\d{{{places}}}" if places else "")
    assert re.fullmatch(shape, text), text
    assert abs(number(text) - value) <= 0.5 * 10**-places + 1e-9, (text, value)


def ends(text, around):
    """See that two ends are those of a range; an end that is not there has no range."""
    if around is None:
        assert not text
    else:
        low, high = text.split("–")
        near(low, around.low)
        near(high, around.high)


def as_set(name):
    """Give a name as it is printed: letters that our fonts do not have are boxes."""
    return re.sub("[\u0590-\u05ff]", "□", name)


def day(iso):
    """Write a day."""
    one = date.fromisoformat(iso[:10])
    return f"{one.day} {one:%B %Y}"


@dataclass
class Told:
    """One group of a survey as its reader sees it; ``earlier`` the surveys before, the newest first.

    ``real`` says that the survey was counted, so that its cells follow from one another.
    """

    seen: object
    id: str
    instrument: object
    earlier: tuple = ()
    comments: tuple = ()
    mark: str = ""
    left_out: tuple = ()
    real: bool = True
    published: date | None = None
    keep: str | None = None
    care: str | None = None
    section: str = ""
    library: object = field(default_factory=library)

    def __post_init__(self):
        groups = self.seen.groups
        groups = (replace(g, name=as_set(g.name), path=as_set(g.path)) for g in groups)
        self.seen = replace(self.seen, groups=tuple(groups))
        self.titles = {one.id: one.title["en"] for one in self.instrument.themes}
        self.asked = {one.text["en"]: one for one in self.instrument.questions}
        self.first = Group(self.seen, self.group, self.titles)
        self.themes = {self.titles[one.id]: one for one in self.seen.themes}
        self.items = {i: one.id for one in self.seen.themes for i in one.items}
        self.before = next(
            (one for one in self.earlier if one.survey.id == self.seen.survey.previous), None
        )

    @property
    def group(self):
        """Give the group's cells."""
        return self.seen.group(self.id)

    @property
    def agreed(self):
        """Whether the leader's theme stands among the others."""
        return self.seen.survey.leader_theme == "agreed"

    @property
    def general(self):
        """Give the titles of the themes that stand in the tables."""
        return [t for t, one in self.themes.items() if one.id != LEADER_THEME or self.agreed]

    @property
    def leads(self):
        """Whether this reader has a page on steady leadership."""
        return LEADER_THEME in self.group.themes and not self.agreed

    def cell(self, title):
        """Give the group's cell of a theme, None where it is not shown."""
        return self.group.themes.get(self.themes[title].id)

    def cells(self):
        """Give the cells of the themes in the table."""
        return [cell for title in self.general if (cell := self.cell(title))]

    def other_cells(self):
        """Give those from which it follows how sure a result is: never the leader's."""
        return [
            cell for cell in self.cells() if cell is not self.group.themes.get(LEADER_THEME)
        ]

    def has_interval(self):
        """Whether any theme has a value with its range."""
        return any(cell.interval for cell in self.other_cells())

    def apart(self, title):
        """Whether a theme's statements make no one score."""
        found = self.themes[title].reliability
        return found is not None and found.band == "apart"

    def is_mean(self, text, cell):
        """See that a mean is that of a cell; 4.8 stands for all above it below ten answers."""
        if not cell.full and cell.mean >= 4.8:
            assert text == "≥ 4.8".replace(" ", "\u00a0") or text == "≥ 4.8"
        else:
            near(text, cell.mean)

    def names(self):
        """Give what words of a sentence may stand for: this survey's names, as patterns."""
        facts = self.seen.survey
        return {
            "ORG": self.seen.root.name, "GROUP": self.group.name, "TITLE": facts.title,
            "PREV": self.before.survey.title if self.before else "\0",
            "CLOSED": day(facts.closed), "OPENED": day(facts.opened),
        }  # fmt: skip

    def until(self):
        """Write the day until which teams should have talked."""
        start = self.published or date.fromisoformat(self.seen.survey.closed[:10])
        return day((start + timedelta(days=14)).isoformat())


def silent(cell):
    """Whether silence moves the lower end of a range."""
    return bool(cell.interval and cell.silent is not None and cell.silent < cell.interval.low)


def favourable(cell):
    """Give the favourable share of a statement's answers, in per cent."""
    return 100 * (cell.counts[3] + cell.counts[4]) / sum(cell.counts)


def average(cell):
    """Give the mean of a statement's answers."""
    return sum(s * n for s, n in enumerate(cell.counts, 1)) / sum(cell.counts)
