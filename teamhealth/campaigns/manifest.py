"""The manifest: one public text that pins a survey, the same for everybody (docs/protocol.md).

Promise: wording, k, latest close, box key, every script and every group's key and size are
under one fingerprint, which stands in every invitation.
"""

from collections.abc import Mapping

from teamhealth.campaigns.models import Survey
from teamhealth.cells.canonical import canonical
from teamhealth.credentials.codes import b64

VERSION = 1


def leaf(group: str, label: str, size: int, spare: int, modulus: bytes) -> bytes:
    """Return the text about one answering group.

    ``label`` is the group's name as people read it, ``size`` the number of people its key
    (``modulus``, 256 bytes) stands for, ``spare`` the seats beyond them.
    """
    return canonical(
        {"g": group, "key": b64(modulus), "label": label, "size": size, "spare": spare}
    )


def build(
    survey: Survey,
    *,
    root: bytes,
    groups: int,
    headcount: int,
    spare: int,
    box: bytes,
    scripts: Mapping[str, str],
) -> bytes:
    """Return the manifest's bytes.

    ``root`` is that of the tree over ``groups`` leaves, ``headcount`` the people invited,
    ``spare`` the seats beyond them, ``box`` the public point of the box key, ``scripts`` file name → SHA-256 in hex.
    Where a trustee holds the other half of the box key, its name and signing key are in it.
    """
    trustee = (
        {"name": survey.trustee["name"], "sign": survey.trustee["sign"]}
        if survey.trustee
        else None
    )
    return canonical(
        {
            **({"trustee": trustee} if trustee else {}),
            "v": VERSION,
            "survey": survey.id,
            "instrument": survey.instrument_digest,
            "k": survey.k,
            "languages": survey.languages,
            "closes_latest": f"{survey.closes_latest:%Y-%m-%d}",
            "headcount": headcount,
            "spare": spare,
            "groups": groups,
            "leader_theme": survey.leader_theme.value,
            "root": b64(root),
            "box": b64(box),
            "scripts": dict(scripts),
        }
    )
