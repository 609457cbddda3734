"""The sample's letters as links: two to begin with, and a list for a handful of people who try it out.

Promise: the list says nothing about who has answered, but for those who did while the
sample was made.
"""

from collections.abc import Iterator
from pathlib import Path

from teamhealth.campaigns import lookup
from teamhealth.campaigns.models import State
from teamhealth.cli.demo import people, sample
from teamhealth.cli.demo.sample import Sample
from teamhealth.credentials import links
from teamhealth.credentials.codes import to_code
from teamhealth.credentials.links import Link
from teamhealth.errors import NotFoundError


def two(home: Path, found: Sample) -> tuple[str, str]:
    """Return the link of somebody in the team of nine and of an Arabic speaker; neither has answered."""
    everybody = {person.email: person for person in people.employees()}
    with sample.opened(home, found.base_url) as installation:
        late = sample.late_links(installation, found.survey)
    told = []
    for path in (people.SEVEN_OF_NINE, people.CAIRO):
        who = next(who for who in late if everybody[who].group == path)
        told.append(_address(found, found.survey, late[who], everybody[who].language))
    return told[0], told[1]


def lines(home: Path, base_url: str) -> Iterator[str]:
    """Say group, name and link of everybody with a letter, for each open survey of the sample.

    Raises NotFoundError if no sample of this address lives in ``home``, or none of its
    surveys is open.
    """
    found = sample.find(home, base_url)
    if found is None:
        raise NotFoundError(
            f"No sample for {base_url} is in {home}. Start the demo first, with the same --port and --lan."
        )
    with sample.opened(home, base_url) as installation:
        with installation.database.read() as db:
            open_now = [one.id for one in lookup.surveys(db) if one.state is State.OPEN]
        if not open_now:
            raise NotFoundError(
                "No survey of the sample is open now, so there is no link to use."
            )
        for survey in open_now:
            first = survey == found.survey
            yield f"Survey {survey}{', whoever did not answer while the sample was made' if first else ''}:"
            find = sample.late_links if first else sample.open_links
            yield from _of(found, survey, find(installation, survey))


def _of(found: Sample, survey: str, late: dict[str, Link]) -> Iterator[str]:
    for person in people.employees():
        if person.email in late:
            group = person.group.rpartition("/")[2]
            address = _address(found, survey, late[person.email], person.language)
            yield f"  {group:20} {person.name:20} {address}"


def _address(found: Sample, survey: str, link: Link, language: str) -> str:
    return links.link(
        found.base_url,
        survey,
        link.token,
        language="" if language == "en" else language,
        fingerprint=to_code(link.fingerprint) if link.fingerprint else "",
    )
