"""Who is included in a survey's figures, after its close: group by group, and survey by survey.

Promise: only what the snapshot tells, so of a group without a result no number at all; of
nobody whether they answered.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from flask import request

from teamhealth.cells.findings import Response
from teamhealth.cells.model import GroupResult
from teamhealth.outlets import waves
from teamhealth.outlets.branches import Page
from teamhealth.web.desk.current import access
from teamhealth.web.desk.group_lists import at_group, page_of
from teamhealth.web.desk.reading import earlier, result
from teamhealth.web.desk.speaking import render
from teamhealth.web.wiring import wired


@dataclass(frozen=True, slots=True)
class Heard:
    """A group or a survey: its ``responses`` of ``invited``, and their share in per cent; None where hidden."""

    responses: int
    invited: int

    @property
    def share(self) -> float:
        """How many of those who were asked are in the figures, in per cent."""
        return 100 * self.responses / self.invited if self.invited else 0.0


def answered(survey_id: str) -> str:
    """Show how many are in the figures."""
    with wired().database.read() as db:
        found = result(db, access(), survey_id)
        top = at_group(found)
        before = earlier(db, access(), found, top.id)
    page = page_of(found)
    told = [one.response for one in found.tree.parts if one.responses is not None]
    return render(
        "desk/results/answered.html",
        result=found,
        top=top,
        here=_heard(top),
        page=page,
        at=request.args.get("in", ""),
        rows=_rows(page),
        with_result=len(told),
        without=len(found.tree.parts) - len(told),
        by_response=_by_response(told),
        held=[
            (wave.snapshot.survey.title, _heard(wave.group) if wave.group else None)
            for wave in waves.waves(found.seen, before, top.id)
        ],
    )


def _heard(group: GroupResult) -> Heard | None:
    return None if group.responses is None else Heard(group.responses, group.invited)


def _rows(page: Page) -> dict[str, Heard | None]:
    return {row.group.id: _heard(row.group) for row in page.rows}


def _by_response(told: Iterable[Response | None]) -> list[tuple[str, int]]:
    """Return how many groups were heard how well, from most heard to least."""
    many = Counter(told)
    return [(response.value, many[response]) for response in Response if many[response]]
