"""Every number that a page or a PDF tells: of people, and then known from the files, or of no people at all.

Shapes are closed: a number that stands in none of them fails, so that no page tells one that the
attack has not read. Names and what is printed of the library are blotted out first; they may
hold digits of their own.
"""

import re

from teamhealth.instruments.library import library

_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_NO_PEOPLE = [
    r"[0-9a-f]{64}|snapshot [0-9a-f]{4} [0-9a-f]{4}",
    rf"\d{{1,2}} {_MONTH} 20\d\d(?:, \d\d:\d\d UTC)?",
    r"\d+ / \d+",  # a page of so many
    r"Team Health \d+\.\d+\.\d+|SHA-256",
    r"\d\.\d(?: ?– ?\d\.\d)?(?: \(\d\.\d\))?(?!\d)",  # means and their ranges
    r"\b\d+ min(?:utes?)?\b|(?:A talk|talk) of \d+ minutes",
    r"(?i)\bfrom 1,? (?:strongly )?disagree,? to 5,? (?:strongly )?agree",
    r"from 1 to 5|of 1 to 5|never a 3|0 to 6|9 or 10|−100 to \+100|95\s%|after 7 days",
    r"\b\d+ of \d+ (?:themes?|statements?)\b|\b\d+ (?:other )?(?:themes?|statements?)\b|Statements: \d+",
    r"\b1 2 3 4 5\b|(?<![\d.])[1-9]\. ",  # a scale; points of a list
    r"… (?:or higher )?of 5(?=[;.])|told from 20 answers",
    r"teamhealth audit \S+|than usual(?: at …)? \d+ of (?:[1-9]|1[0-2])\b",
    r"[ωα] 0\.\d\d",
    r"on paper: \d+|key of their own: \d+|Spare seats: \d+|Unreadable envelopes \d+",
    r"from 10 answers, the (?:balance of recommendations|recommendation score) from 20",
    r"At most 20 % of a group|more than 33 % of its people",
]
_N = r"(?<![\d.–−+])"


def _counted(shares):
    return {int(share + 0.5) for share in shares}


class Numbers:
    """What the files tell of people, to which every number of a page is held."""

    def __init__(self, told, snapshot, instrument, comments=()):
        self.told, self.k, self.comments = told, snapshot.survey.k, comments
        shown = [path for path in told.invited if told.responses[path]]
        self.pairs = {path: (told.responses[path], told.invited[path]) for path in shown}
        self.asked = {told.invited[path] for path in shown}
        self.classes = {n for place, n in told.responses.items() if not isinstance(place, str)}
        self.groups = set(range(len(told.invited) + 2))
        self.shares = _counted(100 * a / b for a, b in self.pairs.values()) | _counted(
            100 * sum(some) / sum(counts)
            for counts in told.counts.values()
            for some in (*((c,) for c in counts), counts[3:], counts[:2])
        )
        self.shares |= _counted(
            100 * c / sum(some) for some in told.enps.values() for c in some
        )
        self.balances = {
            int(abs(100 * (high - low) / (low + middle + high)) + 0.5)
            for low, middle, high in told.enps.values()
            if low + middle + high >= 20
        } | {
            int(abs(end) + 0.5)
            for group in snapshot.groups
            if group.enps and group.enps.interval
            for end in (group.enps.interval.low, group.enps.interval.high)
        }
        self._blots = _blots(told, instrument, comments)

    def read(self, words, *, path=None):
        """Read what is said; fails for a number that is not known. ``path`` is the one group that is told of."""
        rest = re.sub(rf"{self._blots}", "…", words)
        for shape in _NO_PEOPLE:
            rest = re.sub(shape, "…", rest)
        pairs = {self.pairs[path]} if path in self.pairs else set(self.pairs.values())
        everywhere = set(self.pairs.values())
        sizes = {n for n, _ in pairs}
        for shape, holds in (
            (rf"{_N}(\d+) of (?:the )?(\d+)(?= people| are in)", lambda *two: two in pairs),
            (r"between (\d+) and (\d+) of the (\d+)", lambda _low, _high, n: n in self.asked),
            (r"likely (\d+) of the (\d+)", lambda _many, n: n in self.asked),
            (rf"{_N}(\d+)–(\d+) of (\d+)", lambda _low, _high, n: n in self.asked),
            (
                rf"{_N}(\d+) of the (\d+) who were asked are not",
                lambda a, n: (n - a, n) in pairs,
            ),
            (r"One of the (\d+) who were asked is not", lambda n: (n - 1, n) in pairs),
            (
                r"[Aa]ll (?:the )?(\d+) who were asked",
                lambda n: (n, n) in pairs or n in self.asked,
            ),
            (
                rf"% … ?{_N}(\d+) of (\d+)|{_N}(?<=% )(\d+) of (\d+)",
                lambda *n: n[-1] or n[1] in self.asked,
            ),
            (
                r"groups have a result of their own (\d+) of (\d+)",
                lambda *two: set(two) <= self.groups,
            ),
            (r"(?<=agree )(\d+) of (\d+)", lambda _many, n: n in self.asked),
            (
                rf"{_N}(\d+) of (\d+) groups(?! have a result of their own …)",
                lambda *two: set(two) <= self.groups,
            ),
            (rf"{_N}(\d+) of (?:the )?(\d+)", lambda *two: two in everywhere),
            (r"[Hh]ow many of the (\d+)", lambda n: n in sizes),
            (r"People invited: (\d+)", lambda n: n in self.asked),
            (rf"{_N}(\d+) answers?\b", lambda n: n in sizes | self.classes),
            (r"[Gg]roups of (\d+)|(\d+) people|at least (\d+)\b", lambda *n: self.k in n),
            (rf"{_N}(\d+) (?:more )?comments?\b", lambda n: n <= len(self.comments)),
            (
                rf"{_N}(\d+) (?:other )?(?:groups?|are counted|is counted|files?)\b",
                lambda n: n in self.groups,
            ),
            (r"(?:heard|missing|silent): (\d+)", lambda n: n in self.groups),
            (rf"{_N}(\d+) %", lambda n: n in self.shares),
            (r"[−+](\d+)", lambda n: n in self.balances),
            (
                rf"(?:(?<=” )|(?<=… )|(?<=said )){_N}(\d+)(?= (?:“|…|How|Not said))",
                lambda n: n in self.classes,
            ),
            (r"Answers in the result (\d+)", lambda n: n in sizes),
        ):
            rest = _take(rest, shape, holds)
        rest = re.sub(r"\d{1,3}(?: \d{1,3}){1,}", self._run, rest)
        left = re.search(r".{,60}\d.{,40}", rest)
        assert not left, left[0]

    def _run(self, found):
        """Read numbers that stand one after the other, as those in the bars of answers do."""
        assert {int(one) for one in found[0].split()} <= self.shares, found[0]
        return "…"


def _take(words, shape, holds):
    def one(found):
        numbers = [None if x is None else int(x) for x in found.groups()]
        assert holds(*numbers), words[max(0, found.start() - 60) : found.end() + 40]
        return "…"

    return re.sub(shape, one, words)


def _blots(told, instrument, comments):
    """Give what may be told and holds digits: names, options, comments, texts of the library."""
    texts = {one.body for one in comments}
    texts |= {option["en"] for one in instrument.attributes for option in one.options}
    for theme in library().themes:
        texts |= {
            theme.definition,
            theme.why,
            theme.evidence.note,
            theme.caution,
            *theme.prompts,
        }
    for one in library().practices:
        texts |= {
            one.title,
            one.summary,
            one.first_step,
            one.watch_out,
            one.evidence.note,
            *one.steps,
        }
    for talk in library().retro_formats:
        texts |= {t for s in talk.steps for t in (s.script, s.uses_results, s.notes)}
    texts |= {rule.text for rule in library().retro.ground_rules}
    digits = {" ".join(text.split()) for text in texts if re.search(r"\d", text)}
    names = {rf"(?<![\w/]){re.escape(x)}(?!\w)" for x in (*told.names, *told.invited)}
    names |= {rf"\b{re.escape(x.title())}\b" for x in told.names}  # of those who lead them
    return "|".join(
        [
            *map(re.escape, sorted(digits, key=len, reverse=True)),
            *sorted(names, key=len, reverse=True),
        ]
    )
