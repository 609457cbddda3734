"""Slides, the page for everybody and a talk without numbers, each read whole."""

import re

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets.named_themes import to_keep
from tests.rooms.outlets.paper import flat
from tests.rooms.outlets.reading_pair import box_pair, read_box
from tests.rooms.outlets.reading_points import points
from tests.rooms.outlets.reading_sentences import consume, is_so
from tests.rooms.outlets.reading_talk import agenda, card
from tests.rooms.outlets.reading_themes import themes
from tests.rooms.outlets.reading_whole import read_rest, start
from tests.rooms.outlets.sentences_everywhere import TALK
from tests.rooms.outlets.sentences_first_page import LEAD
from tests.rooms.outlets.sentences_handouts import GUIDE, SLIDES, SUMMARY

_HIGHER = (
    r"(?P<t>.+?) is higher than usual\.",
    lambda g, m: is_so(all(map(to_keep, g.texts(m["t"])))),
)


def read_slides(t, html):
    """Read the slides of a group."""
    page = start(t, html)
    single = page.parts("div", "one")
    if len(single) == 2:
        read_box(t, single[0], "keep", "One thing to keep")
        read_box(t, single[1], "care", "One thing to care for")
    else:
        (nothing,) = single
        consume(nothing.parts("p")[0].take(), LEAD, t.first)
    for table in page.parts("table", "wall"):
        themes(t, table, titles=_without_leader(t), brief=True)
    for table in page.parts("table", "card"):
        card(t, table)
    points(t, page, wall=True)
    questions = set(t.library.retro.questions)
    for line in page.parts("ol", "questions")[0].parts("li"):
        assert line.take() in questions
    read_rest(t, page, [*SLIDES, *TALK])


def read_summary(t, html):
    """Read the page for everybody."""
    page = start(t, html)
    consume(page.parts("p", "lead")[0].take(), LEAD, t.first)
    box_pair(t, page.parts("div", "pair")[0], ("What is strong", "What needs care"))
    for table in page.parts("table", "brief"):
        themes(t, table, titles=_without_leader(t), brief=True)
    read_rest(t, page, SUMMARY)


def read_talk(t, html, above):
    """Read a talk without numbers; ``above`` is the group in which this one is counted, as it may be told."""
    page = start(t, html)
    for table in page.parts("table", "agenda"):
        t.minutes = agenda(t, table)
    for prompt in page.parts("div", "prompt"):
        theme, text = [line.take() for line in prompt.parts("p")]
        assert text in flat(t.library.theme(t.themes[theme].id).prompts)
    for table in page.parts("table", "card"):
        card(t, table)
    for call in page.parts("div", "call"):
        title, rest = re.match(r"If no idea comes (.+?)\. (.*)", call.take()).groups()
        (practice,) = [x for x in t.library.practices if x.title == title]
        assert rest == " ".join(practice.first_step.split())
    if above:
        wider = page.parts("div", "first")[0].parts("div", "cell")[1].parts("p")[0]
        consume(wider.take(), [*LEAD, _HIGHER], above.first)
    read_rest(t, page, GUIDE)


def _without_leader(t):
    return [x for x in t.general if t.themes[x].id != LEADER_THEME]
