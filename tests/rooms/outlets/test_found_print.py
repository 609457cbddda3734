"""In print each sentence about what statistics found stands where it is true, and nowhere else."""

import re
from dataclasses import replace
from html import unescape

import pytest

from teamhealth.cells.audience import HR, seen_by
from teamhealth.cells.findings import Response
from teamhealth.cells.model import Compared, Range
from teamhealth.instruments.library import library
from teamhealth.outlets.print_facts import Source, facts_of
from teamhealth.outlets.print_organisation import organisation_view
from teamhealth.outlets.print_past import OverTime, over_time
from teamhealth.outlets.print_press import page
from teamhealth.outlets.print_team import team_view
from tests.rooms.outlets import planting
from tests.rooms.outlets.planting import DIVIDED, PARTLY
from tests.rooms.outlets.printing import LARGE, MEDIUM, SMALL, counted

HALF = "About half the group is silent here: a conversation starter, no more."
FEW = (
    "Fewer than four in ten are heard here: these are the voices of those who are, "
    "not of the group."
)
MISSING = "Some voices are missing."
SILENCE = "In brackets: where it would begin, had the missing scored half a point lower."
SPLIT = "People in this group see Listening and dialogue very differently."
APART = "Listening and dialogue is left out here"


def _bare(*, again=False):
    snapshot, _ = counted(again=again)
    return planting.unknown(snapshot)


def _source(snapshot, before):
    seen = seen_by(snapshot, HR)
    return Source(seen, facts_of(seen, "", before), counted()[1], library())


def _team(snapshot, group, *, again=False):
    """Give the words of a team's report, as they are before they become a PDF."""
    before = counted()[0] if again else None
    source = _source(snapshot, before)
    one = source.seen.group(group)
    view = team_view(source, one, one.responses, ())
    return _words(
        "team.html",
        source,
        view,
        over_time(source.seen, [before] if before else [], one, source.words),
    )


def _all(snapshot):
    source = _source(snapshot, None)
    view = organisation_view(source, source.seen.root, source.seen.root.responses)
    return _words("organisation.html", source, view, OverTime(), told=[])


def _words(template, source, view, over, **more):
    given = {"v": view, "facts": source.facts, "guide": source.library.retro, "over": over}
    html = page(template, given | more)
    html = re.sub(r"<head>.*?</head>|<title>.*?</title>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split()).replace(" .", ".")


def test_a_report_of_a_survey_that_knows_nothing_of_this_says_nothing_of_it():
    bare = _bare()
    for printed in (_team(bare, SMALL), _team(bare, LARGE), _all(bare)):
        for words in (HALF, FEW, MISSING, SILENCE, "silence (in brackets)", "very differently"):
            assert words not in printed
        assert "likely are favourable" not in printed
        assert "left out here" not in printed
        assert "What the themes can carry" not in printed
        assert "moves together" not in printed
        assert "taken back" not in printed


@pytest.mark.parametrize(
    ("response", "said", "never"),
    [
        (Response.NORMAL, [], [MISSING, HALF, FEW]),
        (Response.SOME_SILENT, [MISSING], [HALF, FEW]),
        (Response.HALF_SILENT, [HALF, "No change since Autumn is told."], [MISSING, FEW]),
        (Response.TOO_SILENT, [FEW, "No change and no comparison is told."], [MISSING, HALF]),
    ],
)
def test_who_is_missing_stands_beside_the_score(response, said, never):
    bare = planting.cells(_bare(again=True), SMALL, compared=Compared.USUAL)
    snapshot = planting.group(bare, SMALL, response=response)
    printed = _team(snapshot, SMALL, again=True)
    assert [words for words in said if words not in printed] == []
    assert [words for words in never if words in printed] == []
    told = response in {Response.NORMAL, Response.SOME_SILENT}
    assert ("cannot tell" in printed) == told
    assert ("Beside g0" in printed) == (response is not Response.TOO_SILENT)
    assert ("Among them:" in printed) == (response is Response.TOO_SILENT)


def test_the_whisker_for_silence_is_in_the_table_with_its_sentence():
    snapshot = planting.cell(_bare(), SMALL, "listening", interval=Range(3.1, 4.1), silent=2.9)
    printed = _team(snapshot, SMALL)
    assert "3.1–4.1 (2.9)" in printed
    assert "silence (in brackets)" in printed
    assert SILENCE in printed


def test_a_divided_theme_is_told_so_and_never_praised():
    high = {"compared": Compared.HIGHER, "interval": Range(4.2, 4.8), "mean": 4.5}
    bare = planting.cell(_bare(), LARGE, "listening", **high)
    alike = _team(planting.cell(bare, LARGE, "listening", agreement=PARTLY), LARGE)
    split = _team(planting.cell(bare, LARGE, "listening", agreement=DIVIDED), LARGE)
    assert "Listening and dialogue looks strong." in alike
    assert SPLIT not in alike
    assert SPLIT in split
    assert "seen very differently" in split
    assert "Listening and dialogue looks strong." not in split


def test_a_divided_theme_to_care_for_has_no_mean_for_a_headline():
    low = {"interval": Range(1.8, 2.4), "mean": 2.1, "agreement": DIVIDED}
    printed = _team(planting.cell(_bare(), LARGE, "listening", **low), LARGE)
    assert (
        "Listening and dialogue People in this group see this very differently. "
        "The mean, 2.1, stands for few of them. It is low on the scale."
    ) in printed
    assert "About 2.1 of 5" not in printed


def test_how_alike_people_answer_is_told_once_for_all_themes():
    snapshot = planting.cells(_bare(), MEDIUM, agreement=PARTLY)
    assert "People in this group answer partly alike in every theme." in _team(snapshot, MEDIUM)
    mixed = planting.cell(snapshot, MEDIUM, "listening", agreement=DIVIDED)
    assert (
        "People in this group answer very differently in Listening and dialogue. "
        "In the other themes they answer partly alike."
    ) in _team(mixed, MEDIUM)
    assert "in every theme" not in _team(_bare(), MEDIUM)


def test_the_range_of_people_and_of_the_recommendation_are_told_from_ten_and_twenty():
    snapshot, _ = counted()
    cell = snapshot.group(LARGE).items["listening_1"]
    printed = _team(snapshot, LARGE)
    low, high = cell.people
    invited = snapshot.group(LARGE).invited
    many = f"{low}–{high}" if low < high else f"{low}"
    assert f"{many} of {invited}" in printed
    assert f"how many of all {invited} who were asked likely are favourable" in printed
    assert "The true balance likely lies between" in printed
    assert "likely are favourable" not in _team(snapshot, SMALL)
    assert "true balance" not in _team(snapshot, MEDIUM)


def test_statements_to_talk_about_say_it_in_words():
    printed = _team(counted()[0], LARGE)
    invited = counted()[0].group(LARGE).invited
    assert f"of the {invited} in the group" in printed


def test_what_makes_no_one_score_is_left_out_of_the_first_page_and_said_so():
    low = planting.cell(_bare(), SMALL, "listening", interval=Range(1.8, 2.4), mean=2.1)
    apart = planting.facts(low, "listening", reliability=planting.reliable("apart", 0.4))
    assert "Listening and dialogue asks for care." in _team(low, SMALL)
    assert APART not in _team(low, SMALL)
    printed = _team(apart, SMALL)
    assert "Listening and dialogue asks for care." not in printed
    assert APART in printed
    assert "no one score: read one by one" in printed


def test_what_the_themes_can_carry_is_told_of_the_organisation_only():
    snapshot = planting.facts(
        _bare(), "listening", reliability=planting.reliable("apart", 0.41), icc1=0.04, icc2=0.2
    )
    snapshot = planting.facts(
        snapshot, "belonging", reliability=planting.reliable("rough", 0.64, "alpha"),
        icc1=0.12, icc2=0.42,
    )  # fmt: skip
    snapshot = planting.facts(
        snapshot, "conflict_repair", reliability=planting.reliable("redundant", 0.96),
        icc1=0.3, icc2=0.8,
    )  # fmt: skip
    whole, team = _all(snapshot), _team(snapshot, LARGE)
    assert (
        "Listening and dialogue no: read them one by one (ω 0.41) "
        "These statements do not make one score here. hardly"
    ) in whole
    assert (
        "Belonging and good moments roughly (α 0.64) somewhat One team’s mean is a rough guide."
    ) in whole
    assert "Disagreement and repair yes, and they ask nearly the same (ω 0.96) much" in whole
    assert "Empathy and compassion not known not known" in whole
    assert "What the themes can carry" not in team
    assert "ω" not in team


def _last():
    return next(one.items[-1] for one in counted()[0].themes if one.id == "listening")


def test_a_statement_that_goes_against_the_others_is_an_alarm_for_hr():
    turned = planting.reliable("rough", 0.61, turned=(_last(),))
    snapshot = planting.facts(_bare(), "listening", reliability=turned)
    words = counted()[1].question(_last()).text["en"]
    assert f"“ {words} ”" in _all(snapshot)
    assert "For HR: a statement may be scored the wrong way round" in _all(snapshot)
    fine = planting.facts(_bare(), "listening", reliability=planting.reliable("fine"))
    assert "wrong way round" not in _all(fine)


def test_drivers_move_together_and_never_drive():
    told = planting.moving("listening", "psych_safety", against=("psych_safety",))
    printed = _all(replace(_bare(), drivers=told))
    section = printed[printed.index("What moves together with") :]
    section = section[: section.index("How the figures were made")]
    assert "An early indication:" in section
    assert "Listening and dialogue 30 % 10–50 %" in section
    assert "Safe to speak up goes the other way" in section
    assert section.index("Listening and dialogue 30") < section.index("Safe to speak up goes")
    assert "which is no ranking" in section
    assert not [word for word in ("drive", "cause", "because", "leads to") if word in section]
    later = planting.moving("listening", early=False)
    assert "early indication" not in _all(replace(_bare(), drivers=later))
    assert "moves together with" not in _team(replace(_bare(), drivers=told), LARGE)


@pytest.mark.parametrize(
    ("withdrawn", "said"),
    [(0, "No answer was taken back"), (1, "One answer was taken"), (3, "3 answers were taken")],
)
def test_the_settings_and_what_was_taken_back_are_told_of_the_organisation(withdrawn, said):
    snapshot = replace(counted()[0], withdrawn=withdrawn)
    printed = _all(snapshot)
    assert said in printed
    assert (
        "comments are told from 10 answers, the balance of recommendations from 20. At most 20 %"
    ) in printed
    assert "more than 33 % of its people answer further up" in printed
    assert "taken back" not in _team(snapshot, LARGE)


def test_the_table_of_groups_marks_what_is_not_to_be_read_as_one_or_compared():
    plain = _all(_bare())
    assert "≠" not in plain
    assert "not to be compared" not in plain
    split = planting.cell(_bare(), LARGE, "listening", agreement=DIVIDED)
    assert "≠ People in the group see it very differently" in _all(split)
    few = planting.group(_bare(), LARGE, response=Response.TOO_SILENT)
    assert "* Fewer than four in ten are heard: not to be compared." in _all(few)
