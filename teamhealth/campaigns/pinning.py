"""What is pinned at launch and never changes afterwards: wording, tree, scripts, the survey before."""

import hashlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from sqlalchemy import select
from sqlalchemy.orm import Session

from teamhealth.campaigns import manifest, scripts
from teamhealth.campaigns.models import (
    Audience,
    PinnedFile,
    State,
    Survey,
    SurveyGroup,
    SurveyLead,
)
from teamhealth.cells.audience import LEADER_THEME
from teamhealth.credentials.tree import merkle
from teamhealth.disclosure import rollup
from teamhealth.disclosure.tree import Tree
from teamhealth.instruments.asking import Ask
from teamhealth.instruments.library import library
from teamhealth.instruments.model import Instrument
from teamhealth.roster.models import Lead
from teamhealth.roster.placing import Placement


@dataclass(frozen=True, slots=True)
class Plan:
    """Who answers where: the placement, its tree, and the roll-up of its people.

    ``on_paper`` counts, for each group, who answers with its key and gets a paper slip.
    """

    placement: Placement
    tree: Tree
    people: tuple[int, ...]
    launch: rollup.Launch
    on_paper: tuple[int, ...]

    @property
    def answering(self) -> list[int]:
        """The numbers of the groups that have a key, in the order of the tree."""
        return [v for v, people in enumerate(self.launch.invited) if people]

    def spare(self, group: int) -> int:
        """Return how many seats a group has beyond its people: a tenth of them, at least one."""
        people = self.launch.invited[group]
        return max(1, ceil(people / 10)) if people else 0


def plan(placement: Placement, k: int) -> Plan:
    """Roll the placed people up; RefusedError if they are fewer than ``k``."""
    groups = placement.groups
    tree = Tree(tuple(group.id for group in groups), tuple(group.parent for group in groups))
    people = [0] * len(groups)
    for person in placement.people:
        people[person.group] += 1
    launch = rollup.launch(tree, people, k)
    paper = [0] * len(groups)
    for person in placement.people:
        paper[launch.answers_in[person.group]] += person.on_paper
    return Plan(placement, tree, tuple(people), launch, tuple(paper))


def instrument(
    form: str,
    languages: Sequence[str],
    themes: Collection[str] | None,
    audience: Audience,
    asks: Sequence[Ask] = (),
) -> Instrument:
    """Return the wording of a survey; the leader's theme is not asked where nobody may see it.

    ``themes`` are those HR chose, None for the form's own; ``asks`` is what people are asked
    about themselves. Raises WrongUseError for a form, language, theme or attribute that does
    not exist, and for options that make no question.
    """
    if audience is not Audience.OFF:
        return library().instrument(form, languages, themes, asks)
    if themes is None and form in library().forms:
        themes = library().forms[form].themes
    asked = None if themes is None else [theme for theme in themes if theme != LEADER_THEME]
    return library().instrument(form, languages, asked, asks)


def tree_of(
    survey: Survey, plan: Plan, moduli: Sequence[bytes]
) -> tuple[bytes, list[SurveyGroup]]:
    """Return the root over all leaves, and the rows of the pinned tree.

    ``moduli`` are the public keys of ``plan.answering``, in that order.
    """
    groups, launch = plan.placement.groups, plan.launch
    leaves = [
        manifest.leaf(groups[v].id, groups[v].name, launch.invited[v], plan.spare(v), modulus)
        for v, modulus in zip(plan.answering, moduli, strict=True)
    ]
    root, proofs = merkle(leaves)
    told = dict(zip(plan.answering, zip(leaves, proofs, strict=True), strict=True))
    return root, list(_rows(survey, plan, told))


def _rows(
    survey: Survey, plan: Plan, told: dict[int, tuple[bytes, list[str]]]
) -> Iterator[SurveyGroup]:
    groups, launch = plan.placement.groups, plan.launch
    lists = rollup.place_comments(
        plan.tree,
        launch.invited,
        launch.reportable,
        survey.id,
        at_root=launch.invited[0] > 0,
    )
    for v, group in enumerate(groups):
        leaf, proof = told.get(v, (None, None))
        yield SurveyGroup(
            survey_id=survey.id,
            group_id=group.id,
            position=v,
            parent_id=groups[group.parent].id if v else None,
            path=group.path,
            name=group.name,
            people=plan.people[v],
            invited=launch.invited[v],
            on_paper=plan.on_paper[v],
            spare=plan.spare(v),
            reportable=launch.reportable[v],
            answers_in=_id(plan, launch.answers_in[v]),
            comments_in=_id(plan, lists[v]),
            leaf=leaf.decode() if leaf else None,
            proof=proof,
        )


def leads(db: Session, survey: Survey, plan: Plan) -> list[SurveyLead]:
    """Return who leads which of the survey's groups now: what is said about leading is about them."""
    asked = set(plan.tree.ids)
    return [
        SurveyLead(survey_id=survey.id, person_id=row.person_id, group_id=row.group_id)
        for row in db.execute(select(Lead.person_id, Lead.group_id))
        if row.group_id in asked
    ]


def files(survey: Survey) -> list[PinnedFile]:
    """Return the page's scripts, one by one and joined, and its style sheet, as shipped today."""
    return [
        PinnedFile(
            survey_id=survey.id, name=name, digest=hashlib.sha256(body).hexdigest(), body=body
        )
        for name, body in scripts.files().items()
    ]


def previous(db: Session, survey: Survey) -> str | None:
    """Return the id of the last counted survey of the same groups, which changes are told against."""
    return db.scalar(
        select(Survey.id)
        .where(
            Survey.scope_id == survey.scope_id,
            Survey.state.in_((State.COUNTED, State.PUBLISHED)),
        )
        .order_by(Survey.closed_at.desc(), Survey.id)
        .limit(1)
    )


def _id(plan: Plan, number: int) -> str | None:
    return plan.tree.ids[number] if number >= 0 else None
