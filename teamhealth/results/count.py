"""The count: from sealed rows to a snapshot and detached comments. Pure.

Plain answers exist in the memory of this call only, and of processes that it starts and ends.
The worker runs it at the close, and a trustee runs the very same function on a machine of
their own. Same rows, same charter: same snapshot, byte by byte, in whatever order the rows
come and however many processes open them; only the order of comments is left to ``shuffle``.
"""

import gc
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import numpy as np
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from teamhealth.cells.model import Snapshot
from teamhealth.disclosure import blocks, planning, release, rollup
from teamhealth.disclosure.audit import audit
from teamhealth.disclosure.claims import Evidence
from teamhealth.disclosure.guards import clip
from teamhealth.errors import AuditFailedError
from teamhealth.results import crossing, driving, fanning, scales, sheets, tallying
from teamhealth.results.assembling import Shown, assemble
from teamhealth.results.auditing import behind, claims_of
from teamhealth.results.batching import Batching, Boxes
from teamhealth.results.charter import Charter
from teamhealth.results.history import with_history
from teamhealth.results.opening import Opener, Sealed, Total
from teamhealth.results.statistics import with_statistics
from teamhealth.results.tallying import Tally, Written

__all__ = ["Count", "CountedComment", "Sealed", "count", "decide", "tally_for"]

Shuffle = Callable[[list[Written]], None]


@dataclass(frozen=True, slots=True)
class CountedComment:
    """One comment where it is listed: the group's id, the question, the text, the reply hash."""

    group: str
    question: str
    body: str
    reply_hash: bytes


@dataclass(frozen=True, slots=True)
class Count:
    """What is left of a box.

    ``nonce_hashes`` are those of all counted responses, sorted; ``rows`` those of every
    row that was read, void and withdrawn ones too: exactly these are to be deleted.
    """

    snapshot: Snapshot
    comments: tuple[CountedComment, ...]
    nonce_hashes: tuple[bytes, ...]
    rows: tuple[bytes, ...]


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Keep Python from looking for circles of objects: none are made here, and looking is a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_collector_at_rest()
def count(
    boxes: Boxes,
    box: EllipticCurvePrivateKey,
    charter: Charter,
    *,
    shuffle: Shuffle,
    processes: int = 1,
) -> Count:
    """Open, tally, decide, audit.

    ``boxes`` gives each group's id with its rows, group by group; rows of a group that
    the charter does not know are void. ``shuffle`` puts a list into random order in
    place; it should come from the system's randomness. Two thousand rows and more are
    opened in so many ``processes``; what comes out is the same.

    Raises AuditFailedError if the finished snapshot has any fault, CountStoppedError if
    a process dies; nothing is returned.
    """
    form = sheets.form_of(charter.instrument, charter.tree)
    tally = tally_for(charter, form)
    opener = Opener(charter.survey.id, box, form, tally.moments.scoring)
    batching, total = Batching(charter), Total(tally)
    with closing(fanning.opened(batching.batches(boxes), opener, processes)) as opened:
        for some in opened:
            total.add(some)
    for piece in batching.again:
        if piece.rows[0].nonce_hash not in total.counted:
            total.add(opener.open([piece]))
    snapshot, comments = decide(
        charter, tally, void=total.void, withdrawn=batching.withdrawn, shuffle=shuffle
    )
    return Count(snapshot, comments, tuple(sorted(total.counted)), tuple(sorted(batching.read)))


def tally_for(charter: Charter, form: sheets.Form) -> Tally:
    """Return an empty tally for the charter's tree and instrument."""
    return tallying.empty(len(charter.groups), form, driving.scoring_of(charter, form))


def decide(
    charter: Charter, tally: Tally, *, void: int, withdrawn: int = 0, shuffle: Shuffle
) -> tuple[Snapshot, tuple[CountedComment, ...]]:
    """Decide what may be shown of a tally, compute it, and have it audited with the workings.

    Raises AuditFailedError.
    """
    tree, k = charter.tree, charter.survey.k
    plan = planning.plan(
        tree,
        charter.survey.id,
        sheets=tally.sheets,
        answered=tally.answered(),
        themes=tally.themes,
        k=k,
        reportable=[place.reportable for place in charter.groups],
    )
    enps = release.release_enps(tree, tally.scores, plan, len(tally.form.items))
    items = plan.of_items(len(tally.form.items))
    raw = release.gather(tree, tally.counts, items.fine.block)
    crossed = crossing.cross(charter, tally, items, raw, clip(raw))
    workings = release.add_up(tree, crossed.blocks, items)
    lists = _lists(charter, plan)
    covered = blocks.homes(tree, items.fine.block) >= 0
    shown = Shown(
        items=tally.form.items,
        release=release.release(items, workings, tally.themes),
        enps=enps,
        lists=lists,
        themes=scales.theme_facts(charter, tally, covered),
        drivers=driving.find(charter, tally, covered),
        classes=crossed.released,
        scopes=tally.form.scopes,
    )
    snapshot = assemble(charter, shown, void=void, withdrawn=withdrawn)
    snapshot = with_statistics(with_history(snapshot, charter.previous), charter.previous)
    keys = np.array([place.issuer is not None for place in charter.groups])
    evidence = Evidence(
        workings.fine,
        workings.ten,
        keys,
        crossed.people,
        crossed.counts,
        behind(snapshot, tally.moments),
    )
    _require_sound(snapshot, evidence)
    return snapshot, _listed(charter, tally, lists, shuffle)


def _lists(charter: Charter, plan: planning.Plan) -> tuple[int, ...]:
    """Return, per group, the one that lists the comments of its people, −1 for none."""
    return rollup.place_comments(
        charter.tree,
        plan.sheets.block[:, 0].tolist(),
        plan.sheets.shown[:, 0].tolist(),
        charter.survey.id,
        at_root=charter.groups[0].issuer is not None,
    )


def _require_sound(snapshot: Snapshot, evidence: Evidence) -> None:
    faults = audit(claims_of(snapshot), evidence)
    if faults:
        raise AuditFailedError(
            f"The independent audit found {len(faults)} faults in the finished snapshot of survey "
            f"{snapshot.survey.id}. Nothing was stored; the sealed responses are still there, and "
            "a corrected version can count them again."
        )


def _listed(
    charter: Charter, tally: Tally, lists: tuple[int, ...], shuffle: Shuffle
) -> tuple[CountedComment, ...]:
    """Shuffle the comments of each question and put them where they are listed."""
    found = []
    for question in tally.form.open:
        written = [w for w in tally.comments if w.question == question]
        shuffle(written)
        found += [
            CountedComment(charter.groups[lists[w.group]].id, question, w.body, w.reply_hash)
            for w in written
            if lists[w.group] >= 0
        ]
    return tuple(sorted(found, key=lambda comment: comment.group))
