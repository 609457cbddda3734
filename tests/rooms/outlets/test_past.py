"""A group's past in every outlet: only the same group, under the name it had, with a word where people may be others."""

import csv
from dataclasses import replace
from functools import cache

import pytest

from teamhealth.cells.audience import HR, LEADER_THEME
from teamhealth.instruments.library import library
from teamhealth.outlets import figures
from teamhealth.outlets.document import document
from teamhealth.outlets.past import others_in, past
from teamhealth.outlets.pdf import team_report
from teamhealth.outlets.print_past import over_time
from teamhealth.outlets.tables import csv_lines
from teamhealth.outlets.trends import trend
from teamhealth.outlets.wording import wording_of
from tests.desk import HR as HR_MAIL
from tests.desk import desk_of, make_accounts, signed_in_client
from tests.northwind import LATEST, LEADERS, counted, settle
from tests.rooms.outlets.printing import text

NORTH = "warehouse-north"
OTHERS = "Different people may have answered"
SAID = f"{OTHERS}: 8 of 12 then, 7 of 9 now."


def words():
    return wording_of(library().instrument("quarterly", ["en"]))


def changed(snapshot, **how):
    groups = (replace(g, **how) if g.id == NORTH else g for g in snapshot.groups)
    return replace(snapshot, groups=tuple(groups))


def waves(audience="leader"):
    return [snapshot for snapshot, _ in counted("quarterly", audience)]


def hidden(snapshot):
    return changed(
        snapshot, responses=None, items={}, themes={}, enps=None, counted_in="operations"
    )


@cache
def told_apart():
    """Give the last survey, in which the warehouse has another name and others may have answered."""
    then = waves()[-1].group(NORTH).history
    then = replace(then, path="Northwind/Depot Lindau", invited=12, responses=8, others=True)
    return changed(waves()[-1], history=then)


def test_the_count_says_what_a_group_was_in_the_survey_before():
    _, second, third = waves()

    then = third.group(NORTH).history
    assert (then.path, then.invited) == (second.group(NORTH).path, 9)
    assert then.responses == second.group(NORTH).responses
    assert not then.others
    assert past(third.group(NORTH), "en") is None


def test_another_name_and_other_people_are_told_and_nothing_else():
    found = past(told_apart().group(NORTH), "en")

    assert (found.called, found.others) == ("Depot Lindau", SAID)
    assert past(waves()[0].group(NORTH), "en") is None


def test_where_a_group_was_hidden_no_number_of_answers_is_told():
    group = told_apart().group(NORTH)
    unseen = replace(group, history=replace(group.history, responses=None))

    assert past(unseen, "en").others == f"{OTHERS}."


@pytest.mark.parametrize(
    ("titles", "told"),
    [
        ([], ""),
        (["Spring"], f"{OTHERS} in Spring than in the survey before."),
        (["A", "B", "C"], f"{OTHERS} in A, B and C than in the survey before."),
    ],
)
def test_over_several_surveys_it_is_said_in_which(titles, told):
    assert others_in(titles, "en") == told


def test_a_survey_in_which_the_group_was_hidden_is_a_gap_that_no_line_crosses():
    first, second, third = waves()

    over = trend(third, [hidden(second), first], NORTH, words())

    assert [facts.id for facts in over.surveys] == [w.survey.id for w in (first, second, third)]
    for row in over.rows:
        assert [point is None for point in row.points] == [False, True, False]
        assert (row.joins, row.before) == ((), None)
        assert figures.over_time(row, ["1", "2", "3"])["data"][-1]["y"][1] is None


def test_a_survey_that_the_reader_may_not_open_is_a_gap_that_no_line_crosses():
    first, _, third = waves()

    over = trend(third, [first], NORTH, words())

    for row in over.rows:
        assert None not in row.points
        assert (row.joins, row.before) == ((), None)
        line = figures.over_time(row, ["1", "3"])["data"][-1]
        assert (line["x"], line["y"][1]) == ([0, 0.5, 1], None)


def test_surveys_before_the_first_that_tells_anything_are_left_out():
    first, second, third = waves()

    over = trend(third, [second, hidden(first)], NORTH, words())

    assert [facts.id for facts in over.surveys] == [second.survey.id, third.survey.id]
    assert all(row.joins for row in over.rows)


def test_another_group_of_the_same_name_has_no_part_in_a_trend():
    first, second, third = waves()
    other = [changed(wave, id="warehouse-north-2") for wave in (second, first)]

    assert trend(third, other, NORTH, words()) is None


def test_the_leaders_theme_is_followed_only_where_everybody_was_to_see_it_each_time():
    first, second, third = waves("agreed")
    leader = replace(second.survey, leader_theme="leader")

    over = trend(third, [replace(second, survey=leader), first], NORTH, words())

    row = next(row for row in over.rows if row.id == LEADER_THEME)
    assert [point is None for point in row.points] == [False, True, False]


def test_a_trend_says_under_which_name_and_where_people_may_be_others():
    first, second, _ = waves()
    lindau = changed(second, name="Depot Lindau")

    over = trend(told_apart(), [lindau, first], NORTH, words())

    assert over.called == (("Q2 2026", "Depot Lindau"),)
    assert over.others == f"{OTHERS} in Q3 2026 than in the survey before."


def test_print_says_the_same_beside_the_values_of_the_surveys_before():
    first, second, _ = waves()
    asked = library().instrument("quarterly", ["en"])
    lindau = changed(second, name="Depot Lindau")

    printed = text(team_report(told_apart(), NORTH, asked, library(), earlier=[lindau, first]))

    assert "Called Depot Lindau in Q2 2026." in printed
    assert f"{OTHERS} in Q3 2026 than in the survey before." in printed
    assert "Sep 2025 · Dec 2025" in printed
    over = over_time(told_apart(), [lindau, first], told_apart().group(NORTH), words())
    assert all(" · ".join(values) in printed for values in over.values.values())
    means = [wave.group(NORTH).themes["listening"].mean for wave in (first, second)]
    assert over.values["listening"] == tuple(f"{mean:.1f}" for mean in means)


def test_print_without_the_surveys_before_still_has_what_stands_beside_the_change():
    over = over_time(told_apart(), [], told_apart().group(NORTH), words())

    assert over.past == past(told_apart().group(NORTH), "en")
    assert (over.labels, over.others) == ((), "")


def test_exports_tell_it_as_fields_and_of_hidden_groups_nothing():
    table = list(csv.DictReader(csv_lines(told_apart(), HR)))
    north, returns = (
        {r["measure"]: r["value"] for r in table if r["group"] == path and not r["theme"]}
        for path in (told_apart().group(NORTH).path, told_apart().group("returns").path)
    )
    groups = {group["id"]: group for group in document(told_apart(), HR)["groups"]}

    assert north["path_before"] == "Northwind/Depot Lindau"
    assert (north["invited_before"], north["responses_before"]) == ("12", "8")
    assert north["different_people"] == "yes"
    assert groups[NORTH]["history"] == {
        "path": "Northwind/Depot Lindau",
        "invited": 12,
        "responses": 8,
        "others": True,
        "sentence": SAID,
    }
    assert not {name for name in returns if name.endswith("_before")}
    assert "history" not in groups["returns"]


def test_the_desk_says_it_beside_the_change_and_over_the_surveys(database, tmp_path):
    settle(database, change=lambda _: told_apart())
    make_accounts(database, *LEADERS)
    app = desk_of(database, tmp_path / "home")
    client = signed_in_client(database, tmp_path / "home", HR_MAIL, app=app)

    page = client.get(f"/desk/surveys/{LATEST}/groups/{NORTH}").text
    other = client.get(f"/desk/surveys/{LATEST}/groups/transport").text

    assert f"Called <bdi>Depot Lindau</bdi> in the survey before. {SAID}" in page
    assert f"{OTHERS} in Q3 2026 than in the survey before." in page
    assert OTHERS not in other
