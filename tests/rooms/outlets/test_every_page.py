"""Every sentence and every number of every printed page is known and carried by the cells, whatever the result."""

import re
from collections import Counter, defaultdict
from dataclasses import replace
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings

from teamhealth.cells.audience import HR, Viewer, seen_by
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.instruments.guidance import library_in
from teamhealth.instruments.library import library
from teamhealth.outlets.classes import by_class, told_of
from teamhealth.outlets.print_facts import Source, facts_of, right_before
from teamhealth.outlets.print_guide import guide_view
from teamhealth.outlets.print_organisation import organisation_view
from teamhealth.outlets.print_past import over_time
from teamhealth.outlets.print_press import page
from teamhealth.outlets.print_slides import slides_view
from teamhealth.outlets.print_summary import summary_view
from teamhealth.outlets.print_team import team_view
from teamhealth.outlets.sections import Section
from tests import northwind
from tests.journeys.odd_shapes import SHAPES, count
from tests.rooms.outlets import ten_reports
from tests.rooms.outlets.generating import results
from tests.rooms.outlets.handing import wide
from tests.rooms.outlets.paper import paper
from tests.rooms.outlets.printing import HIDDEN, LARGE, SMALL, counted
from tests.rooms.outlets.reading_handouts import read_slides, read_summary, read_talk
from tests.rooms.outlets.reading_organisation import read_organisation
from tests.rooms.outlets.reading_team import read_team
from tests.rooms.outlets.told import Told

MARK = "5e" * 32


def read(snapshot, name, asked, *, earlier=(), viewer=HR, comments=(), real=True, left_out=()):
    """Read a group's report, its slides and its page for everybody, or its talk."""
    if snapshot.group(name).responses is None:
        _talk(snapshot, name, asked)
        return
    told, html = _report(
        snapshot,
        name,
        asked,
        earlier=earlier,
        viewer=viewer,
        comments=comments,
        real=real,
        left_out=left_out,
    )
    read_team(told(), html)
    _handouts(snapshot, name, asked, earlier, real)


def _report(
    snapshot, name, asked, *, earlier=(), viewer=HR, comments=(), real=True, left_out=()
):
    """Give what is known to read a group's report against, made anew each time, and the report."""
    seen = seen_by(snapshot, viewer)
    past = tuple(seen_by(one, viewer) for one in earlier)
    facts = facts_of(seen, MARK, right_before(seen, earlier))
    source = Source(seen, facts, asked, library())
    group = seen.group(name)
    view = team_view(source, group, group.responses, comments, leave_out=left_out)
    over = over_time(seen, past, group, source.words)
    html = page(
        "team.html", {"v": view, "facts": facts, "guide": library().retro, "over": over}
    )
    given = (past, tuple(comments), MARK, tuple(left_out), real)
    return partial(Told, seen, name, asked, *given), html


def _organisation(snapshot, name, asked, earlier=()):
    seen = seen_by(snapshot, HR)
    facts = facts_of(seen, MARK, right_before(seen, earlier))
    source, group = Source(seen, facts, asked, library()), seen.group(name)
    past = tuple(seen_by(one, HR) for one in earlier)
    whole = name == seen.root.id
    html = page(
        "organisation.html",
        {
            "v": organisation_view(source, group, group.responses), "facts": facts,
            "guide": library().retro, "over": over_time(seen, past, group, source.words),
            "told": [by_class(source, one) for one in told_of(source)] if whole else [],
        },
    )  # fmt: skip
    read_organisation(Told(seen, name, asked, past, (), MARK), html)


def _handouts(snapshot, name, asked, earlier, real):
    seen = seen_by(snapshot, HR)
    facts = facts_of(seen, "", right_before(seen, earlier))
    source, group = Source(seen, facts, asked, library()), seen.group(name)
    told = Told(seen, name, asked, tuple(seen_by(one, HR) for one in earlier), real=real)
    given = {"facts": facts, "size": "", "sizes": defaultdict(str)}
    view = slides_view(source, group, group.responses)
    read_slides(told, page("slides.html", {**given, "v": view}))
    view = summary_view(source, group, group.responses, None)
    read_summary(told, page("summary.html", {**given, "v": view}))


def _talk(snapshot, name, asked):
    seen = seen_by(snapshot, HR)
    facts = facts_of(seen, "", None)
    source, group = Source(seen, facts, asked, library()), seen.group(name)
    for above in (True, False):
        view = guide_view(source, group, above=above)
        html = page("talk.html", {"v": view, "facts": facts, "size": ""})
        wider = Told(seen, group.counted_in, asked) if above and group.counted_in else None
        read_talk(Told(seen, name, asked), html, wider)


@pytest.mark.parametrize(
    ("form", "audience"),
    [("pulse", "leader"), ("quarterly", "leader"), ("quarterly", "agreed"), ("full", "leader")],
)
def test_of_a_real_firm_every_page_is_carried(form, audience):
    asked = library().instrument(form, ["en"])
    waves = northwind.counted(form, audience)
    for at in (0, 2):
        snapshot, said = waves[at]
        earlier = tuple(one for one, _ in waves[:at][::-1])
        for group in snapshot.groups:
            comments = [one for one in said if one.group == group.id]
            viewer = Viewer(frozenset({group.id}))
            read(snapshot, group.id, asked, earlier=earlier, viewer=viewer, comments=comments)


def test_of_a_real_firm_the_report_on_all_groups_and_on_each_branch_is_carried():
    asked = library().instrument("quarterly", ["en"])
    waves = [snapshot for snapshot, _ in northwind.counted("quarterly", "leader")]
    for name in ("northwind", "operations", "customer-care"):
        _organisation(waves[-1], name, asked, waves[:-1][::-1])
    _organisation(waves[0], "northwind", asked)


@pytest.mark.parametrize("shape", SHAPES)
def test_of_odd_firms_the_report_on_all_groups_is_carried(shape):
    found = count(SHAPES[shape])
    if found.snapshot.root.responses is not None:
        _organisation(found.snapshot, found.snapshot.root.id, found.instrument)


@pytest.mark.parametrize(("tops", "each"), [(6, 8), (20, 5), (160, 1)])
def test_of_many_groups_the_report_is_carried(tops, each):
    snapshot, asked = counted()
    _organisation(wide(snapshot, tops, each), snapshot.root.id, asked)


@pytest.mark.parametrize("section", Section)
def test_a_report_without_a_section_is_carried_as_well(section):
    snapshot, asked = counted(again=True)
    for name in (SMALL, LARGE):
        read(snapshot, name, asked, earlier=[counted()[0]], left_out=(section,))


def test_of_a_fifth_survey_every_page_is_carried():
    told, asked = ten_reports.surveys(5)
    for name in ten_reports.IDS.values():
        read(told[-1], name, asked, earlier=told[-2::-1])


@pytest.mark.parametrize("shape", SHAPES)
def test_of_odd_firms_every_page_is_carried(shape):
    found = count(SHAPES[shape])
    for group in found.snapshot.groups[:3]:
        comments = [one for one in found.comments if one.group == group.id]
        read(found.snapshot, group.id, found.instrument, comments=comments)


@settings(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.too_slow])
@given(generated=results())
def test_whatever_the_numbers_every_page_is_carried(generated):
    snapshot, group, asked, earlier = generated
    read(snapshot, group, asked, earlier=earlier, real=False)


@pytest.mark.parametrize(
    ("true", "untrue"),
    [
        (r"(<td class=\"num\"><b>)\d\.\d", r"\g<1>9.9"),
        (r"(<td class=\"num range\">)\d\.\d", r"\g<1>0.9"),
        (r"(class=\"silent\">\()\d\.\d", r"\g<1>0.9"),
        (r"cannot tell", "likely higher"),
        (r"as usual", "higher"),
        (r"\b40 answers\.", "41 answers."),
        (r"(<td class=\"num\"><b>)\d+", r"\g<1>3"),
        (r"(: )\d+(\u00a0%;)", r"\g<1>1\2"),
        (r"<circle cx=\"\d+", '<circle cx="9'),
        (r"(likely between )\d+", r"\g<1>2"),
        (r"\d+ minutes ·", "2 minutes ·"),
        (
            r"The true balance likely lies between \S+",
            "The true balance likely lies between −99",
        ),
        (r"(<h2[^>]*>Statement by statement</h2>)", r"\1<p>Most teams do better.</p>"),
        (r"much alike|partly alike|little alike", "very differently"),
        (r"</table>", "</table>40 of 46"),
    ],
)
def test_a_page_that_says_something_else_is_caught(true, untrue):
    snapshot, asked = counted(again=True)
    told, html = _report(snapshot, LARGE, asked, earlier=[counted()[0]])
    read_team(told(), html)
    changed = re.sub(true, untrue, html, count=1)

    assert changed != html
    with pytest.raises((AssertionError, ValueError)):
        read_team(told(), changed)


def _digits(language, template, view_of, group):
    """Give every number of a page, however the language writes it, and how often it stands there."""
    snapshot, asked = counted(
        languages=("en", language) if language != "en" else ("en",), again=True
    )
    seen = seen_by(snapshot, HR)
    earlier = [counted()[0]]
    facts = facts_of(seen, MARK, right_before(seen, earlier), language)
    known = library_in(language)
    source = Source(seen, replace(facts, instrument=""), asked, known, language)
    over = over_time(seen, earlier, seen.group(group), source.words)
    given = {
        "v": view_of(source, seen.group(group)),
        "facts": source.facts,
        "size": "",
        "sizes": defaultdict(str),
    }
    html = page(template, {**given, "guide": known.retro, "over": over}, language)
    told = [one for part in paper(html).parts() for one in part.within if isinstance(one, str)]
    plain = (
        re.sub(r"(?<=\d)[.,\u00a0\u202f](?=\d)| (?=000\b)", "", one.replace(" mil ", "000 "))
        for one in told
    )
    return Counter(int(number) for one in plain for number in re.findall(r"\d+", one))


PAGES = [
    ("team.html", SMALL, lambda source, group: team_view(source, group, group.responses, ())),
    ("team.html", LARGE, lambda source, group: team_view(source, group, group.responses, ())),
    ("slides.html", LARGE, lambda source, group: slides_view(source, group, group.responses)),
    ("summary.html", SMALL, lambda source, group: summary_view(source, group, group.responses, None)),
    ("talk.html", HIDDEN, lambda source, group: guide_view(source, group, above=True)),
]  # fmt: skip


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
@pytest.mark.parametrize(("template", "group", "view_of"), PAGES)
def test_in_every_language_a_page_tells_the_same_numbers(language, template, group, view_of):
    english, other = (_digits(one, template, view_of, group) for one in ("en", language))

    assert other - english == english - other == Counter()
