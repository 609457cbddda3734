"""Which survey a command means: the one named, or the only one it could be about."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from teamhealth.campaigns import lookup
from teamhealth.campaigns.models import State, Survey
from teamhealth.errors import NotFoundError, WrongUseError

ANY = tuple(State)


def chosen(db: Session, name: str | None, states: Collection[State]) -> Survey:
    """Return the survey with that id; without one, the only survey in one of ``states``.

    The state of a named survey is not looked at: whoever acts on it tells better what is
    wrong with it. Raises NotFoundError if there is no such survey, WrongUseError if none
    is named and several could be meant.
    """
    if name is not None:
        return lookup.survey(db, name)
    fitting = [survey for survey in lookup.surveys(db) if survey.state in states]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        among = "" if states == ANY else " " + " or ".join(state.value for state in states)
        raise NotFoundError(
            f"There is no{among} survey; nothing was changed. "
            "`teamhealth survey list` names them all."
        )
    names = ", ".join(survey.id for survey in fitting)
    raise WrongUseError(
        f"Several surveys could be meant: {names}. Nothing was changed; name one of them."
    )
