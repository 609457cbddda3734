"""Everything that can be printed of a survey, by kind and group: one list of it, and one way to print each.

A batch is this list, printed one by one. Whoever prints says for whom (``Material.viewer``);
what they may not see is on no page of any kind.
"""

import enum
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from teamhealth.cells.audience import HR, Viewer
from teamhealth.cells.model import Snapshot
from teamhealth.i18n.messages import WRITTEN
from teamhealth.instruments.library import Library
from teamhealth.instruments.model import Instrument
from teamhealth.outlets import handouts, pdf
from teamhealth.outlets.naming import stems
from teamhealth.outlets.print_team import Said
from teamhealth.outlets.sections import Section


class Kind(enum.StrEnum):
    """A kind of PDF, each for other readers."""

    TEAM = "team"
    """For who leads the group."""
    BRANCH = "branch"
    """For a director: the group, and all groups below it."""
    ORGANISATION = "organisation"
    """For HR and the board: all groups."""
    SLIDES = "slides"
    """To show to the team."""
    SUMMARY = "summary"
    """One page for everybody who was asked."""
    TALK = "talk"
    """A talk without numbers, for a group that has no result of its own."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One PDF. ``stem`` is what its file is called before the kind, different for every group."""

    kind: Kind
    group: str
    stem: str

    @property
    def file_name(self) -> str:
        """Such as ``operations-warehouse-north-team.pdf``; no two of a survey are alike."""
        return f"{self.stem}-{self.kind}.pdf"


def _none(_group: str) -> Sequence[Said]:
    return ()


@dataclass(frozen=True, slots=True)
class Material:
    """What all PDFs of a survey are made from; the same for each, so that it is read once.

    ``instrument`` is the one pinned to the survey, ``library`` is in ``language``. ``earlier``
    are the surveys before that the reader may see, the newest first; ``comments`` gives those
    that a group lists, in their stored order. ``mark`` is the snapshot's. ``published`` is the
    day on which the results were, None if they are not yet: talks should be held within two
    weeks of it, or of the close. ``above`` says that who leads a group without a result may read
    the summary of the group in which it is counted, as all its people may one day. ``leave_out``
    are the sections that reports on groups do without.
    """

    snapshot: Snapshot
    instrument: Instrument
    library: Library
    viewer: Viewer = HR
    earlier: Sequence[Snapshot] = ()
    comments: Callable[[str], Sequence[Said]] = _none
    mark: str = ""
    language: str = WRITTEN
    published: date | None = None
    above: bool = True
    leave_out: frozenset[Section] = frozenset()


def wanted(snapshot: Snapshot) -> tuple[Wanted, ...]:
    """Return everything that can be printed for HR, in the order of the tree.

    First the organisation's report and summary, if it has a result; then, group by group, its
    report, its branch where there are groups below, and its slides, or else its talk.
    """
    root = snapshot.root
    names = stems(group.path for group in snapshot.groups)
    above = {group.parent for group in snapshot.groups}
    found: list[Wanted] = []
    for group in snapshot.groups:
        if group.responses is None:
            kinds = [Kind.TALK]
        elif group is root:
            kinds = [Kind.ORGANISATION, Kind.SUMMARY, Kind.TEAM, Kind.SLIDES]
        elif group.id in above:
            kinds = [Kind.TEAM, Kind.BRANCH, Kind.SLIDES]
        else:
            kinds = [Kind.TEAM, Kind.SLIDES]
        found += (Wanted(kind, group.id, names[group.path]) for kind in kinds)
    return tuple(found)


def only(kind: Kind, group_id: str, snapshot: Snapshot) -> Wanted:
    """Return one PDF by its kind and group, with the name it has in a batch.

    Raises KeyError for a group that the survey does not have.
    """
    names = stems(group.path for group in snapshot.groups)
    return Wanted(kind, group_id, names[snapshot.group(group_id).path])


def printed(one: Wanted, material: Material) -> bytes:
    """Return one PDF.

    Raises NotFoundError for a group that the survey does not have, RefusedError where it has
    no such PDF: no result, or a talk without numbers though there are some.
    """
    return _PRINTS[one.kind](one.group, material)


def _team(group: str, m: Material) -> bytes:
    return pdf.team_report(
        m.snapshot,
        group,
        m.instrument,
        m.library,
        viewer=m.viewer,
        earlier=m.earlier,
        comments=m.comments(group),
        mark=m.mark,
        language=m.language,
        leave_out=m.leave_out,
    )


def _branch(group: str | None, m: Material) -> bytes:
    return pdf.organisation_report(
        m.snapshot,
        m.instrument,
        m.library,
        group_id=group,
        viewer=m.viewer,
        earlier=m.earlier,
        mark=m.mark,
        language=m.language,
    )


def _organisation(_group: str, m: Material) -> bytes:
    return _branch(None, m)


def _slides(group: str, m: Material) -> bytes:
    return handouts.slides(
        m.snapshot, group, m.instrument, m.library, earlier=m.earlier, language=m.language
    )


def _summary(group: str, m: Material) -> bytes:
    return handouts.summary(
        m.snapshot,
        group,
        m.instrument,
        m.library,
        earlier=m.earlier,
        published=m.published,
        language=m.language,
    )


def _talk(group: str, m: Material) -> bytes:
    return handouts.talk_guide(
        m.snapshot, group, m.instrument, m.library, above=m.above, language=m.language
    )


_PRINTS: dict[Kind, Callable[[str, Material], bytes]] = {
    Kind.TEAM: _team,
    Kind.BRANCH: _branch,
    Kind.ORGANISATION: _organisation,
    Kind.SLIDES: _slides,
    Kind.SUMMARY: _summary,
    Kind.TALK: _talk,
}
