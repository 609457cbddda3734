"""Whether a signed result can have come out of the box that lies here, by everything that can be seen without opening it."""

from collections import Counter
from collections.abc import Iterable, Mapping

from teamhealth.cells.model import Snapshot
from teamhealth.errors import RefusedError
from teamhealth.results import sheets
from teamhealth.results.auditing import audit_snapshot
from teamhealth.results.charter import Charter
from teamhealth.results.counted_list import length
from teamhealth.results.sheets import Form
from teamhealth.trustee.checking import mark_of
from teamhealth.trustee.outcomes import Outcome


def require_true(
    outcome: Outcome, charter: Charter, rows: Mapping[bytes, str], issued: Mapping[str, int]
) -> None:
    """Refuse a result that is not of exactly these rows and exactly what was pinned, or is not sound.

    ``rows`` gives the group of each row by nonce hash, ``issued`` the stamps given per
    group. Raises RefusedError with the first thing that is wrong.
    """
    form = sheets.form_of(charter.instrument, charter.tree)
    for why in _faults(outcome, charter, form, rows, issued):
        raise RefusedError(
            f"This result was not taken: {why}. Nothing was stored, and the right one can still be "
            "uploaded until the waiting ends."
        )


def _faults(
    outcome: Outcome,
    charter: Charter,
    form: Form,
    rows: Mapping[bytes, str],
    issued: Mapping[str, int],
) -> Iterable[str]:
    snapshot = outcome.snapshot
    if outcome.rows != mark_of(rows):
        yield "it is not of exactly the answers that lie here"
    if any(number > issued.get(group, 0) for group, number in Counter(rows.values()).items()):
        yield "a group has more answers here than stamps were given"
    if snapshot.survey != charter.survey or not _same_form(snapshot, charter, form):
        yield "dates, settings or questions are not the pinned ones"
    if not _same_groups(snapshot, charter):
        yield "its groups are not the pinned ones"
    if not _listed_well(outcome, rows):
        yield "its list of counted answers does not fit the result"
    if not _said_well(outcome, form, len(rows)):
        yield "a comment stands where none can"
    if audit_snapshot(snapshot):
        yield "the independent audit objects: showing it could put anonymity at risk"


def _same_form(snapshot: Snapshot, charter: Charter, form: Form) -> bool:
    themes = tuple((theme.id, theme.items) for theme in charter.instrument.themes)
    told = tuple((theme.id, theme.items) for theme in snapshot.themes)
    return told == themes and snapshot.extra == form.items[sum(len(i) for _, i in themes) :]


def _same_groups(snapshot: Snapshot, charter: Charter) -> bool:
    told = [(g.id, g.parent, g.path, g.name, g.invited) for g in snapshot.groups]
    return told == [(p.id, p.parent, p.path, p.name, p.invited) for p in charter.groups]


def _listed_well(outcome: Outcome, rows: Mapping[bytes, str]) -> bool:
    """Tell whether the list has its one length and order, and enough of it lies here.

    Which of its entries are random only the trustee knows.
    """
    listed, shown = list(outcome.counted), outcome.snapshot.root.responses or 0
    ours = sum(one in rows for one in listed)
    return (
        listed == sorted(set(listed))
        and len(listed) == length(outcome.snapshot)
        and ours >= shown
        and ours + outcome.snapshot.void <= len(rows)
    )


def _said_well(outcome: Outcome, form: Form, rows: int) -> bool:
    lists = {group.comments_in for group in outcome.snapshot.groups} - {None}
    each = Counter(comment.question for comment in outcome.comments)
    return all(number <= rows for number in each.values()) and all(
        comment.group in lists
        and comment.question in form.open
        and comment.body
        and sheets.clean(comment.body) == comment.body
        for comment in outcome.comments
    )
