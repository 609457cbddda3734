"""From ``preparing`` to ``open``: keys are made, then everything is pinned and everybody invited at once.

Promise: nobody hears of a survey before it is open, and it is open whole or not at all.
Killed anywhere, the next try makes all keys anew: nothing of them was published.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from teamhealth import clock, logs
from teamhealth.campaigns import deciding, entrusting, lookup, manifest, pinning
from teamhealth.campaigns.models import State, Survey
from teamhealth.credentials.fingerprint import fingerprint
from teamhealth.db import Database
from teamhealth.errors import NotFoundError, RefusedError, UnavailableError
from teamhealth.invitations import inviting
from teamhealth.jobs import leasing, places, rehearsing, telling
from teamhealth.keys import box, issuers, links
from teamhealth.roster.models import Group
from teamhealth.roster.placing import place
from teamhealth.settings import Settings

Step = Callable[[str], None]

_TRIES = 3


@dataclass(frozen=True, slots=True)
class _Keys:
    """What was made for these answering groups, in this order."""

    groups: list[str]
    link: bytes
    box: bytes
    moduli: list[bytes]


def prepare(
    database: Database,
    settings: Settings,
    survey_id: str,
    *,
    on_step: Step = lambda _name: None,
) -> State:
    """Open a survey that was asked for, where this machine has the keys; return its state then.

    One that has a trustee gets its rehearsal first, and is opened once the trustee's proof has come.

    ``on_step`` is told ``keys`` (made, nothing stored), ``opening`` (all but the commit)
    and ``open``. Nothing
    happens if another worker is at it, or if it is open.

    Raises RefusedError, and cancels the survey, if the roster no longer allows it.
    """
    if places.has_keys(database, settings) and not _only_waits(database, survey_id):
        with leasing.leased(database, survey_id, State.PREPARING) as lease:
            if lease is not None:
                _prepare(lease, settings, on_step)
    with database.read() as db:
        return lookup.survey(db, survey_id).state


def _prepare(lease: leasing.Lease, settings: Settings, on_step: Callable[[str], None]) -> None:
    for _ in range(_TRIES):
        try:
            with lease.database.read() as db:
                survey = lookup.survey(db, lease.survey_id)
                groups = _answering(_plan(db, survey))
                rehearses = entrusting.waits_for_proof(db, survey)
            if rehearses:
                rehearsing.offer(lease)
                return
            keys = _make_keys(lease, settings, groups)
            on_step("keys")
            if _open(lease, keys, on_step):
                on_step("open")
                logs.event("survey_opened", survey=lease.survey_id, count=len(groups))
                return
        except (RefusedError, NotFoundError) as refusal:
            _cancel(lease, str(refusal))
            raise
    raise UnavailableError(
        f"The roster changes all the time; survey {lease.survey_id} could not be opened, and nobody "
        "was invited. It is tried again when the roster has come to rest."
    )


def _only_waits(database: Database, survey_id: str) -> bool:
    """Tell whether nothing can be done but wait for the trustee's proof: no lease is taken for that."""
    with database.read() as db:
        survey = lookup.survey(db, survey_id)
        return (
            survey.state is State.PREPARING
            and survey.trustee is not None
            and survey.closes_at > clock.now()
            and entrusting.waits_for_proof(db, survey)
            and bool(entrusting.tray_of(db, survey).expected)
        )


def _plan(db: Session, survey: Survey) -> pinning.Plan:
    if survey.closes_at <= clock.now():
        raise RefusedError(
            f"The closing date of survey {survey.id} has passed before it could be opened. "
            "It was cancelled and nobody was invited; launch it again with a later date."
        )
    scope = db.get(Group, survey.scope_id)
    if scope is None:
        raise RefusedError(
            f"The group of survey {survey.id} is no longer in the roster. "
            "It was cancelled and nobody was invited."
        )
    return pinning.plan(place(db, scope.path), survey.k)


def _answering(plan: pinning.Plan) -> list[str]:
    return [plan.tree.ids[v] for v in plan.answering]


def _make_keys(lease: leasing.Lease, settings: Settings, groups: list[str]) -> _Keys:
    home, survey = settings.keys, lease.survey_id
    with lease.database.read() as db:
        pinned = lookup.survey(db, survey)
        trustee = entrusting.trustee_of(pinned) if pinned.trustee else None
    return _Keys(
        groups=groups,
        link=links.make(home, survey),
        box=trustee.box if trustee else box.make(home, survey),
        moduli=issuers.make(home, survey, groups, on_batch=lease.renew),
    )


def _open(lease: leasing.Lease, keys: _Keys, on_step: Step) -> bool:
    """Pin, invite and open in one transaction; False if the roster has changed since the keys."""
    with lease.database.write() as db:
        survey = lease.hold(db)
        plan = _plan(db, survey)
        if _answering(plan) != keys.groups:
            return False
        _pin(db, survey, plan, keys)
        home = plan.launch.answers_in
        people = (
            (p.id, plan.tree.ids[home[p.group]])
            for p in plan.placement.people
            if not p.on_paper  # they draw a slip; no letter may lead them here, too
        )
        inviting.invite(db, survey.id, keys.link, people)
        spare = ((plan.tree.ids[v], plan.spare(v)) for v in plan.answering)
        inviting.keep_spare(db, survey.id, keys.link, spare)
        telling.tell_everybody(db, survey, telling.INVITATION, at=clock.now())
        survey.state = State.OPEN
        survey.opened_at = clock.now()
        survey.lease_until = None
        db.flush()
        on_step("opening")
        db.commit()
    return True


def _pin(db: Session, survey: Survey, plan: pinning.Plan, keys: _Keys) -> None:
    root, rows = pinning.tree_of(survey, plan, keys.moduli)
    files = pinning.files(survey)
    survey.headcount = len(plan.placement.people)
    survey.previous_id = pinning.previous(db, survey)
    survey.manifest = manifest.build(
        survey,
        root=root,
        groups=len(keys.groups),
        headcount=survey.headcount,
        spare=sum(plan.spare(v) for v in plan.answering),
        box=keys.box,
        scripts={file.name: file.digest for file in files},
    )
    survey.fingerprint = fingerprint(survey.manifest)
    db.add_all(rows)
    db.add_all(pinning.leads(db, survey, plan))
    db.add_all(files)
    db.flush()


def _cancel(lease: leasing.Lease, reason: str) -> None:
    with lease.database.write() as db:
        lease.hold(db)
        deciding.cancel(db, lease.survey_id, reason=reason, now=clock.now())
        db.commit()
    logs.event("survey_cancelled", survey=lease.survey_id)
