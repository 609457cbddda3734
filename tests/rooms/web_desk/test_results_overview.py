"""The page of a whole survey: who is included, what stands out, what moved, where to look first; nothing ranked."""

import re
from dataclasses import replace

import pytest

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import Change, Compared, Range
from teamhealth.instruments.library import library
from tests.reading import rows, said
from tests.rooms.outlets import planting

OLGA = "olga@northwind.example"
UP = {"very_likely_higher", "likely_higher"}
DOWN = {"very_likely_lower", "likely_lower"}
LOAD = "focus_recovery"
BELOW_MEDIUM = library().banding.medium_from


def _titles(snapshot):
    asked = library().instrument("quarterly", ["en"])
    titles = {theme.id: theme.title["en"] for theme in asked.themes}
    return {one.id: titles[one.id] for one in snapshot.themes if one.id != LEADER_THEME}


def _part(html, name):
    """Give the section of a page with that id."""
    return html[html.index(f'id="{name}"') :].partition("</section>")[0]


def _listed(names):
    names = list(names)
    if any(" and " in one for one in names):
        return ", ".join(names)
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _mostly_low(cell):
    """Tell anew whether two thirds of the range lie below the medium band."""
    wide = cell.interval.high - cell.interval.low
    return min(cell.interval.high, BELOW_MEDIUM) - cell.interval.low >= wide * 2 / 3


def _calm(snapshot, *groups):
    for name in groups or [group.id for group in snapshot.groups]:
        snapshot = planting.cells(
            snapshot, name, compared=None, change=None, agreement=None, interval=Range(3.4, 3.8)
        )
    return snapshot


def test_the_numbers_at_the_top_are_counted_anew(reading):
    snapshot, page = reading()
    pairs = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", page("results"), re.DOTALL)
    told = {said(words).partition(".")[0]: said(number) for words, number in pairs}
    root = snapshot.root
    shown = sum(g.responses is not None for g in snapshot.groups[1:])
    cells = [root.themes[theme] for theme in _titles(snapshot)]
    moved = sum(cell.change in UP | DOWN for cell in cells)
    few, so_so, many = root.enps.counts
    score = 100 * (many - few) / (few + so_so + many)
    assert told["people are in these figures"] == f"{root.responses} of {root.invited}"
    assert told["groups have a result of their own"] == f"{shown} of {len(snapshot.groups) - 1}"
    assert (
        told["themes moved enough since the survey before to say so"]
        == f"{moved} of {len(cells)}"
    )
    assert f"{abs(score):.0f}" in {number.strip("+−") for number in told.values()}


@pytest.mark.parametrize("word", sorted(UP | DOWN))
def test_what_stands_out_moved_as_surely_as_the_count_says(reading, word):
    side, interval = ("care", Range(1.8, 2.2)) if word in DOWN else ("keep", Range(4.4, 4.8))

    def moved(snapshot):
        return planting.cell(
            _calm(snapshot), "northwind", "listening", change=Change(word), interval=interval
        )

    _, page = reading(change=moved)
    told = said(page("results"))
    assert f"One thing to {side}" in told
    assert f"It is {word.replace('_', ' ')} than in the survey before." in told


def test_groups_in_which_a_theme_moved_stand_in_the_order_of_the_tree_with_the_counts_words(
    reading,
):
    snapshot, page = reading()
    html = _part(page("results"), "changes")
    titles = _titles(snapshot)
    expected = []
    for group in snapshot.groups[1:]:
        up = [titles[t] for t in titles if t in group.themes and group.themes[t].change in UP]
        down = [
            titles[t] for t in titles if t in group.themes and group.themes[t].change in DOWN
        ]
        words = [f"Likely higher: {_listed(up)}."] if up else []
        words += [f"Likely lower: {_listed(down)}."] if down else []
        if words:
            expected.append((group.name, " ".join(words)))
    told = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", html, re.DOTALL)
    assert [(said(name), said(words)) for name, words in told] == expected != []


def test_where_to_look_first_follows_the_signs_and_the_order_of_the_tree(reading):
    snapshot, page = reading()
    told = {row[0]: row[1:] for row in rows(page("results"), "first")[1:]}
    titles = _titles(snapshot)
    pressing = {}
    for group in snapshot.groups[1:]:
        for theme, cell in group.themes.items():
            if theme not in titles:
                continue
            low, lower = _mostly_low(cell), cell.compared is Compared.LOWER
            fallen = cell.change in DOWN
            rising = cell.compared is Compared.HIGHER or cell.change in UP
            cares = low or ((lower or fallen) and not rising)
            if cares and (low or (lower and fallen) or theme == LOAD):
                pressing.setdefault(group.name, set()).add(titles[theme])
    assert list(told) == list(pressing)
    for name, (theme, words) in told.items():
        assert theme in pressing[name], name
        assert re.search("low on the scale|lower than", words), name
    assert "Warehouse North" in told
    assert "which is no ranking" in said(page("results"))


@pytest.mark.parametrize(
    ("signs", "there"),
    [
        ({"interval": Range(1.8, 2.2), "mean": 2.0}, "low on the scale"),
        ({"compared": Compared.LOWER}, None),
        ({"change": Change.LIKELY_LOWER}, None),
        (
            {"compared": Compared.LOWER, "change": Change.LIKELY_LOWER},
            "lower than usual and likely lower than in the survey before",
        ),
    ],
)
def test_one_doubtful_sign_sends_nobody_to_a_group(reading, signs, there):
    def one(snapshot):
        return planting.cell(_calm(snapshot), "transport", "belonging", **signs)

    _, page = reading(change=one)
    told = rows(page("results"), "first")[1:]
    assert told == ([["Transport", "Belonging and good moments", there]] if there else [])
    assert ("Nowhere in particular" in said(page("results"))) == (there is None)


def test_the_load_is_looked_at_first_and_a_divided_group_is_named(reading):
    def some(snapshot):
        snapshot = planting.cell(_calm(snapshot), "transport", LOAD, compared=Compared.LOWER)
        return planting.cell(snapshot, "platform", "listening", agreement=planting.DIVIDED)

    _, page = reading(change=some)
    assert rows(page("results"), "first")[1:] == [
        ["Transport", "Focus and recovery", "lower than usual"],
        ["Platform", "Listening and dialogue", "seen very differently by its people"],
    ]


def test_where_to_look_first_is_for_hr_alone(reading):
    _, page = reading(OLGA)
    words = said(page("groups/operations")) + said(page("matrix"))
    assert "Where to look first" not in words
    page("results", 303)


def test_every_section_has_an_address_and_no_link_on_the_page_leads_nowhere(reading):
    _, page = reading()
    for rest in (
        "results",
        "groups/service-desk",
        "groups/warehouse-north",
        "groups/northwind",
    ):
        html = page(rest)
        ids = re.findall(r'\bid="([^"]+)"', html)
        links = re.findall(r'href="#([^"]+)"', html)
        assert len(ids) == len(set(ids)), rest
        assert len(links) > 4
        assert set(links) <= set(ids), rest


def test_each_page_of_a_survey_says_which_it_is_and_leads_to_the_others(reading):
    _, page = reading()
    for rest in ("results", "matrix", "answered", "comments"):
        html = page(rest)
        here = re.findall(r'href="([^"]+)" aria-current="page"', html)
        assert [one for one in here if one.endswith(f"/{rest}")], rest
        for other in ("results", "matrix", "answered", "comments"):
            assert f'/q3-2026/{other}"' in html


def test_a_groups_comparison_is_in_words_alone(reading):
    snapshot, page = reading()
    titles = _titles(snapshot)
    for name in ("warehouse-north", "service-desk", "transport"):
        html = page(f"groups/{name}")
        section = _part(html, "comparison")
        words = said(section)
        cells = snapshot.group(name).themes
        for what, lead in (
            (Compared.HIGHER, "Higher than usual"),
            (Compared.LOWER, "Lower than usual"),
            (Compared.USUAL, "As usual"),
        ):
            meant = {titles[t] for t in titles if cells[t].compared is what}
            told = re.search(rf"{lead}: (.*?)\.(?: |$)", words)
            assert bool(told) == bool(meant), (name, what)
            assert not told or set(re.split(", | and (?=[A-Z])", told[1])) == meant, name
        assert not re.search(r"\d\.\d", words)


def test_a_first_survey_has_nothing_before_it_and_says_so(reading):
    def first(snapshot):
        groups = tuple(
            replace(
                group,
                history=None,
                themes={
                    name: replace(cell, change=None, moved=None)
                    for name, cell in group.themes.items()
                },
            )
            for group in snapshot.groups
        )
        return replace(snapshot, groups=groups, survey=replace(snapshot.survey, previous=None))

    _, page = reading(change=first)
    for rest in ("results", "groups/service-desk"):
        assert "This was the first survey" in said(page(rest))
    assert "Groups in which a theme moved" not in said(page("results"))
