"""A group's report read whole: every table, drawing, practice and sentence must be known and be carried."""

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets.paper import flat
from tests.rooms.outlets.reading_digests import digests
from tests.rooms.outlets.reading_first_page import read
from tests.rooms.outlets.reading_pair import box_pair
from tests.rooms.outlets.reading_points import points
from tests.rooms.outlets.reading_practices import practices
from tests.rooms.outlets.reading_statements import statements, statements_of
from tests.rooms.outlets.reading_talk import agenda, card
from tests.rooms.outlets.reading_themes import themes
from tests.rooms.outlets.reading_whole import read_rest, read_sentences, start
from tests.rooms.outlets.sentences_everywhere import TALK
from tests.rooms.outlets.sentences_team import TEAM
from tests.rooms.outlets.told import average


def read_team(t, html):
    """Read a group's report."""
    page = start(t, html)
    read(html, t.first)
    page.parts("p", "lead")[0].take()
    box_pair(t, page.parts("div", "pair")[0])
    page.parts("div", "call")[0].take()
    practices(t, page)
    for table in page.parts("table", "agenda"):
        t.minutes = agenda(t, table)
    told = _themes_and_statements(t, page)
    _explained(t, page)
    points(t, page)
    _comments(t, page)
    read_rest(t, page, [*TEAM, *TALK])
    assert bool(page.parts("div", "leader")) == (t.leads and "leader" not in t.left_out)
    if "statements" not in t.left_out and told is not None:
        statements_of(t, told)
    if "comments" not in t.left_out:
        assert t.more == len(t.comments) or t.group.comments_in != t.id


def _themes_and_statements(t, page):
    told = None
    for leader in page.parts("div", "leader"):
        t.at_leader = True
        for table in leader.parts("table", "themes"):
            themes(t, table, titles=[t.titles[LEADER_THEME]])
            table.taken = True
        for table in leader.parts("table", "statements"):
            items = statements(t, table)
            assert {t.items[i] for i in items} == {LEADER_THEME}
            table.taken = True
        read_sentences(t, leader, TEAM)
        t.at_leader = False
    for table in page.parts("table", "themes"):
        if not table.taken:
            _table(t, table)
    for table in page.parts("table", "statements"):
        if not table.taken:
            told = statements(t, table)
    for table in page.parts("table", "digests"):
        digests(t, table)
    for table in page.parts("table", "card"):
        card(t, table)
    return told


def _table(t, table):
    cells = themes(t, table)
    if t.real:
        for cell in cells:
            if cell.full:
                some = [average(t.group.items[item]) for item in cell.items]
                assert abs(sum(some) / len(some) - cell.mean) < 1e-9


def _explained(t, page):
    for part in page.parts("div", "theme"):
        title, about, *more = [x.take() for x in part.parts() if x.tag in {"h3", "p", "li"}]
        theme = t.library.theme(t.themes[title].id)
        assert about == " ".join(f"{theme.definition} {theme.why}".split())
        known = {*flat(theme.prompts), flat([theme.evidence.note])[0]}
        assert set(more) <= known
        t.prompts_stand = bool(part.parts("li")) and bool(part.parts("p", "note"))


def _comments(t, page):
    said = [x.take() for part in page.parts("ul", "comments") for x in part.parts("li")]
    assert set(said) <= set(flat(x.body for x in t.comments))
    t.count_more = lambda n: setattr(t, "more", t.more + n)
    t.more = len(said)
