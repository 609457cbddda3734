"""In which group of a launched survey somebody answers: by the pinned tree, whatever the roster became since."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from teamhealth.campaigns import lookup
from teamhealth.campaigns.models import Survey, SurveyGroup
from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.roster import finding
from teamhealth.roster.models import Group, Person
from teamhealth.roster.paths import tidy


def of_path(db: Session, survey: Survey, path: str) -> SurveyGroup:
    """Return the group in which the people of a path answer.

    Raises NotFoundError if the survey has no such group, RefusedError if nobody answers
    in it or above.
    """
    wanted, groups = tidy(path), lookup.groups_of(db, survey)
    for group in groups:
        if group.path == wanted:
            return _nearest(groups, group)
    raise NotFoundError(
        f"Survey {survey.id} asks no group “{wanted}”. Nothing was changed; write the whole path as the "
        f"survey has it, such as “{groups[-1].path}”."
    )


def of_person(db: Session, survey: Survey, who: Person) -> SurveyGroup:
    """Return the group in which a person answers by the roster as it is now.

    Raises RefusedError if they belong to no group that is asked, and as ``of_path``.
    """
    groups = lookup.groups_of(db, survey)
    known = {group.group_id: group for group in groups}
    if finding.nearest(db, db.get_one(Group, who.group_id), known) is None:
        raise RefusedError(
            f"{who.name} belongs to no group that survey {survey.id} asks. Nothing was changed; if the "
            "roster is wrong, import it first."
        )
    home = finding.nearest(db, finding.home(db, who), known)
    return _nearest(groups, known[home or groups[0].group_id])


def _nearest(groups: Sequence[SurveyGroup], group: SurveyGroup) -> SurveyGroup:
    """Return a group, or the first above it, in which people answer."""
    known = {one.group_id: one for one in groups}
    at: SurveyGroup | None = group
    while at is not None and not at.invited:
        at = known.get(at.parent_id or "")
    if at is None:
        raise RefusedError(
            f"Nobody answers in {group.path} or above, so there is no seat. Nothing was changed."
        )
    return at
