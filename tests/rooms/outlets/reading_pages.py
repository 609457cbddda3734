"""Printed pages read whole: every table, drawing, practice and sentence must be known and be carried.

First what has a shape is read (page one, tables, statements to talk about, practices), then the
rest as sentences of ``sentences``. What nobody has read fails.
"""

import re

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets import reading_first_page as one
from tests.rooms.outlets import reading_tables as tables
from tests.rooms.outlets import sentences
from tests.rooms.outlets.paper import paper
from tests.rooms.outlets.told import HIDDEN, average, favourable

_BLOCKS = {"p", "li", "h1", "h2", "h3", "title", "div"}
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
_HIGHER = (
    r"(?P<t>.+?) is higher than usual\.",
    lambda g, m: one._is(all(map(one.to_keep, g.texts(m["t"])))),
)


def start(t, html):
    """Give a page to be read, of which nothing is read yet."""
    page = paper(html)
    t.practices, t.points, t.minutes, t.more = [], 0, 0, 0
    t.alike_named, t.at_leader, t.prompts_stand = set(), False, False
    t.wider = t.seen.group(t.group.counted_in) if t.group.counted_in else None
    for meta in page.parts("meta"):
        said = meta.attrs.get("content", "")
        known = {t.seen.root.name, f"Team Health, {t.seen.survey.title}", ""}
        assert said in known | {f"Team Health {t.seen.code_version}"}, said
    return page


def read_team(t, html):
    """Read a group's report."""
    page = start(t, html)
    one.read(html, t.first)
    page.parts("p", "lead")[0].take()
    box_pair(t, page.parts("div", "pair")[0])
    page.parts("div", "call")[0].take()
    practices(t, page)
    _agendas(t, page)
    told = _themes_and_statements(t, page)
    _explained(t, page)
    points(t, page)
    _comments(t, page)
    read_rest(t, page, [*sentences.TEAM, *sentences.TALK])
    assert bool(page.parts("div", "leader")) == (t.leads and "leader" not in t.left_out)
    if "statements" not in t.left_out and told is not None:
        statements_of(t, told)
    if "comments" not in t.left_out:
        assert t.more == len(t.comments) or t.group.comments_in != t.id


def read_slides(t, html):
    """Read the slides of a group."""
    page = start(t, html)
    single = page.parts("div", "one")
    if len(single) == 2:
        _box(t, single[0], "keep", "One thing to keep")
        _box(t, single[1], "care", "One thing to care for")
    else:
        (nothing,) = single
        one.consume(nothing.parts("p")[0].take(), one.LEAD, t.first)
    for table in page.parts("table", "wall"):
        tables.themes(t, table, titles=_without_leader(t), brief=True)
    for table in page.parts("table", "card"):
        tables.card(t, table)
    points(t, page, wall=True)
    questions = set(t.library.retro.questions)
    for line in page.parts("ol", "questions")[0].parts("li"):
        assert line.take() in questions
    read_rest(t, page, [*sentences.SLIDES, *sentences.TALK])


def read_summary(t, html):
    """Read the page for everybody."""
    page = start(t, html)
    one.consume(page.parts("p", "lead")[0].take(), one.LEAD, t.first)
    box_pair(t, page.parts("div", "pair")[0], ("What is strong", "What needs care"))
    for table in page.parts("table", "brief"):
        tables.themes(t, table, titles=_without_leader(t), brief=True)
    read_rest(t, page, sentences.SUMMARY)


def read_talk(t, html, above):
    """Read a talk without numbers; ``above`` is the group in which this one is counted, as it may be told."""
    page = start(t, html)
    _agendas(t, page)
    for prompt in page.parts("div", "prompt"):
        theme, text = [line.take() for line in prompt.parts("p")]
        assert text in _flat(t.library.theme(t.themes[theme].id).prompts)
    for table in page.parts("table", "card"):
        tables.card(t, table)
    for call in page.parts("div", "call"):
        title, rest = re.match(r"If no idea comes (.+?)\. (.*)", call.take()).groups()
        (practice,) = [x for x in t.library.practices if x.title == title]
        assert rest == " ".join(practice.first_step.split())
    if above:
        wider = page.parts("div", "first")[0].parts("div", "cell")[1].parts("p")[0]
        one.consume(wider.take(), [*one.LEAD, _HIGHER], above.first)
    read_rest(t, page, sentences.GUIDE)


def _without_leader(t):
    return [x for x in t.general if t.themes[x].id != LEADER_THEME]


def box_pair(t, pair, heads=("One thing to keep", "One thing to care for")):
    """Read the theme to keep and the one to care for."""
    keep, care = pair.parts("div", "cell")
    _box(t, keep, "keep", heads[0])
    _box(t, care, "care", heads[1])


def _box(t, box, what, start):
    """Read what is said of the theme to keep or to care for: its name, drawing, value and signs."""
    for about in box.parts("p", "about"):
        about.taken = True
    words = " ".join(
        part.take()
        for part in box.parts()
        if part.tag in {"h2", "p"} and "about" not in part.classes
    )
    known, rule = (one.KEEP, one.to_keep) if what == "keep" else (one.CARE, one.to_care_for)
    assert words.startswith(f"{start} ")
    named = "One thing to keep" if what == "keep" else "One thing to care for"
    theme = one.box(named + words.removeprefix(start), named, known, t.first, rule)
    setattr(t, what, theme)
    for about in box.parts("p", "about"):
        assert about.take() == " ".join(t.library.theme(theme).definition.split())
    for drawing in box.parts("svg"):
        assert tables.strip(t, drawing) in (None, t.titles.get(theme))
    value = re.search(
        r"(?:About )?(\d\.\d)(?: or higher)? of 5; .*? between (\S+) and (\S+)\. ", f"{words} "
    )
    if theme and value:
        cell = t.group.themes[theme]
        t.is_mean(f"{'≥ ' if 'or higher' in value[0] else ''}{value[1]}", cell)
        tables.ends(f"{value[2]}–{value[3]}", cell.interval)


def _themes_and_statements(t, page):
    told = None
    for leader in page.parts("div", "leader"):
        t.at_leader = True
        for table in leader.parts("table", "themes"):
            tables.themes(t, table, titles=[t.titles[LEADER_THEME]])
            table.taken = True
        for table in leader.parts("table", "statements"):
            items = tables.statements(t, table)
            assert {t.items[i] for i in items} == {LEADER_THEME}
            table.taken = True
        _sentences(t, leader, [*sentences.COMMON, *sentences.TEAM])
        t.at_leader = False
    for table in page.parts("table", "themes"):
        if not table.taken:
            _table(t, table)
    for table in page.parts("table", "statements"):
        if not table.taken:
            told = tables.statements(t, table)
    for table in page.parts("table", "digests"):
        tables.digests(t, table)
    for table in page.parts("table", "card"):
        tables.card(t, table)
    return told


def _table(t, table):
    cells = tables.themes(t, table)
    if t.real:
        for cell in cells:
            if cell.full:
                some = [average(t.group.items[item]) for item in cell.items]
                assert abs(sum(some) / len(some) - cell.mean) < 1e-9


def statements_of(t, told):
    """See that each statement of the themes, and what is shown besides, stands there once."""
    asked = [i for title in t.general for i in t.themes[title].items]
    besides = [i for i in t.seen.extra if i in t.group.items]
    shown = any(i in t.items and t.items[i] != LEADER_THEME for i in t.group.items)
    assert told == [*(asked if shown else []), *besides]


def points(t, page, *, wall=False):
    """Read the statements to talk about, and see that they are the ones to talk about."""
    found = []
    for trio in page.parts("div", "trio"):
        for cell in trio.parts("div", "cell"):
            theme, quote, said, ask = cell.parts("p")
            question = t.asked[quote.take()]
            shown = t.group.items[question.id]
            name = theme.take()
            assert question.theme == t.themes[name].id
            small = [x.words() for x in said.parts("span", "of")]
            tables.shared(question, shown, said.take().removesuffix("".join(small)).strip())
            if small:
                tables.people(
                    t,
                    shown,
                    re.fullmatch(
                        r"likely (?:between )?(?P<low>\d+)(?: and (?P<high>\d+))? of the (?P<asked>\d+) in the group",
                        small[0],
                    ),
                )
            assert ask.take() == _flat(t.library.theme(question.theme).prompts)[0]
            found.append(question.id)
    t.points = len(found)
    if "points" not in t.left_out:
        _worth_it(t, found, wall)


def _worth_it(t, found, wall):
    """First the one of the theme to care for that fewest share, last one to keep, few sharing those between."""
    told = {
        i: cell for i, cell in t.group.items.items()
        if i in t.items and t.items[i] != LEADER_THEME and not (wall and _low(cell))
    }  # fmt: skip
    of = lambda theme: {i: _share(c) for i, c in told.items() if t.items[i] == theme}  # noqa: E731
    kept = of(t.keep)
    rest = list(found)
    assert len({t.items[i] for i in found}) == len(found) <= 3
    if kept:
        assert _share(told[rest[-1]]) == max(kept.values())
        assert t.items[rest.pop()] == t.keep
    if cared := of(t.care):
        assert t.items[rest[0]] == t.care
        assert _share(told[rest.pop(0)]) == min(cared.values())
    few = {}
    for item, cell in told.items():
        if not _most(cell) and t.items[item] not in (t.keep, t.care):
            few[t.items[item]] = min(few.get(t.items[item], 200), _share(cell))
    least = sorted(few.values())[: 3 - bool(kept) - bool(cared)]
    assert [_share(told[i]) for i in rest] == least


def _share(cell):
    words = ("almost_nobody", "a_minority", "about_half", "most", "almost_everybody")
    return 25 * words.index(cell.word) if cell.counts is None else favourable(cell)


def _most(cell):
    return (
        cell.word in {"most", "almost_everybody"}
        if cell.counts is None
        else favourable(cell) > 60
    )


def _low(cell):
    return (
        cell.word in {"a_minority", "almost_nobody"}
        if cell.counts is None
        else average(cell) < 3
    )


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
        assert given in (list(_flat(body)), list(_flat([*body, practice.evidence.note])))
        if not at_leader:
            mine.append((practice, t.themes[theme].id))
    t.practices = [x for x, _ in mine]
    if not t.practices and "practices" in t.left_out:
        t.practices = [
            x for x in t.library.practices if _flat([x.first_step])[0] in page.words()
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
    share = {band: one._share(cell, *edge) for band, edge in edges.items()}
    if t.apart(t.titles[theme]):
        return
    assert any(share[band] >= 1 / 6 for band in practice.bands) or max(share.values()) == 0


def _agendas(t, page):
    for table in page.parts("table", "agenda"):
        t.minutes = tables.agenda(t, table)


def _explained(t, page):
    for part in page.parts("div", "theme"):
        title, about, *more = [x.take() for x in part.parts() if x.tag in {"h3", "p", "li"}]
        theme = t.library.theme(t.themes[title].id)
        assert about == " ".join(f"{theme.definition} {theme.why}".split())
        known = {*_flat(theme.prompts), _flat([theme.evidence.note])[0]}
        assert set(more) <= known
        t.prompts_stand = bool(part.parts("li")) and bool(part.parts("p", "note"))


def _comments(t, page):
    said = [x.take() for part in page.parts("ul", "comments") for x in part.parts("li")]
    assert set(said) <= set(_flat(x.body for x in t.comments))
    t.count_more = lambda n: setattr(t, "more", t.more + n)
    t.more = len(said)


def _flat(texts):
    return [" ".join(text.split()) for text in texts]


def _literal(t):
    """Give texts of the library and of the questionnaire that may stand by themselves."""
    guide = t.library.retro
    rules = _flat(rule.text for rule in guide.ground_rules)
    when = _flat(
        [guide.when, f"{guide.when} {guide.who}", t.library.theme(LEADER_THEME).caution]
    )
    path = t.group.path.rpartition("/")[0].replace("/", " / ") or t.seen.root.name
    name, title = t.group.name, t.seen.survey.title
    heads = {
        name,
        f"{name} · {title}",
        f"Team health · {title}",
        f"{path} · Team health · {title}",
    }
    heads |= {f"{path} · with all groups below · Team health · {title}"}
    heads |= {asked.text["en"] for asked in t.instrument.attributes}
    return {
        *heads,
        *rules,
        *when,
        *(x.text["en"] for x in t.instrument.questions if x.kind == "open"),
    }


def read_rest(t, page, known):
    """Read what is left as sentences of those known; fails if anything is left then."""
    _sentences(t, page, [*sentences.COMMON, *known])
    assert page.left() == [], page.left()[:5]


def _sentences(t, page, known):
    names = t.names() | {"LEADER": t.titles.get(LEADER_THEME, "\0")}
    steps = "|".join(re.escape(x) for x in _flat(p.first_step for p in t.library.practices))
    literal = _literal(t)
    names = {name: re.escape(words) for name, words in names.items()} | {"STEP": steps}
    tokens = re.compile("|".join(names))
    patterns = [(tokens.sub(lambda m: names[m[0]], shape), check) for shape, check in known]
    for part in page.untaken(_BLOCKS):
        if part.tag == "div" and "running" not in part.classes:
            continue
        if part.tag == "title" and not part.words():
            continue
        words = part.take()
        if words in literal:
            continue
        if part.tag in {"h1", "h2", "h3", "title"}:
            _heading(t, words, patterns)
        else:
            one.consume(words, patterns, t)
    for drawing in page.parts("svg", "sample"):
        drawing.drop()


def _heading(t, words, patterns):
    found = [(m, check) for pattern, check in patterns if (m := re.fullmatch(pattern, words))]
    assert found, words
    for match, check in found:
        if check:
            check(t, match)


__all__ = ["HIDDEN", "read_slides", "read_summary", "read_talk", "read_team"]
