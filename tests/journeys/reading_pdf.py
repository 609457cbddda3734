"""PDF reports read number by number, and what is left over once everything known is taken out."""

import re
from functools import cache

from teamhealth.instruments.library import library
from tests.journeys.reading_desk import text_of
from tests.journeys.sixty import NIGHT, PATHS, QUESTIONS, TITLES, statements_of
from tests.journeys.written import HIDDEN, LEADING, WORDS, Written, name
from tests.rooms.outlets.printing import pages

_BESIDE = {"higher": " higher", "usual": " as usual", "lower": " lower", None: ""}
_KNOWN = [  # what is a number and none of the group's
    r"\b[0-9a-f]{64}\b", r"fingerprint [0-9A-Z]{16}", r"Team Health \d+\.\d+\.\d+",
    r"\b\d+ / \d+$", r"(?:(?<=\s)\d\. )+", r"\b1 2 3 4 5\b", r"from 1, strongly .*? to 5,",
    r"never a 3", r"answered 9 or 10 less those who answered 0 to 6", r"−100 to \+100",
    r"on a scale of 1 to 5", r"of 5; the true", r"\(95 %\)", r"at least 5 people",
    r"4\.8 stands for 4\.8 or higher", r"\d+ min(?:utes)?\b", r"\b(?:19|20)\d\d\b", r"no\. \d+",
    r"(?:\d of )?\d+ (?:other )?(?:themes?|statements?)\b",
    r"told from 10 answers, the balance of recommendations from 20\. At most 20 %", r"more than 33 %",
]  # fmt: skip

ORGANISATION = "acme-organisation"


def _stem(path):
    """Name a group's files: by its path below the whole, whose own name stands for itself."""
    below = path.partition("/")[2] or path
    return "-".join(below.lower().replace("/", " ").split())


class Reports:
    """The reports of one survey, read from a folder that ``teamhealth report --all`` wrote."""

    def __init__(self, folder, firm, found, closed):
        self.folder, self.closed = folder, closed
        self.groups = [Written(found, firm, path) for path in PATHS]

    def read(self, *, leader):
        """Read every report there is; there must be one for each group with a result."""
        shown = [group for group in self.groups if group.responses]
        files = {group.path: f"{_stem(group.path)}-team" for group in shown}
        names = {file.stem for file in self.folder.glob("*.pdf")}
        assert names == {*files.values(), *([] if leader else [ORGANISATION])}
        for group in shown:
            told = pages((self.folder / f"{files[group.path]}.pdf").read_bytes())
            self._team(told, group, leader=leader)
        if not leader:
            self._organisation(pages((self.folder / f"{ORGANISATION}.pdf").read_bytes()))

    def _team(self, told, group, *, leader):
        text = " ".join(told)
        assert f"{group.taken} people are in these figures" in text
        assert f"± {group.margin()} points" in text
        assert f"off by about {group.margin()} up or down" in text
        assert f"would move by about {group.one_person()}." in text
        assert (group.enps()[0] if group.enps() else "None") + " is the balance" in text or (
            group.enps() is None and "is the balance" not in text
        )
        assert _silent(group) in text
        _themes(text, group, group.themes())
        _statements(text, group, (*group.themes(), ""))
        _sentences(text, group)
        apart = [at for at, page in enumerate(told) if TITLES[LEADING] in page]
        assert bool(apart) == leader
        if leader:
            assert apart == list(range(apart[0], len(told)))
            _themes(text, group, [LEADING])
            _statements(text, group, [LEADING])
        self._nothing_else(told, [group], group)

    def _organisation(self, told):
        text, root = " ".join(told), self.groups[0]
        below = self.groups[1:]
        shown = sum(group.responses is not None for group in below)
        assert f"{root.taken} people are in these figures" in text
        assert f"{shown} of {len(below)} groups have a result" in text
        up = sum(group.responses is None for group in below)
        assert f"{up} {'is' if up == 1 else 'are'} counted further up" in text
        assert f"{root.enps()[0]} is the balance" in text
        _themes(text, root, root.themes())
        _statements(text, root, (*root.themes(), ""))
        for group in below:
            means = " ".join(
                (group.mean(theme) or "·") + (" ≠" if group.divided(theme) else "")
                for theme in group.themes()
            )
            row = f"{group.taken} {means}" if group.responses else _counted_in(group)
            assert f"{name(group.path)} {row}" in text
        assert TITLES[LEADING] not in text
        self._nothing_else(told, self.groups, root, also=(str(shown), str(len(below)), str(up)))

    def _nothing_else(self, told, groups, own, *, also=()):
        """Fail for a number that is none of these groups'; statements are told of ``own`` alone."""
        told = [_without_content(page).replace(self.closed, "") for page in told]
        text = " ".join(_without(page, _KNOWN) for page in told)
        ours = {*also, own.margin(), own.one_person(), str(own.invited - own.responses)}
        for group in groups:
            ours |= set(group.taken.split(" of ")) if group.responses else set()
            for theme in TITLES:
                ours |= set(
                    re.findall(
                        r"[\d.]+",
                        f"{group.mean(theme)} {group.between(theme)} {group.silent(theme)}",
                    )
                )
        for theme, item in statements_of((*TITLES, "")):
            if own.per_cent(theme, item):
                ours |= set(map(str, own.people(item)))
                ours |= {*own.shares(theme, item), own.per_cent(theme, item).removesuffix(" %")}
        ours |= set(re.findall(r"\d+", " ".join(own.enps() or ())))
        ours |= set(re.findall(r"\d+", own.score_between() if own.enps() else ""))
        found = set(re.findall(r"\d+(?:\.\d+)?", text))
        assert found <= ours, (own.path, found - ours, text)


def _silent(group):
    many = group.invited - group.responses
    start = {0: "All", 1: "One of the"}.get(many, f"{many} of the")
    return f"{start} {group.invited} who were asked {'is' if many == 1 else 'are'} "


def _counted_in(group):
    assert group.path == NIGHT
    return f"{HIDDEN} Counted in Operations. "


def _themes(text, group, themes):
    for theme in themes:
        if group.mean(theme) is None:
            assert f"{TITLES[theme]} {HIDDEN}" in text
            continue
        here, asked = len(group.rests_on(theme)), len(statements_of([theme]))
        part = f" {here} of {asked} statements" if here < asked else ""
        beside = _BESIDE[group.label(theme)]
        silent = f" ({group.silent(theme)})" if group.silent(theme) else ""
        split = " seen very differently" if group.divided(theme) else ""
        row = f"{part}{split} {group.mean(theme)} {group.between(theme)}{silent}{beside}"
        assert f"{TITLES[theme]}{row}" in text, row


def _statements(text, group, themes):
    for theme, item in statements_of(themes):
        turned = QUESTIONS[item].reverse
        start = f"{text_of(item)}{' turned' if turned else ''} "
        if share := group.per_cent(theme, item):
            assert start + share in text, (item, share)
        elif word := group.word(theme, item):
            assert start + word.replace("_", " ") in text, (item, word)
            assert word in WORDS
        elif theme in group.themes():
            assert start + HIDDEN in text, item


def _sentences(text, group):
    """Read the findings of page one: each is a theme's own value and interval."""
    for mean, low, high in re.findall(
        r"(?:About )?([\d.]+(?: or higher)?) of 5; the true value likely lies between ([\d.]+) and ([\d.]+)\.", text
    ):  # fmt: skip
        values = {
            (group.mean(t).replace("≥ 4.8", "4.8 or higher"), group.between(t))
            for t in group.themes()
            if group.mean(t)
        }
        assert (mean, f"{low}–{high}") in values


def _without(text, patterns):
    for pattern in patterns:
        text = re.sub(pattern, " ", text)
    return text


@cache
def _content():
    shelf = library()
    texts = []
    for one in shelf.practices:
        texts += [
            one.title,
            one.summary,
            *one.steps,
            one.first_step,
            one.watch_out,
            one.evidence.note,
        ]
    for theme in shelf.themes:
        texts += [theme.definition, theme.why, theme.evidence.note, *theme.prompts]
    for form in shelf.retro_formats:
        for step in form.steps:
            texts += [step.script, step.uses_results, step.notes]
    return sorted({" ".join(text.split()) for text in texts if text}, key=len, reverse=True)


def _without_content(page):
    for text in _content():
        page = page.replace(text, " ")
    return page
