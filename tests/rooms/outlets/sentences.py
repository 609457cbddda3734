"""The sentences of all printed pages but what is said of single themes: each with what must hold for it.

A sentence that is not here is not known, and a page that says it fails. In patterns ORG, GROUP,
TITLE, PREV, CLOSED and OPENED stand for this survey's own names and days.
"""

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets.told import day, near, silent, split

_SEALED = r"Answers lay sealed until the survey closed\. They were opened together, shuffled, counted and destroyed\."
_COUNTS = {"One": 1, "Two": 2, "Three": 3}


def _is(ok):
    assert ok


def _heard(t, m):
    assert (int(m["n"]), int(m["asked"])) == (t.group.responses, t.group.invited)


def _response(*names):
    return lambda t, _m: _is(t.group.response in names)


def _asked(t, m):
    assert int(m["s"]) == sum(len(one.items) for one in t.seen.themes)


def _k(t, m):
    assert int(m["k"]) == t.seen.survey.k


def margin(t, m):
    """See that a number is the middle one of the themes' half ranges."""
    halves = sorted(
        (c.interval.high - c.interval.low) / 2 for c in t.other_cells() if c.interval
    )
    middle = len(halves) // 2
    near(m["n"], (halves[middle] + halves[-1 - middle]) / 2)


def _step(t, m):
    """See that the third step is that of the first practice, or leaves the choice where none is named."""
    assert (t.practices[0].first_step if t.practices else None) == m["step"]
    assert m["title"] == "First look at load" or m["title"] == t.practices[0].title
    assert (m["title"] == "First look at load") == (t.care == "focus_recovery")


def _others(t, m):
    then = t.group.history
    assert then.others
    told = (int(m["a"]), int(m["b"]), int(m["c"]), int(m["d"]))
    assert told == (then.responses, then.invited, t.group.responses, t.group.invited)


def _others_in(t, m):
    for one in (*t.earlier, t.seen):
        group = next((g for g in one.groups if g.id == t.id), None)
        if one.survey.title in m["t"]:
            assert group.history.others


def _called(t, m):
    names = {one.survey.title: g.name for one in t.earlier for g in one.groups if g.id == t.id}
    assert names[m["t"]] == m["name"] != t.group.name


def _all_alike(kind):
    def check(t, _m):
        rows = [t.cell(title) for title in t.general]
        assert all(rows)
        assert {_kind(cell) for cell in rows} == {kind}

    return check


def _alike_in(kind):
    def check(t, m):
        here = [LEADER_THEME] if t.at_leader else [t.themes[x].id for x in t.general]
        named = t.first.named(m["t"]) if not t.at_leader else here
        assert t.titles[named[0]] in m["t"]
        assert set(named) == {
            x for x in here if x in t.group.themes and _kind(t.group.themes[x]) == kind
        }
        t.alike_named |= set(named)

    return check


def _others_alike(kind):
    def check(t, _m):
        rest = [x for x in t.general if t.themes[x].id not in t.alike_named]
        assert rest
        assert all(t.cell(x) and _kind(t.cell(x)) == kind for x in rest)

    return check


def _kind(cell):
    return (
        "very differently"
        if split(cell)
        else cell.agreement
        and {"agree": "much alike", "partly": "partly alike", "little": "little alike"}[
            cell.agreement.word
        ]
    )


ALIKE = [
    sentence
    for kind in ("very differently", "little alike", "partly alike", "much alike")
    for sentence in (
        (rf"People in this group answer {kind} in every theme\.", _all_alike(kind)),
        (rf"In the other themes they answer {kind}\.", _others_alike(kind)),
        (rf"People in this group answer {kind} in (?P<t>.+?)\.", _alike_in(kind)),
    )
]  # fmt: skip


def _statements_from(t, _m):
    assert any(i in t.items and t.items[i] != LEADER_THEME for i in t.group.items)


def _no_value(t, _m):
    assert not t.other_cells()
    assert any(i in t.items for i in t.group.items)


def _numbers(t, _m):
    assert any(cell.word for cell in t.group.items.values())


def _score(t, m):
    low, passive, high = t.group.enps.counts
    assert low + passive + high >= 20
    near(m["score"], 100 * (high - low) / (low + passive + high), 0)
    assert m["q"] in t.asked
    assert t.asked[m["q"]].id == "enps"


def _balance(t, m):
    near(m["low"], t.group.enps.interval.low, 0)
    near(m["high"], t.group.enps.interval.high, 0)


def _read_with(t, m):
    assert t.group.comments_in not in (None, t.id)
    assert m["other"] == t.seen.group(t.group.comments_in).name


def _hollow(t, _m):
    assert any(
        silent(t.cell(x)) for x in t.general if t.cell(x) and t.themes[x].id != LEADER_THEME
    )


def _silence(t, _m):
    assert any(map(silent, t.cells()))


COMMON = [
    (r"For GROUP\. Not for ranking, pay or rating\.", None),
    (r"For GROUP, to keep, to copy and to write on\.", None),
    (r"GROUP – team health, TITLE", None),
    (r"GROUP – slides for the team, TITLE", None),
    (r"GROUP – what came out of TITLE", None),
    (r"GROUP – a talk without numbers, TITLE", None),
    (r"(?P<n>\d+) of (?P<asked>\d+)(?! people)", _heard),
    (r"people are in these figures\. It is nobody’s business who\.", None),
    (r"people are in these figures\. Some voices are missing\.", _response("some_silent")),
    (r"Some voices are missing\.", _response("some_silent")),
    (r"About half the group is silent here: a conversation starter, no more\.", _response("half_silent")),
    (r"Fewer than four in ten are heard here: these are the voices of those who are, not of the group\.", _response("too_silent")),
    (r"(?P<n>\d+) themes?", lambda t, m: _is(int(m["n"]) == len(t.seen.themes))),
    (r"with (?P<s>\d+) statements?, closed on CLOSED", _asked),
    (r"(?P<s>\d+) statements, closed on CLOSED", _asked),
    (r"± (?P<n>\d\.\d) points", margin),
    (r"is how far a typical theme may be off, on a scale of 1 to 5", lambda t, _m: _is(t.has_interval())),
    (rf"{_SEALED}(?: There is no table of answers\.)?", None),
    (r"Every figure covers at least (?P<k>\d+) people(?:, also when figures are subtracted from each other)?\.", _k),
    (r"A team that is too small is counted in the group above\.", None),
    (r"In each group counted at least two answers to a statement stand as not unfavourable, so that “everybody disagreed” never shows\.", None),
    (r"No name, time, device or order is kept with the answers\.", None),
    (r"The figures do not tell who said what; please do not guess either\.", None),
    (r"From 1, disagree, to 5, agree\.", None),
    (r"The pale bar is where the true value likely lies; where bars overlap a good deal, read the values as about the same\.", None),
    (r"Grey: most groups of ORG\.", lambda t, _m: _is(any(c.usual for c in t.cells()))),
    (r"Hollow: where the bar would begin, had the missing scored half a point lower\.", _hollow),
    (r"(?:value )?where the true value likely lies \(95 %\)", None),
    (r"silence \(in brackets\)", _silence),
    (r"most groups of ORG", lambda t, _m: _is(any(c.usual for c in t.group.themes.values()))),
    (r"(?:very unfavourable unfavourable neither favourable very favourable)", None),
    (r"Blue dot|Pale blue bar|Hollow bar|Grey field", None),
    (r"Colour of (?:very )?(?:un)?favourable|Colour of neither", None),
    (r"Rules for everybody", None),
]  # fmt: skip

TEAM = [
    (r"This week", None),
    (r"Thank the team\. “Thank you for answering\. I have read the result and would like to talk about it with you\.”", None),
    (r"Book a talk within two weeks\. The guide at the end of this report says how it can go\.", lambda t, _m: _is("talk" not in t.left_out)),
    (r"Book a talk within two weeks\. Half an hour is enough\.", lambda t, _m: _is("talk" in t.left_out)),
    (r"Pick one theme with the team, not alone\. Take the one that people care about most\.", lambda t, _m: _is(not (t.keep or t.care) or not t.practices)),
    (r"(?P<title>First look at load|[^.“]+)\. (?P<step>STEP)", _step),
    (r"Better not", None),
    (r"Do not ask who\. Nobody has to explain an answer, or a silence\.", None),
    (r"Do not compare with the next team\. Work, size and load differ\.", None),
    (r"Do not answer point by point\. Listen first; one small change is enough\.", None),
    (r"The themes at a glance", None),
    (r"(?P<n>\d+) answers\.", lambda t, m: _is(int(m["n"]) == t.group.responses)),
    (r"Where bars overlap a good deal, read the values as about the same\.", lambda t, _m: _is(t.has_interval())),
    (r"Called (?P<name>.+?) in the survey before\.", lambda t, m: _is(m["name"] == t.group.history.path.rpartition("/")[2] != t.group.name)),
    (r"Called (?P<name>.+?) in (?P<t>.+?)\.", _called),
    (r"Different people may have answered in (?P<t>.+?) than in the survey before\.", _others_in),
    (r"Different people may have answered\.", lambda t, _m: _is(t.group.history.others and t.group.history.responses is None)),
    (r"Different people may have answered: (?P<a>\d+) of (?P<b>\d+) then, (?P<c>\d+) of (?P<d>\d+) now\.", _others),
    (r"Too few answered the same statement for a result about any theme\. That says nothing good or bad\.",
     lambda t, _m: _is(not any(i in t.items and t.items[i] != LEADER_THEME for i in t.group.items))),
    (r"A theme has a value of its own only where enough of its statements can be told, and below ten answers at least two\. Here none has one; the statements stand further on\.", _no_value),
    (r"A theme has a value of its own only where enough of its statements can be told, and below ten answers at least two\. Here none has one\.",
     lambda t, _m: _is(not t.other_cells() and "statements" in t.left_out)),
    *ALIKE,
    (r"How to read these figures", None),
    (r"Statements are answered from 1, strongly disagree, to 5, strongly agree\. A skipped one is missing, never a 3\. Where a statement is marked turned, disagreeing is the favourable answer\.", None),
    (r"A theme’s value is the mean of its shown statements\. The pale bar holds the true value nineteen times out of twenty, as far as chance goes; it says nothing about those who did not answer\.", None),
    (r"In brackets: where it would begin, had the missing scored half a point lower\.", _silence),
    (r"Where fewer than ten answers can be told together, a statement is told in one of five words, a theme to one decimal, and 4\.8 stands for 4\.8 or higher\. Where ten or more can, a report also shows how answers spread\.", _numbers),
    (r"Cannot tell means that the answers are too few to see a change of this size\. It does not mean that nothing happened\.", lambda t, _m: _is(any(c.change for c in t.other_cells()))),
    (r"What may help", lambda t, _m: _is(t.at_leader or t.care or not t.practices)),
    (r"What may help to keep it", lambda t, _m: _is(t.keep and not t.care)),
    (r"Small starts that suit most teams", lambda t, _m: _is(not (t.keep or t.care))),
    (r"Suggestions to choose from with the team\. One is enough\.", None),
    (r"And to keep what is strong", lambda t, _m: _is(t.keep and t.care)),
    (r"Statement by statement", None),
    (r"How many answered favourably: by agreeing, or by disagreeing where a statement is marked turned\.", None),
    (r"In per cent of all answers; the mark is the middle\.", lambda t, _m: _is(any(c.counts for c in t.group.items.values()))),
    (r"Small: how many of all (?P<n>\d+) who were asked likely are favourable \(95 %\)\.", lambda t, m: _is(int(m["n"]) == t.group.invited)),
    (r"Not shown, to protect anonymity\.", lambda t, _m: _is(not any(i in t.items and t.items[i] != LEADER_THEME for i in t.group.items))),
    (r"(?P<score>[−+]?\d+) is the balance of “(?P<q>.+?)”: those who answered 9 or 10 less those who answered 0 to 6, in per cent; it runs from −100 to \+100\.", _score),
    (r"The true balance likely lies between (?P<low>[−+]?\d+) and (?P<high>[−+]?\d+)\.", _balance),
    (r"In people’s own words", lambda t, _m: _is(t.comments and t.group.comments_in == t.id)),
    (r"In mixed order and apart from all ratings\. Please do not guess who wrote what\.", None),
    (r"One more comment stands on the group’s page only: there was no room for it here\.", lambda t, _m: t.count_more(1)),
    (r"(?P<n>\d+) more comments stand on the group’s page only: there was no room for them here\.", lambda t, m: t.count_more(int(m["n"]))),
    (r"Comments of GROUP are read together with those of (?P<other>.+?)\.", _read_with),
    (r"What the themes are about", None),
    (r"What each theme asks, and why it matters\.", None),
    (r"What each theme asks, what is known about it, and questions that open a talk\.", lambda t, _m: _is(t.prompts_stand)),
    (r"A talk of (?P<n>\d+) minutes", lambda t, m: _is(int(m["n"]) == t.minutes)),
    (r"How the figures were made", None),
    (r"What protects people", None),
    (r"The statements are new and not yet validated: a start for a talk, not a measurement of people, brains or health\. Practices are suggestions; none replaces fixing load, staffing, safety or unfair treatment\.", None),
    (r"LEADER: for you, for support only", lambda t, _m: _is(t.leads)),
    (r"These answers are about how it is to be led here right now, load and structure included\. Wait a day before you do anything about them\.", lambda t, _m: _is(t.leads)),
]  # fmt: skip

TALK = [
    (r"(?P<n>One|Two|Three) statements? to talk about", lambda t, m: _is(_COUNTS[m["n"]] == t.points)),
]  # fmt: skip

SLIDES = [
    (r"Nobody can tell who said what", None),
    (r"Nobody guesses or asks who said what\.", None),
    (r"“Pass” is a full answer, today as well\.", None),
    (r"How to read what comes", None),
    (r"An example: a dot on a line from 1 to 5, in the middle of a pale bar\.", None),
    (r"The dot is the value, from 1, disagree, to 5, agree\.", lambda t, _m: _is(t.has_interval())),
    (r"The pale bar is where the true value likely lies\.", lambda t, _m: _is(t.has_interval())),
    (r"Where two bars overlap a good deal, read them as about the same\.", None),
    (r"These are views of our work, not marks\.", None),
    (r"Each statement is told by itself: almost everybody, most, about half, a minority or almost nobody agrees\.", lambda t, _m: _is(not t.other_cells())),
    (r"One answer more or less can change a word\.", lambda t, _m: _is(not t.other_cells())),
    (r"The themes at a glance", None),
    (r"Nothing stands out clearly", lambda t, _m: _is(not (t.keep or t.care))),
    (r"That is an answer too\. What is good here, and what would you like to be a little better\?", lambda t, _m: _is(not (t.keep or t.care))),
    (r"What do you make of it\?", None),
    (r"Two quiet minutes first; then everybody who wants to\.", None),
    (r"One small step for four weeks", None),
    (r"What can we start this week, ourselves, and how will we notice\?", None),
]  # fmt: skip

SUMMARY = [
    (r"Thank you for answering\. (?P<n>\d+) of the (?P<asked>\d+) people who were asked are in these figures; the survey closed on CLOSED\.", _heard),
    (r"All themes", lambda t, _m: _is(t.has_interval())),
    (r"What happens next", None),
    (r"Your team’s talk should happen by (?P<by>.+?)\. If nobody has asked you yet, ask for it\.", lambda t, m: _is(m["by"] == t.until())),
    (r"There the team looks at its own result, or talks without numbers where it has none, and chooses one small step\.", None),
    (r"A later survey can ask whether it helped\.", None),
    (r"What we promised, and kept", None),
]  # fmt: skip

GUIDE = [
    (r"Half an hour that needs no numbers: what helps us work well together, what gets in the way, and one small step\.", None),
    (r"Why there are no figures here", lambda t, _m: _is(t.group.responses is None)),
    (r"Not shown, to protect anonymity\.(?: Counted in (?P<where>.+?)\.)?",
     lambda t, m: _is(m["where"] == (t.seen.group(t.group.counted_in).name if t.group.counted_in else None))),
    (r"It says nothing about the team, good or bad\. It keeps the promise that was given before the first answer: nobody can work out who said what\.", None),
    (r"What people in (?P<where>.+?) say", lambda t, m: _is(m["where"] == t.seen.group(t.group.counted_in).name)),
    (r"(?P<n>\d+) of (?P<asked>\d+) people are in these figures\. It may be quite different with you: ask\.",
     lambda t, m: _is((int(m["n"]), int(m["asked"])) == (t.wider.responses, t.wider.invited))),
    (r"What you have instead", None),
    (r"You know your work, and you can ask each other\. Few people in one room hear more than any figure tells\.", None),
    (r"A talk of (?P<n>\d+) minutes", lambda t, m: _is(int(m["n"]) == t.minutes)),
    (r"Within two weeks, in working time, for everybody\. Whoever the team trusts leads it; who leads the team speaks last in every round\.", None),
    (r"Questions to choose from", None),
    (r"One is enough\. Take the one that people smile or sigh at\.", None),
    (r"If no idea comes", None),
    (r"Our first step", None),
]  # fmt: skip


def _differ(t):
    rest = [g for g in t.below if g.id not in t.seen_rows]
    return [
        g
        for g in rest
        if any(
            c.compared in ("higher", "lower") or split(c)
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
    (r"The whole organisation · Team health · TITLE", lambda t, _m: _is(t.id == t.seen.root.id)),
    (r"groups? (?:has|have) a result of (?:its|their) own", lambda t, _m: _is(t.below)),
    (r"(?P<n>\d+) (?:is|are) counted further up", lambda t, m: _is(int(m["n"]) == sum(g.counted_in is not None for g in t.below))),
    (r"(?P<s>[−+]?\d+)$", lambda t, m: near(m["s"], t.group.enps.score, 0)),
    (r"is the balance of recommendations", None),
    (r"likely between (?P<low>[−+]?\d+) and (?P<high>[−+]?\d+)", _balance),
    (r"For the organisation as a whole; each team’s report suggests what suits that team\.", lambda t, _m: _is(t.id == t.seen.root.id)),
    (r"For these groups together; each team’s report suggests what suits that team\.", lambda t, _m: _is(t.id != t.seen.root.id)),
    (r"Groups and themes", None),
    (r"In the order of the organisation, not of the values: groups differ in work, size and load, and small ones by chance alone\.", None),
    (r"Blue: higher than is usual in ORG; orange and underlined: lower; no colour: as usual, or not compared\.",
     lambda t, _m: _is(any(c and c.compared in ("higher", "lower") for c in _row_cells(t)))),
    (r"≠ People in the group see it very differently: the mean stands for few of them\.", lambda t, _m: _is(any(c and split(c) for c in _row_cells(t)))),
    (r"\* Fewer than four in ten are heard: not to be compared\.", lambda t, _m: _is(any(t.seen.group(x).response == "too_silent" for x in t.seen_rows))),
    (r"· Not shown, to protect anonymity\.", lambda t, _m: _is(None in _row_cells(t))),
    (r"(?P<n>\d+) of the (?P<all>\d+) groups stands? here: the levels of the organisation that have room\. Every group has a row on the dashboard and in the spreadsheet \(XLSX\)\.",
     lambda t, m: _is((int(m["n"]), int(m["all"])) == (len(t.seen_rows), len(t.below)))),
    (r"The table of all (?P<all>\d+) groups is too long for paper: every group has a row on the dashboard and in the spreadsheet \(XLSX\)\.",
     lambda t, m: _is((0, int(m["all"])) == (len(t.seen_rows), len(t.below)))),
    (r"Where the groups lie, compared with what is usual", None),
    (r"All groups below are counted, at every level\. Not compared: without a result of their own, or with too few answers to tell\.", None),
    (r"Groups without a row above that differ", lambda t, _m: _is(_differ(t))),
    (r"In the order of the organisation\. Among so many a few differ by chance alone\.", None),
    (r"(?P<n>\d+) groups? differs? from the usual in some theme, or (?:its|their) people see one very differently\.", lambda t, m: _is(int(m["n"]) == len(_differ(t)))),
    (r"(?:That is too many to name on paper; the|The) dashboard and the spreadsheet \(XLSX\) tell which\.", None),
    (r"What the themes can carry", None),
    (r"Over all who answered, in the order of the questionnaire\. Where teams can hardly be told apart on a theme, differences between them say little\.", None),
    (r"For HR: (?:a statement|some statements) may be scored the wrong way round", None),
    (r"(?:It goes|They go) against the others of the theme\. Look at the wording, and at whether disagreeing should count as favourable, before anybody acts on the theme\. (?P<q>“.+”)", _turned),
    (r"What moves together with “(?P<q>.+?)”", lambda t, m: _is(t.asked[m["q"]].id == t.seen.drivers.outcome)),
    (r"An early indication: not many answered everything, so look at the ranges\.", lambda t, _m: _is(t.seen.drivers.early)),
    (r"All themes together have to do with about (?P<n>\d+)\s% of how people differ in it; of that, this share falls to each\.", _drivers),
    (r"They move together: nothing here says that one brings about the other, for all was answered by the same people on the same day\. In the order of the questionnaire, which is no ranking\.", None),
    (r"By what people said of themselves", lambda t, _m: _is(t.id == t.seen.root.id)),
    (r"Of GROUP as a whole, never of a team\. People said this if they wanted to, and nobody checked it\. Where few would have stood alone, they were put together with others, so that nobody can be worked out\.", None),
    (r"Not shown: by itself, or seen together with the other figures, too few people said something different for results to be told without risk to them\. Nothing was left out of the other figures for that\.",
     lambda t, _m: _is(not all(t.seen.cross_cuts.get(x.id) for x in t.instrument.attributes))),
    (r"Value, and where the true value likely lies \(95 %\): in figures, and as a pale bar from 1 to 5\.", None),
    (r"≥ 4\.8 stands for 4\.8 or higher\.", None),
    (r"Where two ranges overlap, the difference is noise: read them as about the same\. Among so many a few lie apart by chance alone\.", None),
    (r"How many answered favourably, in one of five words\. Two words next to each other may lie a single answer apart\.", None),
    (r"It is no comparison with a team: the same people stand in both, and it says nothing about why\.", None),
    (r"Spread, means of statements and comments are told from (?P<a>\d+) answers, the balance of recommendations from (?P<b>\d+)\.", _settings),
    (r"At most (?P<a>\d+)\s% of a group’s answers may be left out of its figures, to protect anonymity; where more than (?P<b>\d+)\s% of its people answer further up, a group has no result\.", _left_out),
    (r"No answer was taken back before the close\.", lambda t, _m: _is(t.seen.withdrawn == 0)),
    (r"One answer was taken back before the close\.", lambda t, _m: _is(t.seen.withdrawn == 1)),
    (r"(?P<n>\d+) answers were taken back before the close\.", lambda t, m: _is(int(m["n"]) == t.seen.withdrawn)),
]  # fmt: skip

__all__ = ["COMMON", "GROUPS", "GUIDE", "SLIDES", "SUMMARY", "TALK", "TEAM", "day"]
