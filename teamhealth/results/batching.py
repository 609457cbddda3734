"""The box in batches of rows as they come, so that a few are in memory at a time.

A row whose nonce came before is set aside until all others are opened: a nonce counts
once, and the same one does in whatever order batches come back.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from teamhealth.results.charter import Charter
from teamhealth.results.opening import Piece, SealedRow, Sent

ROWS = 500  # 500 envelopes are about 2.2 MB

Boxes = Iterable[tuple[str, Iterable[SealedRow]]]
"""Each group's id with its rows, group by group."""


@dataclass
class Batching:
    """One reading of one box; remembers what it saw.

    ``read`` are the nonce hashes of all rows that came by; ``withdrawn`` counts those
    without an envelope. ``again`` are rows whose nonce came before, one a piece.
    """

    charter: Charter
    read: set[bytes] = field(default_factory=set)
    withdrawn: int = 0
    again: list[Piece] = field(default_factory=list)

    def batches(self, boxes: Boxes) -> Iterator[list[Piece]]:
        """Give all rows that are to be opened, ``ROWS`` at a time; a group may be cut.

        A group that the charter does not know has no key, so that its rows are void.
        """
        issuers = {place.id: (v, place.issuer) for v, place in enumerate(self.charter.groups)}
        batch: list[Piece] = []
        many = 0
        for group, rows in boxes:
            number, issuer = issuers.get(group, (0, None))
            batch.append(Piece(number, group, issuer))
            for row in rows:
                many += self._take(row, batch[-1])
                if many == ROWS:
                    yield batch
                    batch, many = [replace(batch[-1], rows=[])], 0
        if many:
            yield batch

    def _take(self, row: SealedRow, piece: Piece) -> bool:
        """Put a row where it belongs; tell whether that is the piece."""
        nonce_hash = row.nonce_hash
        is_new = nonce_hash not in self.read
        self.read.add(nonce_hash)
        if row.envelope is None:
            self.withdrawn += is_new
            return False
        sent = Sent(nonce_hash, row.nonce, row.signature, row.envelope)
        if is_new:
            piece.rows.append(sent)
        else:
            self.again.append(replace(piece, rows=[sent]))
        return is_new
