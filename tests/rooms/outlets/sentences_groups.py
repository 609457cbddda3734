"""The sentences of the report on many groups, of the whole or of a branch: each with what must hold for it."""

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets.named_themes import divided
from tests.rooms.outlets.reading_sentences import is_so
from tests.rooms.outlets.sentences_everywhere import balance
from tests.rooms.outlets.told import near


def _differ(t):
    rest = [g for g in t.below if g.id not in t.seen_rows]
    return [
        g
        for g in rest
        if any(
            c.compared in ("higher", "lower") or divided(c)
            for x, c in g.themes.items()
            if x != LEADER_THEME
        )
    ]


def _row_cells(t):
    groups = [t.seen.group(x) for x in t.seen_rows]
    titles = [x.id for x in t.seen.themes if x.id != LEADER_THEME]
    return [g.themes.get(x) for g in groups if g.responses is not None for x in titles]


def _drivers(t, m):
    near(m["n"], 100 * t.seen.drivers.r2, 0)


def _turned(t, m):
    some = {i for x in t.seen.themes if x.reliability for i in x.reliability.turned}
    assert {t.asked[x].id for x in m["q"].strip("“”").split("” “")} <= some


def _settings(t, m):
    known = t.seen.settings
    assert (int(m["a"]), int(m["b"])) == (known.numbers_from, known.score_from)


def _left_out(t, m):
    near(m["a"], 100 * t.seen.settings.left_out, 0)
    near(m["b"], 100 * t.seen.settings.elsewhere, 0)


GROUPS = [
    (r"GROUP – team health of the organisation, TITLE", None),
    (r"GROUP – team health of the groups in it, TITLE", None),
    (r"The whole organisation · Team health · TITLE", lambda t, _m: is_so(t.id == t.seen.root.id)),
    (r"groups? (?:has|have) a result of (?:its|their) own", lambda t, _m: is_so(t.below)),
    (r"(?P<n>\d+) (?:is|are) counted further up", lambda t, m: is_so(int(m["n"]) == sum(g.counted_in is not None for g in t.below))),
    (r"(?P<s>[−+]?\d+)$", lambda t, m: near(m["s"], t.group.enps.score, 0)),
    (r"is the balance of recommendations", None),
    (r"likely between (?P<low>[−+]?\d+) and (?P<high>[−+]?\d+)", balance),
    (r"For the organisation as a whole; each team’s report suggests what suits that team\.", lambda t, _m: is_so(t.id == t.seen.root.id)),
    (r"For these groups together; each team’s report suggests what suits that team\.", lambda t, _m: is_so(t.id != t.seen.root.id)),
    (r"Groups and themes", None),
    (r"In the order of the organisation, not of the values: groups differ in work, size and load, and small ones by chance alone\.", None),
    (r"Blue: higher than is usual in ORG; orange and underlined: lower; no colour: as usual, or not compared\.",
     lambda t, _m: is_so(any(c and c.compared in ("higher", "lower") for c in _row_cells(t)))),
    (r"≠ People in the group see it very differently: the mean stands for few of them\.", lambda t, _m: is_so(any(c and divided(c) for c in _row_cells(t)))),
    (r"\* Fewer than four in ten are heard: not to be compared\.", lambda t, _m: is_so(any(t.seen.group(x).response == "too_silent" for x in t.seen_rows))),
    (r"· Not shown, to protect anonymity\.", lambda t, _m: is_so(None in _row_cells(t))),
    (r"(?P<n>\d+) of the (?P<all>\d+) groups stands? here: the levels of the organisation that have room\. Every group has a row on the dashboard and in the spreadsheet \(XLSX\)\.",
     lambda t, m: is_so((int(m["n"]), int(m["all"])) == (len(t.seen_rows), len(t.below)))),
    (r"The table of all (?P<all>\d+) groups is too long for paper: every group has a row on the dashboard and in the spreadsheet \(XLSX\)\.",
     lambda t, m: is_so((0, int(m["all"])) == (len(t.seen_rows), len(t.below)))),
    (r"Where the groups lie, compared with what is usual", None),
    (r"All groups below are counted, at every level\. Not compared: without a result of their own, or with too few answers to tell\.", None),
    (r"Groups without a row above that differ", lambda t, _m: is_so(_differ(t))),
    (r"In the order of the organisation\. Among so many a few differ by chance alone\.", None),
    (r"(?P<n>\d+) groups? differs? from the usual in some theme, or (?:its|their) people see one very differently\.", lambda t, m: is_so(int(m["n"]) == len(_differ(t)))),
    (r"(?:That is too many to name on paper; the|The) dashboard tells which\.", None),
    (r"What the themes can carry", None),
    (r"Over all who answered, in the order of the questionnaire\. Where teams can hardly be told apart on a theme, differences between them say little\.", None),
    (r"For HR: (?:a statement|some statements) may be scored the wrong way round", None),
    (r"(?:It goes|They go) against the others of the theme\. Look at the wording, and at whether disagreeing should count as favourable, before anybody acts on the theme\. (?P<q>“.+”)", _turned),
    (r"What moves together with “(?P<q>.+?)”", lambda t, m: is_so(t.asked[m["q"]].id == t.seen.drivers.outcome)),
    (r"An early indication: not many answered everything, so look at the ranges\.", lambda t, _m: is_so(t.seen.drivers.early)),
    (r"All themes together have to do with about (?P<n>\d+)\s% of how people differ in it; of that, this share falls to each\.", _drivers),
    (r"They move together: nothing here says that one brings about the other, for all was answered by the same people on the same day\. In the order of the questionnaire, which is no ranking\.", None),
    (r"By what people said of themselves", lambda t, _m: is_so(t.id == t.seen.root.id)),
    (r"Of GROUP as a whole, never of a team\. People said this if they wanted to, and nobody checked it\. Where few would have stood alone, they were put together with others, so that nobody can be worked out\.", None),
    (r"Not shown: by itself, or seen together with the other figures, too few people said something different for results to be told without risk to them\. Nothing was left out of the other figures for that\.",
     lambda t, _m: is_so(not all(t.seen.cross_cuts.get(x.id) for x in t.instrument.attributes))),
    (r"Value, and where the true value likely lies \(95 %\): in figures, and as a pale bar from 1 to 5\.", None),
    (r"≥ 4\.8 stands for 4\.8 or higher\.", None),
    (r"Where two ranges overlap, the difference is noise: read them as about the same\. Among so many a few lie apart by chance alone\.", None),
    (r"How many answered favourably, in one of five words\. Two words next to each other may lie a single answer apart\.", None),
    (r"It is no comparison with a team: the same people stand in both, and it says nothing about why\.", None),
    (r"Spread, means of statements and comments are told from (?P<a>\d+) answers, the balance of recommendations from (?P<b>\d+)\.", _settings),
    (r"At most (?P<a>\d+)\s% of a group’s answers may be left out of its figures, to protect anonymity; where more than (?P<b>\d+)\s% of its people answer further up, a group has no result\.", _left_out),
    (r"No answer was taken back before the close\.", lambda t, _m: is_so(t.seen.withdrawn == 0)),
    (r"One answer was taken back before the close\.", lambda t, _m: is_so(t.seen.withdrawn == 1)),
    (r"(?P<n>\d+) answers were taken back before the close\.", lambda t, m: is_so(int(m["n"]) == t.seen.withdrawn)),
]  # fmt: skip
