"""On the desk's pages each sentence about what statistics found stands where it is true, and nowhere else."""

from dataclasses import replace

import pytest

from teamhealth.cells.findings import Response
from teamhealth.cells.model import Compared, Range
from tests.desk import HR, desk_of, make_accounts, signed_in_client
from tests.northwind import LATEST, LEADERS, settle
from tests.reading import figures, rows, said
from tests.rooms.outlets import planting
from tests.rooms.outlets.planting import DIVIDED, PARTLY

AT = f"/desk/surveys/{LATEST}"
HALF = "About half the group is silent here: a conversation starter, no more."
FEW = (
    "Fewer than four in ten are heard here: these are the voices of those who are, "
    "not of the group."
)
MISSING = "Some voices are missing."
SILENCE = "Silence, and “from”: where the range would begin"
NORTH, DESK, ROOT = "warehouse-north", "service-desk", "northwind"


@pytest.fixture
def pages(database, tmp_path):
    """Give a function that settles the firm with a changed survey; it gives a reader of pages."""

    def settled(change, email=HR):
        settle(database, change=lambda snapshot: change(planting.unknown(snapshot)))
        make_accounts(database, *LEADERS)
        app = desk_of(database, tmp_path / "home")
        client = signed_in_client(database, tmp_path / "home", email, app=app)

        def page(rest):
            answer = client.get(f"{AT}/{rest}")
            assert answer.status_code == 200, answer.text
            return answer.text

        return page

    return settled


def test_pages_of_a_survey_that_knows_nothing_of_this_say_nothing_of_it(pages):
    page = pages(lambda snapshot: snapshot)
    for rest in ("results", f"groups/{NORTH}", f"groups/{DESK}", "matrix", "themes/listening"):
        words = said(page(rest))
        for sentence in (HALF, FEW, MISSING, SILENCE, "very differently", "one score"):
            assert sentence not in words, rest
        assert "People answer" not in words
        assert "What the themes can carry" not in words
        assert "moves together" not in words
        assert "taken back" not in words
        assert "who were asked would likely" not in words


@pytest.mark.parametrize(
    ("response", "sentence", "more"),
    [
        (Response.SOME_SILENT, MISSING, ""),
        (Response.HALF_SILENT, HALF, "No change since the survey before is told."),
        (Response.TOO_SILENT, FEW, "No change and no comparison is told."),
    ],
)
def test_who_is_missing_stands_beside_the_score(pages, response, sentence, more):
    def some(snapshot):
        for name in (NORTH, DESK, ROOT):
            snapshot = planting.group(snapshot, name, response=response)
        return snapshot

    page = pages(some)
    for rest in (f"groups/{NORTH}", f"groups/{DESK}", "results"):
        words = said(page(rest))
        assert sentence in words
        assert more in words
        assert [one for one in (MISSING, HALF, FEW) if one != sentence and one in words] == []
    north = said(page(f"groups/{NORTH}"))
    is_told = "No change is told of this group" not in north
    assert is_told == (response is Response.SOME_SILENT)
    assert ("That knows nothing of those who are missing." in north) == bool(more)
    assert ("than usual at Northwind" in north) == (response is not Response.TOO_SILENT)
    assert ("Among them:" in north) == (response is Response.TOO_SILENT)


def test_the_whisker_for_silence_is_drawn_told_in_the_table_and_explained(pages):
    def silent(snapshot):
        return planting.cell(snapshot, NORTH, "listening", interval=Range(3.1, 4.1), silent=2.9)

    html = pages(silent)(f"groups/{NORTH}")
    told = {row[0]: row for row in rows(html, "themes")}
    assert told["Listening and dialogue"][3] == "3.1–4.1 from 2.9"
    assert "from" not in told["Steadying each other"][3]
    assert SILENCE in said(html)
    assert html.count('class="in"') == 2  # the theme's strip, and the key
    whisker = next(t for t in figures(html)[0]["data"] if t["name"].startswith("if those"))
    assert whisker["base"] == [2.9]


def test_agreement_is_told_from_ten_answers(pages):
    page = pages(lambda snapshot: planting.cells(snapshot, DESK, agreement=PARTLY))
    words = {row[-1] for row in rows(page(f"groups/{DESK}"), "agreeing")}
    assert words == {"People answer", "partly alike"}
    assert not rows(page(f"groups/{NORTH}"), "agreeing")


def test_a_divided_theme_is_told_so_everywhere_and_never_praised(pages):
    high = {"compared": Compared.HIGHER, "interval": Range(4.3, 4.9), "mean": 4.6}

    def split(snapshot):
        return planting.cell(snapshot, DESK, "listening", agreement=DIVIDED, **high)

    page = pages(split)
    html = page(f"groups/{DESK}")
    assert "People in this group see Listening and dialogue very differently." in said(html)
    assert "Listening and dialogue looks strong" not in said(html)
    row = next(row for row in rows(html, "themes") if row[0].startswith("Listening"))
    assert row[0] == "Listening and dialoguePeople in this group see this very differently"
    assert row[-1] == "very differently"
    assert '<span class="muted">4.6</span>' in html
    assert "4.6≠ seen very differently" in {
        cell for row in rows(page("matrix"), "heat") for cell in row
    }
    assert "People in this group see this very differently" in said(page("themes/listening"))


def test_a_divided_theme_to_care_for_has_no_mean_for_a_headline(pages):
    low = {"interval": Range(1.8, 2.2), "mean": 2.0, "compared": None}
    calm = planting.cell

    def split(snapshot):
        snapshot = planting.cells(
            snapshot, DESK, compared=None, change=None, interval=Range(3.2, 3.6)
        )
        return calm(snapshot, DESK, "listening", agreement=DIVIDED, **low)

    words = said(pages(split)(f"groups/{DESK}"))
    assert (
        "One thing to care for Listening and dialogue People in this group see this very "
        "differently. The mean, 2.0, stands for few of them."
    ) in words
    assert "about 2.0" not in words


def test_what_makes_no_one_score_is_no_finding_and_said_to_be_left_out(pages):
    def apart(snapshot):
        low = {"interval": Range(1.8, 2.2), "mean": 2.0}
        snapshot = planting.cell(snapshot, NORTH, "listening", **low)
        return planting.facts(
            snapshot, "listening", reliability=planting.reliable("apart", 0.4)
        )

    page = pages(apart)
    words = said(page(f"groups/{NORTH}"))
    assert "Listening and dialogue is left out here" in words
    assert "Listening and dialogue needs care" not in words
    assert "Its statements make no one score: read them one by one" in words
    assert "make no one score here: read them one by one." in said(page("themes/listening"))
    assert "no one score" not in said(page("themes/belonging"))


def test_the_range_of_people_stands_beside_the_share(pages):
    def counted(snapshot):
        items = dict(snapshot.group(DESK).items)
        items["listening_1"] = replace(items["listening_1"], people=(26, 29))
        return planting.group(snapshot, DESK, items=items)

    page = pages(counted)
    words = said(page(f"groups/{DESK}"))
    assert "26–29 of 31" in words
    assert "how many of all 31 who were asked would likely see it so" in words


def test_the_recommendation_has_its_range(pages):
    def ranged(snapshot):
        enps = replace(snapshot.group(DESK).enps, interval=Range(-3.2, 41.0))
        return planting.group(snapshot, DESK, enps=enps)

    page = pages(ranged)
    assert "would recommend (eNPS, likely between −3 and +41)" in said(page(f"groups/{DESK}"))
    assert "would recommend (eNPS):" in said(page("results"))


def _foundations(snapshot):
    turned = tuple(one.items[-1] for one in snapshot.themes if one.id == "belonging")
    for theme, band, value, icc1, icc2 in (
        ("listening", "apart", 0.41, 0.04, 0.2),
        ("belonging", "rough", 0.64, 0.12, 0.42),
        ("conflict_repair", "redundant", 0.96, 0.3, 0.8),
    ):
        against = turned if theme == "belonging" else ()
        reliability = planting.reliable(band, value, turned=against)
        snapshot = planting.facts(
            snapshot, theme, reliability=reliability, icc1=icc1, icc2=icc2
        )
    drivers = planting.moving("listening", "psych_safety", against=("psych_safety",))
    return replace(snapshot, drivers=drivers, withdrawn=1, void=2)


def test_what_the_themes_can_carry_is_on_the_organisations_page_alone(pages):
    page = pages(_foundations)
    html = page("results")
    told = {row[0]: row[1:] for row in rows(html, "carry")}
    belongs, apart = "Statements belong together: ", "Teams can be told apart: "
    assert told["Listening and dialogue"] == [
        f"{belongs}No: read them one by one ω 0.41These statements do not make one score here.",
        f"{apart}Hardly",
    ]
    assert told["Belonging and good moments"] == [
        f"{belongs}Roughly ω 0.64",
        f"{apart}SomewhatOne team’s mean is a rough guide.",
    ]
    assert told["Disagreement and repair"] == [
        f"{belongs}Yes, and they ask nearly the same ω 0.96",
        f"{apart}Much",
    ]
    assert told["Focus and recovery"] == [f"{belongs}not known", f"{apart}not known"]
    for rest in (f"groups/{DESK}", f"groups/{ROOT}"):
        assert not rows(page(rest), "carry")
        assert "moves together" not in said(page(rest))


def test_a_statement_that_goes_against_the_others_is_an_alarm_for_hr(pages):
    assert "A statement may be scored the wrong way round" in said(
        pages(_foundations)("results")
    )


def test_drivers_move_together_and_never_drive(pages):
    page = pages(_foundations)
    words = said(page("results"))
    section = words[words.index("What moves together with") :]
    section = section[: section.index("surveys")]
    assert "An early indication:" in section
    assert "Safe to speak upGoes the other way" in section
    assert "which is no ranking" in section
    assert not [word for word in ("drive", "cause", "leads to") if word in section]
    told = rows(page("results"), "moving")[1:]
    assert [row[0][:9] for row in told] == ["Listening", "Safe to s"]
    assert told[0][2:] == ["30 %", "10–50 %"]


def test_the_settings_and_totals_are_told_where_the_survey_is_told_as_a_whole(pages):
    words = said(pages(
        lambda snapshot: replace(
            _foundations(snapshot), settings=planting.SETTINGS
        )
    )("results"))  # fmt: skip
    assert "One answer was taken back before the close." in words
    assert "2 envelopes held nothing that could be read." in words
    assert "told from 10 answers, the recommendation score from 20. At most 20 %" in words


def test_a_group_of_which_few_are_heard_has_no_colour_and_is_on_no_map(pages):
    def few(snapshot):
        return planting.group(snapshot, NORTH, response=Response.TOO_SILENT)

    page = pages(few)
    html = page("matrix")
    assert "no colour: fewer than four in ten are heard" in said(html)
    assert html.count('class="h0"') == 7
    assert "Warehouse North" not in page("matrix.json")
    assert "not to be compared" in said(page("themes/listening"))
