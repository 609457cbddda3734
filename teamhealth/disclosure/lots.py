"""The last tie-break: a draw that depends on the survey and the group's id alone.

No group draws the short straw twice but by chance, and anybody can repeat the draw.
"""

from hashlib import sha256

from teamhealth.disclosure.tree import Tree


def lots(survey: str, tree: Tree) -> list[int]:
    """Return the first 48 bits of SHA-256(survey | group) per group, as a number."""
    return [
        int.from_bytes(sha256(f"{survey}|{name}".encode()).digest()[:6]) for name in tree.ids
    ]
