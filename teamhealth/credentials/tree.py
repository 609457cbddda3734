"""The Merkle tree over a survey's answering groups (RFC 6962), and a leaf's path to its root.

Promise: everybody who accepts the manifest's root has the same groups, sizes and keys;
nobody can be given a group of one with a key of its own. Twin in the browser: check.js.
"""

import hashlib
from collections.abc import Sequence

from teamhealth.credentials.codes import b64, unb64

_LONGEST_PATH = 32


def merkle(leaves: Sequence[bytes]) -> tuple[bytes, list[list[str]]]:
    """Return the root of some leaves, and the path of each in their order.

    A path names the neighbour at each fork on the way up: ``L`` or ``R`` for its side
    and its hash as base64url. Raises ValueError if there is no leaf.
    """
    if not leaves:
        raise ValueError("a tree needs a leaf")
    if len(leaves) == 1:
        return _leaf_hash(leaves[0]), [[]]
    half = 1 << (len(leaves) - 1).bit_length() - 1  # the largest power of two below n
    left, lefts = merkle(leaves[:half])
    right, rights = merkle(leaves[half:])
    to_right, to_left = "R" + b64(right), "L" + b64(left)
    paths = [[*path, to_right] for path in lefts] + [[*path, to_left] for path in rights]
    return _node_hash(left, right), paths


def check_leaf(leaf: bytes, path: Sequence[str], root: bytes) -> None:
    """Check that a leaf, hashed as received, is in the tree; ValueError if it is not."""
    if len(path) > _LONGEST_PATH:
        raise ValueError("the path is too long")
    found = _leaf_hash(leaf)
    for step in path:
        side, other = step[:1], unb64(step[1:], 32)
        if side not in ("L", "R"):
            raise ValueError("the path is none")
        found = _node_hash(other, found) if side == "L" else _node_hash(found, other)
    if found != root:
        raise ValueError("this group is not part of the published survey")


def _leaf_hash(leaf: bytes) -> bytes:
    return hashlib.sha256(b"\0" + leaf).digest()


def _node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()
