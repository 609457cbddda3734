"""The modelled organisation is believable and follows from its seed alone."""

from statistics import mean

from teamhealth.cli.organisation_model import Organisation
from teamhealth.instruments.asking import Ask
from teamhealth.instruments.library import library

FORM = library().instrument("quarterly", ["en"])
GROUPS = [f"team-{n}" for n in range(40)]
PEOPLE = [(group, f"{group}-{n}@example.org") for group in GROUPS for n in range(12)]


def _answers(seed=7):
    model = Organisation(FORM, seed)
    return [(group, model.sheet(group, who)) for group, who in PEOPLE]


def test_the_same_seed_gives_the_same_answers_in_any_order():
    model = Organisation(FORM, 7)
    backwards = [(group, model.sheet(group, who)) for group, who in reversed(PEOPLE)]

    assert list(reversed(backwards)) == _answers()
    assert _answers() != _answers(seed=8)


def test_three_quarters_answer_and_skip_three_in_a_hundred():
    sheets = [sheet for _, sheet in _answers() if sheet]

    assert 0.68 < len(sheets) / len(PEOPLE) < 0.82
    asked = len(FORM.questions) - 1
    skipped = 1 - mean(len(sheet.answers) / asked for sheet in sheets)
    assert 0.02 < skipped < 0.04
    assert 0.1 < mean(bool(sheet.comments) for sheet in sheets) < 0.3


def test_every_value_is_one_the_form_allows():
    for _, sheet in _answers():
        for question, value in (sheet.answers if sheet else {}).items():
            assert value in (range(11) if question == "enps" else range(1, 6))


def test_groups_differ_more_than_chance_and_reversed_items_run_the_other_way():
    reverse = {question.id for question in FORM.items() if question.reverse}
    scores = {}
    for group, sheet in _answers():
        if sheet:
            turned = [
                6 - value if item in reverse else value
                for item, value in sheet.answers.items()
                if item != "enps"
            ]
            scores.setdefault(group, []).append(mean(turned))
    means = [mean(each) for each in scores.values()]

    assert 3.3 < mean(means) < 4.1
    assert max(means) - min(means) > 0.8


def test_most_tell_of_themselves_where_that_is_asked_and_the_newest_are_a_little_brighter():
    asked = library().instrument("pulse", ["en"], asks=[Ask("tenure")])
    model = Organisation(asked, 7)
    sheets = [model.says("one-team", f"{n}@example.org") for n in range(1500)]

    told = [sheet.told.get("tenure", 0) for sheet in sheets]
    scores = {
        option: mean(
            mean(list(one.answers.values())[:12]) for one in sheets if one.told == said
        )
        for option, said in {1: {"tenure": 1}, 5: {"tenure": 5}}.items()
    }

    assert set(told) == set(range(6))
    assert 0.1 < told.count(0) / len(told) < 0.2
    assert 0.2 < scores[1] - scores[5] < 0.7
