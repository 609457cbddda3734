"""The report on many groups: every sentence of page one is carried, and a thousand groups stay readable."""

import re

import pytest

from teamhealth.cells.audience import HR, seen_by
from teamhealth.cells.model import Change, Compared, Range
from teamhealth.instruments.library import library
from teamhealth.outlets.print_facts import Source, facts_of, right_before
from teamhealth.outlets.print_organisation import organisation_view
from teamhealth.outlets.print_past import OverTime
from teamhealth.outlets.print_press import page
from tests import northwind
from tests.rooms.outlets import planting, printing
from tests.rooms.outlets.handing import handed, material, wide
from tests.rooms.outlets.named_themes import Group
from tests.rooms.outlets.printing import counted, text
from tests.rooms.outlets.reading_overview import read_overview


def overview(snapshot, name, asked, earlier=()):
    """Read the first page of the report on a group and all below; give its headline."""
    facts = facts_of(snapshot, "", right_before(snapshot, earlier))
    source = Source(snapshot, facts, asked, library())
    group = snapshot.group(name)
    view = organisation_view(source, group, group.responses)
    given = {"v": view, "facts": facts, "told": [], "over": OverTime()}
    html = page("organisation.html", given)
    return read_overview(html, Group(snapshot, group, source.words.themes, facts.previous))


def test_of_the_organisation_and_its_branches_every_sentence_is_carried():
    asked = library().instrument("quarterly", ["en"])
    waves = [seen_by(snapshot, HR) for snapshot, _ in northwind.counted()]
    for at, snapshot in enumerate(waves):
        for name in ("northwind", "operations", "customer-care"):
            overview(snapshot, name, asked, waves[:at][::-1])


def test_the_headline_says_what_changed_and_what_is_seen_differently():
    snapshot, asked = counted(again=True)
    snapshot = seen_by(snapshot, HR)
    plain = {"interval": Range(3.2, 3.8), "compared": None, "change": Change.UNCLEAR}
    snapshot = planting.cells(snapshot, "g0", **plain, agreement=planting.PARTLY)
    snapshot = planting.cell(snapshot, "g0", "listening", change=Change.LIKELY_HIGHER)
    snapshot = planting.cell(snapshot, "g0", "belonging", agreement=planting.DIVIDED)

    told = overview(snapshot, "g0", asked, [counted()[0]])

    assert "Likely higher than in Autumn: Listening and dialogue." in told
    assert "People in this group see Belonging and good moments very differently." in told


def test_page_one_says_how_many_groups_are_counted_further_up():
    hidden = sum(group.counted_in is not None for group in counted()[0].groups)

    assert hidden == 1
    assert f"{hidden} is counted further up" in text(printing.organisation())


def test_above_the_whole_no_answer_is_said_to_be_counted():
    whole = text(printing.organisation())

    assert "a few answers may be left out, to protect anonymity" in whole
    assert "a few answers may be counted further up" not in whole


def test_a_flat_organisation_of_a_thousand_has_no_table_but_says_how_they_lie_and_which_differ():
    def change(one):
        one = planting.cells(one, "g1", compared=Compared.USUAL)
        one = planting.cell(wide(one, 1000, 0), "t700", "listening", compared=Compared.LOWER)
        return planting.cell(one, "t20", "listening", compared=Compared.HIGHER)

    of = material(change=change)
    pdf = handed("organisation", of.snapshot.root.id, of)
    printed = text(pdf)

    assert "The table of all 1,000 groups is too long for paper" in printed
    assert not re.search(r"D\d+ 7 of 9", printed)
    assert "Listening and dialogue 1 998 1 0" in printed
    assert printed.index("D20 Listening and dialogue") < printed.index("D700 –")
    assert len(printing.pages(pdf)) <= 6


def test_too_many_groups_that_differ_are_counted_and_not_named():
    def change(one):
        return wide(planting.cells(one, "g1", compared=Compared.LOWER), 200, 0)

    of = material(change=change)
    printed = text(handed("organisation", of.snapshot.root.id, of))

    assert "200 groups differ from the usual in some theme" in printed
    assert "D20" not in printed


@pytest.mark.parametrize(
    ("form", "many"), [("quarterly", 33), ("quarterly", 48), ("full", 21), ("full", 33)]
)
def test_the_last_rows_of_the_table_never_stand_alone(form, many):
    of = material(form, change=lambda one: wide(one, many, 0))
    found = printing.pages(handed("organisation", of.snapshot.root.id, of))
    rows = [len(re.findall(r"\bD\d+ 7 of 9", page)) for page in found]

    assert sum(rows) == many
    assert all(n >= 3 for n in rows if n)


@pytest.mark.parametrize("form", ["quarterly", "full"])
def test_the_heads_of_the_table_break_no_short_word(form):
    printed = text(printing.organisation(form))

    assert "Groups and themes" in printed
    for broken in ("oth-", "dia-", "com-", "Disagree-"):
        assert broken not in printed
