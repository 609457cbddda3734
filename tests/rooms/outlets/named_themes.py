"""Which themes of a group a page may name, and as what.

The rules are written anew here, from the words of the sentences, not from the code.
"""

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.findings import Band
from teamhealth.cells.model import Change, Compared
from teamhealth.instruments.library import library

MEDIUM_FROM, HIGH_FROM = library().banding.medium_from, library().banding.high_from
UP = {Change.VERY_LIKELY_HIGHER, Change.LIKELY_HIGHER}
DOWN = {Change.VERY_LIKELY_LOWER, Change.LIKELY_LOWER}


class Group:
    """One group's cells, and what may be said of them."""

    def __init__(self, seen, group, titles, previous=""):
        self.seen, self.group, self.previous = seen, group, previous
        self.titles = {titles[theme.id]: theme.id for theme in seen.themes}
        self.agreed = seen.survey.leader_theme == "agreed"
        self.all = {
            theme.id: group.themes[theme.id]
            for theme in seen.themes
            if theme.id in group.themes and (theme.id != LEADER_THEME or self.agreed)
        }
        no_score = {
            t.id for t in seen.themes if t.reliability and t.reliability.band is Band.APART
        }
        self.apart = [one for one in self.all if one in no_score and one != LEADER_THEME]
        self.cells = {
            theme: cell
            for theme, cell in self.all.items()
            if theme not in no_score and theme != LEADER_THEME
        }
        self.general = {t: c for t, c in self.all.items() if t != LEADER_THEME}

    def named(self, words):
        """Give the ids of titles as a sentence lists them."""
        found, rest = [], words
        while rest:
            title = max((t for t in self.titles if rest.startswith(t)), key=len)
            found.append(self.titles[title])
            rest = rest.removeprefix(title).removeprefix(", ").removeprefix(" and ")
        assert found
        return found

    def texts(self, words):
        """Give the cells of the themes named, each of which may be named."""
        return [self.cells[theme] for theme in self.named(words)]


def high(cell):
    """Tell whether two thirds of the interval lie in the high band."""
    return share_between(cell, HIGH_FROM, 5.0) >= 2 / 3 - 1e-9


def low(cell):
    """Tell whether two thirds of the interval lie in the low band."""
    return share_between(cell, 1.0, MEDIUM_FROM) >= 2 / 3 - 1e-9


def share_between(cell, start, end):
    """Give the share of the interval that lies between two values."""
    around = cell.interval
    if around is None:
        return 0.0
    if around.high <= around.low:
        return float(start <= around.low < end or around.low == end == 5.0)
    return max(0.0, min(around.high, end) - max(around.low, start)) / (around.high - around.low)


def divided(cell):
    """Tell whether people see it very differently."""
    return bool(cell.agreement and cell.agreement.divided)


def goes_up(cell):
    """Tell whether anything points up."""
    return high(cell) or cell.compared is Compared.HIGHER or cell.change in UP


def goes_down(cell):
    """Tell whether anything points down."""
    return low(cell) or cell.compared is Compared.LOWER or cell.change in DOWN


def to_keep(cell):
    """Tell whether a theme may be named as one to keep."""
    good = high(cell) or cell.compared is Compared.HIGHER
    return good and not goes_down(cell) and not divided(cell)


def to_care_for(cell):
    """Tell whether a theme may be named as one to care for."""
    return low(cell) or (goes_down(cell) and not goes_up(cell))


def torn(cell):
    """Tell whether a theme points both ways."""
    return goes_up(cell) and goes_down(cell)
