"""What pages and reports must say: the second calculation's results, rounded by other code than theirs."""

from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from tests.journeys.sixty import PATHS, TITLES

LEADING = "leader_support"
WORDS = {
    "almost_everybody": ("almost everybody agrees", "almost everybody disagrees"),
    "most": ("most agree", "most disagree"),
    "about_half": ("about half agree", "about half disagree"),
    "a_minority": ("a minority agrees", "a minority disagrees"),
    "almost_nobody": ("almost nobody agrees", "almost nobody disagrees"),
}
HIDDEN = "Not shown, to protect anonymity."


def rounded(value, places=1):
    """Round as people do: halves up."""
    step = Decimal(10) ** -places
    return str((Decimal(repr(float(value))) / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def name(path):
    """Give the last name of a path."""
    return path.rpartition("/")[2]


class Written:
    """One group as it is to be written; ``document`` only tells ids and where it is counted."""

    def __init__(self, found, firm, path):
        self.found, self.path = found, path
        self.id = firm.ids[PATHS.index(path)]
        self.invited = firm.invited[PATHS.index(path)]
        self.responses = found.responses(path)

    @property
    def taken(self):
        """Say how many answered."""
        return f"{self.responses} of {self.invited}"

    def themes(self, *, leader=False):
        """Give the themes that others may see, or the leader's alone."""
        return [theme for theme in TITLES if (theme == LEADING) == leader]

    def mean(self, theme):
        """Write a theme's mean, None where it is hidden."""
        cell = self.found.cells.get((self.path, theme, "", "mean"))
        if cell is None:
            return None
        full = self.found.rests[self.path, theme][1]
        return "≥ 4.8" if not full and cell[0] >= 4.8 else rounded(cell[0])

    def between(self, theme, what="mean"):
        """Write where a theme's true value likely lies, or (``label``) where most groups lie."""
        ends = self.found.ranges.get((self.path, theme, what))
        return "–".join(map(rounded, ends)) if ends else ""

    def silent(self, theme):
        """Write where the interval would begin for the silent, where that is drawn."""
        told = self.found.cells.get((self.path, theme, "", "mean_if_silent"))
        low = self.found.ranges.get((self.path, theme, "mean"), (0,))[0]
        return rounded(told[0]) if told and told[0] < low - 1e-9 else ""

    def divided(self, theme):
        """Tell whether people in the group see a theme very differently."""
        told = self.found.cells.get((self.path, theme, "", "divided"), ("no",))
        return told[0] == "yes"

    def people(self, item):
        """Give between how many of all who were asked likely are favourable, or None."""
        return self.found.people.get((self.path, item))

    def of_all(self, item):
        """Write that as a table does."""
        low, high = self.people(item)
        return f"{low if low == high else f'{low}–{high}'} of {self.invited}"

    def missing(self):
        """Say who is missing beside the number of people."""
        told = self.found.cells[self.path, "", "", "response"][0]
        return {"normal": "", "some_silent": ". Some voices are missing. "}[told]

    def label(self, theme):
        """Give how a theme lies beside the usual: higher, usual, lower, or None."""
        return self.found.cells.get((self.path, theme, "", "label"), (None,))[0]

    def rests_on(self, theme):
        """Give the statements that a theme's mean rests on."""
        return self.found.rests[self.path, theme][0]

    def word(self, theme, item):
        """Give one of five words, None where the item shows numbers or nothing."""
        told = self.found.cells.get((self.path, theme, item, "favourable"), ("",))[0]
        return told if told in WORDS else None

    def per_cent(self, theme, item):
        """Write the favourable share, None where no number is told."""
        told = self.found.cells.get((self.path, theme, item, "favourable"), (None,))[0]
        return f"{rounded(told, 0)} %" if isinstance(told, float) else None

    def item_mean(self, theme, item):
        """Write a statement's mean."""
        return rounded(self.found.cells[self.path, theme, item, "mean"][0])

    def shares(self, theme, item):
        """Write the five shares of a statement."""
        cells = self.found.cells
        return [rounded(cells[self.path, theme, item, f"share_{n}"][0], 0) for n in range(1, 6)]

    def enps(self):
        """Write the score and the shares behind it, None below twenty answers."""
        score = self.found.cells.get((self.path, "", "", "enps"))
        if score is None:
            return None
        whole = int(rounded(abs(score[0]), 0))
        sign = "" if whole == 0 else "+" if score[0] > 0 else "−"
        shares = [
            f"{rounded(self.found.cells[self.path, '', '', kind][0], 0)} %"
            for kind in ("promoters", "passives", "detractors")
        ]
        return f"{sign}{whole}", *shares

    def score_between(self):
        """Write the range of the score."""
        ends = self.found.ranges[self.path, "", "enps"]
        whole = [int(rounded(abs(end), 0)) for end in ends]
        signs = [
            "" if not many else "+" if end > 0 else "−"
            for end, many in zip(ends, whole, strict=True)
        ]
        return " and ".join(f"{sign}{many}" for sign, many in zip(signs, whole, strict=True))

    def margin(self):
        """Write how far most themes may be off; None where no theme is shown."""
        halves = [
            (high - low) / 2
            for (path, theme, what), (low, high) in self.found.ranges.items()
            if path == self.path and what == "mean" and theme != LEADING
        ]
        return rounded(median(halves)) if halves else None

    def one_person(self):
        """Write about how far a theme moves with one person."""
        return rounded(2 / self.responses)
