"""What can be found of surveys that are over."""

from datetime import timedelta

from teamhealth.campaigns.lookup import former_groups
from teamhealth.campaigns.models import State, Survey, SurveyGroup
from teamhealth.roster.models import Group
from tests.conftest import NOON
from tests.makers import open_survey


def test_groups_with_results_that_left_the_roster_are_found_by_the_path_they_had_last(
    database, tmp_path
):
    for number, (name, state) in enumerate(
        (("first", State.PUBLISHED), ("second", State.COUNTED), ("third", State.CANCELLED))
    ):
        open_survey(database, tmp_path / name, name=name, sizes={"north": 1, "south": 1})
        with database.write() as db:
            survey = db.get(Survey, name)
            survey.state, survey.closed_at = state, NOON + timedelta(days=number)
            for group in ("north", "south"):
                pinned = db.get(SurveyGroup, (name, group))
                pinned.path = f"Acme/{name}/{group}"
            db.commit()
    with database.write() as db:
        db.add(Group(id="acme", parent_id=None, path="Acme", name="Acme", position=0))
        db.add(Group(id="south", parent_id=None, path="Acme/S", name="S", position=1))
        db.commit()

    with database.read() as db:
        assert former_groups(db) == {"Acme/second/north": "north"}
