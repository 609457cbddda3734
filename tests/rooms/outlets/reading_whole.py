"""A printed page read whole: what is left when all that has a shape was read must be known sentences.

Tables, drawings, practices and statements have readers of their own. What nobody has read fails.
"""

import re

from teamhealth.cells.audience import LEADER_THEME
from tests.rooms.outlets.paper import flat, paper
from tests.rooms.outlets.reading_sentences import consume
from tests.rooms.outlets.sentences_everywhere import COMMON

_BLOCKS = {"p", "li", "h1", "h2", "h3", "title", "div"}


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


def read_rest(t, page, known):
    """Read what is left as sentences of those known; fails if anything is left then."""
    read_sentences(t, page, known)
    assert page.left() == [], page.left()[:5]


def read_sentences(t, page, known):
    """Read what is not read yet as sentences of those known, or of those that stand everywhere."""
    names = t.names() | {"LEADER": t.titles.get(LEADER_THEME, "\0")}
    steps = "|".join(re.escape(x) for x in flat(p.first_step for p in t.library.practices))
    literal = _literal(t)
    names = {name: re.escape(words) for name, words in names.items()} | {"STEP": steps}
    tokens = re.compile("|".join(names))
    patterns = [
        (tokens.sub(lambda m: names[m[0]], shape), check) for shape, check in [*COMMON, *known]
    ]
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
            consume(words, patterns, t)
    for drawing in page.parts("svg", "sample"):
        drawing.drop()


def _heading(t, words, patterns):
    found = [(m, check) for pattern, check in patterns if (m := re.fullmatch(pattern, words))]
    assert found, words
    for match, check in found:
        if check:
            check(t, match)


def _literal(t):
    """Give texts of the library and of the questionnaire that may stand by themselves."""
    guide = t.library.retro
    rules = flat(rule.text for rule in guide.ground_rules)
    when = flat(
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
