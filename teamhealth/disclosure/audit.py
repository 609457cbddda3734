"""An audit by other means: it imports nothing of the roll-up, the plan or the release.

From the finished snapshot alone it derives every block again. That is possible because
a group's figures always cover the blocks below it: a shown group's *ring*, its n less
the n of the nearest shown groups below, is the block released at this very group. So it
needs the tree, k, the responses and, per shown cell, n and a word or five counts; no
membership, no number left out, no reason. With the workings, which exist inside the
count only, it also sees what words hide: their clip and their theme means.
"""

from collections.abc import Iterator

import numpy as np

from teamhealth.disclosure import audit_classes, audit_findings, audit_themes
from teamhealth.disclosure.audit_themes import means
from teamhealth.disclosure.claims import Claims, Evidence, Marks, Numbers
from teamhealth.disclosure.rings import ring

_DISTRIBUTION = 10


def audit(claims: Claims, evidence: Evidence | None = None, *, whole: bool = True) -> list[str]:
    """Return every fault found, in words; empty if there is none.

    ``whole`` says that the claims are all that was published, not one reader's part.
    """
    faults = [*_outside(claims, whole=whole), *audit_classes.outside(claims, whole=whole)]
    faults += audit_findings.outside(claims)
    if evidence is not None:
        faults += _inside(claims, evidence)
        if evidence.keys is not None:
            faults += _launch(claims, evidence.keys)
        faults += audit_classes.inside(claims, evidence)
        faults += audit_findings.inside(claims, evidence)
    return faults


def _outside(claims: Claims, *, whole: bool) -> Iterator[str]:
    ten = max(_DISTRIBUTION, claims.k)
    responses = claims.responses[:, np.newaxis]
    yield from _rings(claims, "responses", responses, claims.k)
    yield from _rings(claims, "item", claims.n, claims.k)
    yield from _rings(claims, "distribution", claims.counts.sum(axis=2), ten)
    yield from _rings(claims, "eNPS", claims.enps.sum(axis=1)[:, np.newaxis], ten)
    open_cells = (claims.n > 0) | claims.full | (claims.enps.sum(axis=1) > 0)[:, np.newaxis]
    yield from _told(claims, "shows a cell but no responses", open_cells & (responses == 0))
    yield from _told(claims, "shows counts but no n", claims.full & (claims.n == 0))
    if whole:
        expected = _whole_blocks(claims, ten)
        wrong = claims.full & (claims.counts.sum(axis=2) != expected)
        yield from _told(claims, "does not count whole blocks", wrong)
        yield from _lists(claims)
    yield from _told(
        claims, "can be shown to be unfavourable to the last", _harsh(claims, claims.counts)
    )
    enps = claims.enps[:, np.newaxis, :]
    own = ring(claims.parent, enps)
    bad = (own < 0).any(axis=2) | (own[..., 0] > np.maximum(own.sum(axis=2) - 2, 0))
    yield from _told(claims, "has detractors to the last", bad)
    shown, full, told = (claims.n > 0).tolist(), claims.full.tolist(), means(claims.counts)
    for theme in claims.themes:
        v = theme.group
        cells = [(shown[v][j], full[v][j], told[v][j]) for j in theme.items]
        for fault in audit_themes.outside(theme, cells):
            yield f"{claims.names[v]}: {theme.theme} {fault}"


def _inside(claims: Claims, evidence: Evidence) -> Iterator[str]:
    size = evidence.fine.sum(axis=2)
    yield from _rings(claims, "block", size, claims.k)
    yield from _told(claims, "says another n than it covers", size != claims.n)
    yield from _told(
        claims, "hides an unfavourable block behind a word", _harsh(claims, evidence.fine)
    )
    wrong = claims.full & (evidence.ten != claims.counts).any(axis=2)
    yield from _told(claims, "shows other counts than were counted", wrong)
    liked = evidence.fine[..., 3] + evidence.fine[..., 4]
    wordy = (claims.n > 0) & ~claims.full
    yield from _told(claims, "says another word", wordy & (_word(liked, size) != claims.words))
    fine, ten = means(evidence.fine), means(evidence.ten)
    for theme in claims.themes:
        if not audit_themes.counted(theme, (ten if theme.full else fine)[theme.group]):
            yield f"{claims.names[theme.group]}: {theme.theme} is not the mean of what was counted"


def _launch(claims: Claims, keys: Marks) -> Iterator[str]:
    """Check what was decided at launch: k people a key, and no group stood for by a part of it."""
    people = claims.invited.copy()
    for v in range(1, len(people)):
        people[claims.parent[v]] -= claims.invited[v]
    loose, inside = people.copy(), np.zeros_like(people)
    for v in range(len(people) - 1, -1, -1):
        if keys[v]:
            if v and loose[v] < claims.k:
                yield f"{claims.names[v]} has a key for {loose[v]} people"
            inside[v] += loose[v]
            loose[v] = 0
        if v:
            loose[claims.parent[v]] += loose[v]
            inside[claims.parent[v]] += inside[v]
    above = claims.invited - inside
    wrong = (claims.responses > 0) & ((inside < claims.k) | (3 * above > claims.invited))
    yield from _told(
        claims, "is shown, though too many answered further up", wrong[:, np.newaxis]
    )


def _lists(claims: Claims) -> Iterator[str]:
    """Check that every list of comments stands for ten people and lies in a shown group."""
    own = ring(claims.parent, claims.responses[:, np.newaxis, np.newaxis])[:, 0, 0]
    lists = np.array(claims.lists)
    people = np.zeros_like(own)
    np.add.at(people, lists[lists >= 0], own[lists >= 0])
    for v in sorted(set(claims.lists) - {-1}):
        if people[v] < _DISTRIBUTION or not claims.responses[v]:
            yield f"{claims.names[v]} lists comments of {people[v]} people only"


def _rings(claims: Claims, what: str, n: Numbers, least: int) -> Iterator[str]:
    own = ring(claims.parent, n[:, :, np.newaxis])[..., 0]
    small = (n > 0) & ((n < least) | (own < 0) | ((own > 0) & (own < least)))
    for v, column in np.argwhere(small).tolist():
        place = f" {claims.items[column]}" if n.shape[1] == len(claims.items) else ""
        yield (
            f"{claims.names[v]}: {what}{place} covers {n[v, column]}, "
            f"{own[v, column]} beyond the groups below; {least} are needed"
        )


def _told(claims: Claims, what: str, wrong: Marks) -> Iterator[str]:
    for v, column in np.argwhere(wrong).tolist():
        place = f": {claims.items[column]}" if wrong.shape[1] == len(claims.items) else ""
        yield f"{claims.names[v]}{place} {what}"


def _whole_blocks(claims: Claims, ten: int) -> Numbers:
    """Work out what each distribution covers if it is made of whole blocks of the cells' n."""
    loose = ring(claims.parent, claims.n[:, :, np.newaxis])[..., 0]
    covered = np.zeros_like(loose)
    for v in range(len(claims.names) - 1, -1, -1):
        taken = np.where(claims.full[v] & (loose[v] >= ten), loose[v], 0)
        covered[v] += taken
        if v:
            loose[claims.parent[v]] += loose[v] - taken
            covered[claims.parent[v]] += covered[v]
    return covered


def _harsh(claims: Claims, counts: Numbers) -> Marks:
    own = ring(claims.parent, counts)
    unfavourable = own[..., 0] + own[..., 1]
    worst: Marks = (own < 0).any(axis=2) | (unfavourable > np.maximum(own.sum(axis=2) - 2, 0))
    return worst


def _word(liked: Numbers, n: Numbers) -> Numbers:
    """Say the favourable share again, by thirds of the way rather than by the release's table."""
    middle = np.where(liked * 5 > n * 3, 1, np.where(liked * 5 >= n * 2, 2, 3))
    return np.where(n - liked <= 1, 0, np.where(liked <= 1, 4, middle))
