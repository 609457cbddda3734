"""The sentences of a group's report after page one: each with what must hold for it."""

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets.named_themes import divided
from tests.rooms.outlets.reading_sentences import is_so
from tests.rooms.outlets.sentences_everywhere import balance, silence
from tests.rooms.outlets.told import near


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
        if divided(cell)
        else cell.agreement
        and {"agree": "much alike", "partly": "partly alike", "little": "little alike"}[
            cell.agreement.word
        ]
    )


_ALIKE = [
    sentence
    for kind in ("very differently", "little alike", "partly alike", "much alike")
    for sentence in (
        (rf"People in this group answer {kind} in every theme\.", _all_alike(kind)),
        (rf"In the other themes they answer {kind}\.", _others_alike(kind)),
        (rf"People in this group answer {kind} in (?P<t>.+?)\.", _alike_in(kind)),
    )
]  # fmt: skip


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


def _read_with(t, m):
    assert t.group.comments_in not in (None, t.id)
    assert m["other"] == t.seen.group(t.group.comments_in).name


TEAM = [
    (r"This week", None),
    (r"Thank the team\. “Thank you for answering\. I have read the result and would like to talk about it with you\.”", None),
    (r"Book a talk within two weeks\. The guide at the end of this report says how it can go\.", lambda t, _m: is_so("talk" not in t.left_out)),
    (r"Book a talk within two weeks\. Half an hour is enough\.", lambda t, _m: is_so("talk" in t.left_out)),
    (r"Pick one theme with the team, not alone\. Take the one that people care about most\.", lambda t, _m: is_so(not (t.keep or t.care) or not t.practices)),
    (r"(?P<title>First look at load|[^.“]+)\. (?P<step>STEP)", _step),
    (r"Better not", None),
    (r"Do not ask who\. Nobody has to explain an answer, or a silence\.", None),
    (r"Do not compare with the next team\. Work, size and load differ\.", None),
    (r"Do not answer point by point\. Listen first; one small change is enough\.", None),
    (r"The themes at a glance", None),
    (r"(?P<n>\d+) answers\.", lambda t, m: is_so(int(m["n"]) == t.group.responses)),
    (r"Where bars overlap a good deal, read the values as about the same\.", lambda t, _m: is_so(t.has_interval())),
    (r"Called (?P<name>.+?) in the survey before\.", lambda t, m: is_so(m["name"] == t.group.history.path.rpartition("/")[2] != t.group.name)),
    (r"Called (?P<name>.+?) in (?P<t>.+?)\.", _called),
    (r"Different people may have answered in (?P<t>.+?) than in the survey before\.", _others_in),
    (r"Different people may have answered\.", lambda t, _m: is_so(t.group.history.others and t.group.history.responses is None)),
    (r"Different people may have answered: (?P<a>\d+) of (?P<b>\d+) then, (?P<c>\d+) of (?P<d>\d+) now\.", _others),
    (r"Too few answered the same statement for a result about any theme\. That says nothing good or bad\.",
     lambda t, _m: is_so(not any(i in t.items and t.items[i] != LEADER_THEME for i in t.group.items))),
    (r"A theme has a value of its own only where enough of its statements can be told, and below ten answers at least two\. Here none has one; the statements stand further on\.", _no_value),
    (r"A theme has a value of its own only where enough of its statements can be told, and below ten answers at least two\. Here none has one\.",
     lambda t, _m: is_so(not t.other_cells() and "statements" in t.left_out)),
    *_ALIKE,
    (r"How to read these figures", None),
    (r"Statements are answered from 1, strongly disagree, to 5, strongly agree\. A skipped one is missing, never a 3\. Where a statement is marked turned, disagreeing is the favourable answer\.", None),
    (r"A theme’s value is the mean of its shown statements\. The pale bar holds the true value nineteen times out of twenty, as far as chance goes; it says nothing about those who did not answer\.", None),
    (r"In brackets: where it would begin, had the missing scored half a point lower\.", silence),
    (r"Where fewer than ten answers can be told together, a statement is told in one of five words, a theme to one decimal, and 4\.8 stands for 4\.8 or higher\. Where ten or more can, a report also shows how answers spread\.", _numbers),
    (r"Cannot tell means that the answers are too few to see a change of this size\. It does not mean that nothing happened\.", lambda t, _m: is_so(any(c.change for c in t.other_cells()))),
    (r"What may help", lambda t, _m: is_so(t.at_leader or t.care or not t.practices)),
    (r"What may help to keep it", lambda t, _m: is_so(t.keep and not t.care)),
    (r"Small starts that suit most teams", lambda t, _m: is_so(not (t.keep or t.care))),
    (r"Suggestions to choose from with the team\. One is enough\.", None),
    (r"And to keep what is strong", lambda t, _m: is_so(t.keep and t.care)),
    (r"Statement by statement", None),
    (r"How many answered favourably: by agreeing, or by disagreeing where a statement is marked turned\.", None),
    (r"In per cent of all answers; the mark is the middle\.", lambda t, _m: is_so(any(c.counts for c in t.group.items.values()))),
    (r"Small: how many of all (?P<n>\d+) who were asked likely are favourable \(95 %\)\.", lambda t, m: is_so(int(m["n"]) == t.group.invited)),
    (r"Not shown, to protect anonymity\.", lambda t, _m: is_so(not any(i in t.items and t.items[i] != LEADER_THEME for i in t.group.items))),
    (r"(?P<score>[−+]?\d+) is the balance of “(?P<q>.+?)”: those who answered 9 or 10 less those who answered 0 to 6, in per cent; it runs from −100 to \+100\.", _score),
    (r"The true balance likely lies between (?P<low>[−+]?\d+) and (?P<high>[−+]?\d+)\.", balance),
    (r"In people’s own words", lambda t, _m: is_so(t.comments and t.group.comments_in == t.id)),
    (r"In mixed order and apart from all ratings\. Please do not guess who wrote what\.", None),
    (r"One more comment stands on the group’s page only: there was no room for it here\.", lambda t, _m: t.count_more(1)),
    (r"(?P<n>\d+) more comments stand on the group’s page only: there was no room for them here\.", lambda t, m: t.count_more(int(m["n"]))),
    (r"Comments of GROUP are read together with those of (?P<other>.+?)\.", _read_with),
    (r"What the themes are about", None),
    (r"What each theme asks, and why it matters\.", None),
    (r"What each theme asks, what is known about it, and questions that open a talk\.", lambda t, _m: is_so(t.prompts_stand)),
    (r"A talk of (?P<n>\d+) minutes", lambda t, m: is_so(int(m["n"]) == t.minutes)),
    (r"How the figures were made", None),
    (r"What protects people", None),
    (r"The statements are new and not yet validated: a start for a talk, not a measurement of people, brains or health\. Practices are suggestions; none replaces fixing load, staffing, safety or unfair treatment\.", None),
    (r"LEADER: for you, for support only", lambda t, _m: is_so(t.leads)),
    (r"These answers are about how it is to be led here right now, load and structure included\. Wait a day before you do anything about them\.", lambda t, _m: is_so(t.leads)),
]  # fmt: skip
