"""Results by what people told of themselves: the snapshot's, for those alone who may open the whole survey."""

import re
from dataclasses import replace
from itertools import count

import pytest

from teamhealth.campaigns.models import State
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.cells.model import ItemCell, Word
from teamhealth.db import open_database
from teamhealth.migrations.tables import metadata
from teamhealth.outlets import numbers
from tests.crossed import BOSS, LEADER, counted, settle, store, without
from tests.desk import HR, desk_of, make_accounts, signed_in_client
from tests.reading import rows, said

AT = "/desk/surveys/s1"
TENURE = "How many full years have you worked here?"
NAMES = {
    "tenure": ["Less than 1 year", "1 to 5 years", "“6 to 10 years” to “11 years or more” and not said"],
    "site": ["Leeds and not said", "Hull <old harbour>", "York & Selby"],
}  # fmt: skip
BELOW_OPERATIONS = {"g1", "g4", "g5", "g6"}
NOTHING = "too few people said something different"


@pytest.fixture(scope="module")
def acme(tmp_path_factory):
    """Give a function that signs somebody in at one desk and reads pages of a survey."""
    home = tmp_path_factory.mktemp("classes")
    database = open_database(f"sqlite:///{home / 'desk.sqlite3'}")
    metadata.create_all(database.engine)
    settle(database, *counted())
    make_accounts(database, BOSS, LEADER)
    app, clients, surveys = desk_of(database, home), {}, count(2)

    def enter(email=HR, *, found=None, state=State.PUBLISHED):
        """Read of the firm's survey, or of another that is ``found``."""
        name = "s1"
        if found:
            snapshot, asked = found
            name = f"s{next(surveys)}"
            named = replace(snapshot.survey, id=name)
            store(database, replace(snapshot, survey=named), asked, state=state)
        if email not in clients:
            clients[email] = signed_in_client(database, home, email, app=app)
        return lambda page: clients[email].get(f"/desk/surveys/{name}/{page}")

    yield enter
    database.close()


def _with(**cuts):
    snapshot, asked = counted()
    return replace(snapshot, cross_cuts={**snapshot.cross_cuts, **cuts}), asked


@pytest.mark.parametrize("attribute", ["tenure", "site"])
def test_every_class_tells_its_means_ranges_and_words(acme, attribute):
    snapshot, asked = counted()
    html = acme()(f"by/{attribute}").text
    classes = snapshot.cross_cuts[attribute]
    themes = [theme for theme in asked.themes if theme.id != LEADER_THEME]

    assert rows(html, "heads")[1:] == [
        [name, str(one.responses)] for name, one in zip(NAMES[attribute], classes, strict=True)
    ]
    expected = []
    for theme in themes:
        cells = [one.themes[theme.id] for one in classes]
        expected.append([theme.title["en"]])
        expected += [
            [name, "", numbers.mean(cell, "en"), numbers.between(cell.interval, "en")]
            for name, cell in zip(NAMES[attribute], cells, strict=True)
        ]
    assert rows(html, "themes")[1:] == expected
    told = [row for row in rows(html, "words") if len(row) == 2]
    told = [row for row in told if row[0] in NAMES[attribute]]
    items = [item for theme in themes for item in theme.items] + ["engagement"]
    assert [words.rpartition(" ")[0] for _, words in told] == [
        one.items[item].word.replace("_", " ") for item in items for one in classes
    ]


def test_no_number_of_people_is_told_but_the_answers_of_classes(acme):
    snapshot, _ = counted()
    text = said(acme()("by/tenure").text)
    for name in NAMES["tenure"]:
        text = text.replace(name, "")
    about = "95 %", "From 1, strongly disagree, to 5", "closed 15 September 2026", "groups of 5"
    for words in about:
        assert words in text
        text = text.replace(words, "")
    text = re.sub(r"snapshot [0-9a-f]{4} [0-9a-f]{4}", "", text)
    told = {number for number in re.findall(r"\d+(?:\.\d)?", text) if "." not in number}

    assert told - {"1", "2", "3", "4", "5"} == {
        str(one.responses) for one in snapshot.cross_cuts["tenure"]
    }


def test_how_to_read_it_is_told_on_the_page(acme):
    text = said(acme()("by/tenure").text)

    for words in ("if they wanted to", "put together", "the difference is noise", "no comparison with a team", "no ranking"):  # fmt: skip
        assert words in text


def test_the_whole_links_to_what_was_asked_in_the_order_in_which_it_was_asked(acme):
    links = re.findall(rf'href="({AT}/by/\w+)"', acme()("results").text)

    assert links == [f"{AT}/by/tenure", f"{AT}/by/site"]


def test_who_may_open_the_whole_reads_it_and_nobody_else(acme):
    pages = ("by/tenure", "by/site")
    for who in (HR, BOSS):
        read = acme(who)
        assert [read(page).status_code for page in pages] == [200, 200], who
        assert "attribute" in read("export.csv").text.partition("\n")[0]
        assert {"tenure", "site"} == read("export.json").json["cross_cuts"].keys()
    read = acme(LEADER)
    assert [read(page).status_code for page in pages] == [404, 404]
    assert "attribute" not in read("export.csv").text.partition("\n")[0]
    assert not {"cross_cuts", "attributes"} & read("export.json").json.keys()
    assert {group["id"] for group in read("export.json").json["groups"]} == BELOW_OPERATIONS
    assert read("report.pdf").status_code == 404
    for page in ("groups/g1", "matrix", "themes/listening"):
        told = read(page)
        assert told.status_code == 200, page
        assert "/by/" not in told.text, page


def test_leaders_read_it_only_once_it_is_published(acme):
    for who, answer in ((BOSS, 404), (HR, 200)):
        read = acme(who, found=counted(), state=State.COUNTED)
        assert read("by/tenure").status_code == answer, who


def test_what_nobody_was_asked_is_not_there(acme):
    read = acme(found=without(*counted()))

    assert read("by/tenure").status_code == 404
    assert "said of themselves" not in read("results").text


def test_an_attribute_by_which_nothing_is_shown_says_so_in_one_sentence(acme):
    read = acme(found=_with(tenure=()))
    page = read("by/tenure").text

    assert NOTHING in said(page)
    assert not rows(page, "t")
    assert "/by/tenure" in read("results").text
    assert NOTHING not in said(read("by/site").text)


def test_what_one_class_keeps_back_has_the_sentence_of_every_hidden_cell(acme):
    snapshot, asked = counted()
    first, *rest = snapshot.cross_cuts["site"]
    bare = replace(first, themes={}, items={"engagement": ItemCell(9, Word.MOST)})
    page = acme(found=_with(site=(bare, *rest)))("by/site").text

    assert rows(page, "themes")[2] == [NAMES["site"][0], "Not shown, to protect anonymity."]
    assert ["Leeds and not said", "most agree"] in rows(page, "words")
    assert asked.form == "quarterly"


def test_the_highest_means_say_that_they_may_be_higher(acme):
    snapshot, _ = counted()
    first, *rest = snapshot.cross_cuts["site"]
    theme, cell = next(iter(first.themes.items()))
    high = replace(first, themes={**first.themes, theme: replace(cell, mean=4.8)})
    read = acme(found=_with(site=(high, *rest)))

    assert "≥ 4.8 stands for 4.8 or higher" in said(read("by/site").text)
    assert "stands for" not in said(read("by/tenure").text)


def test_with_one_statement_a_theme_there_are_words_and_no_means(acme):
    page = acme(found=counted("pulse"))("by/tenure").text

    assert not rows(page, "themes")
    assert "bars" not in said(page)
    assert len(rows(page, "words")) > 30


def test_steady_leadership_is_not_there_even_where_it_was_agreed(acme):
    snapshot, asked = counted()
    first, *rest = snapshot.cross_cuts["site"]
    items = next(theme.items for theme in asked.themes if theme.id == LEADER_THEME)
    cell = replace(next(iter(first.themes.values())), items=items)
    led = replace(
        first,
        themes={**first.themes, LEADER_THEME: cell},
        items={**first.items, **dict.fromkeys(items, ItemCell(9, Word.MOST))},
    )
    agreed = replace(snapshot.survey, leader_theme="agreed")
    found = replace(snapshot, survey=agreed, cross_cuts={"site": (led, *rest)})
    read = acme(found=(found, asked))

    assert "Steady leadership" in read("matrix").text
    assert "Steady leadership" not in read("by/site").text
    assert asked.question(items[0]).text["en"] not in read("by/site").text
