"""Boxes full of real envelopes and signatures, and what the count needs to know of them.

A few signing keys serve all groups: making thousands would take minutes and change
nothing here. Everybody also tells two things of themselves, which a form without
cross-cuts does not ask and the count then ignores.
"""

import hashlib
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from random import Random

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from organisations import organisation

from teamhealth.cells.model import SurveyFacts
from teamhealth.credentials import binding, blindsign, envelopes
from teamhealth.disclosure.rollup import Launch, launch
from teamhealth.disclosure.tree import Tree
from teamhealth.instruments.model import Attribute, Instrument, Kind, Question, Theme
from teamhealth.results.charter import Charter, Place
from teamhealth.results.count import Sealed

THEMES, ITEMS, ISSUERS, SHARDS = 12, 36, 16, 8
ATTRIBUTES = {"tenure": 5, "site": 8}
"""What people tell of themselves, with the number of options; the first goes in steps."""

MIX = [3, 9, 17, 45, 26]
ROW = 32 + 256 + envelopes.ENVELOPE_SIZE


def instrument(*, crossed: bool = False) -> Instrument:
    """Make the full form: twelve themes of three items, eNPS, engagement, one open question."""
    names = [tuple(f"theme_{t}_{i}" for i in range(3)) for t in range(THEMES)]
    items = [
        Question(i, Kind.AGREE, {}, theme=f"theme_{t}")
        for t, mine in enumerate(names)
        for i in mine
    ]
    rest = [
        Question("enps", Kind.RECOMMEND, {}),
        Question("engagement", Kind.AGREE, {}),
        Question("comment", Kind.OPEN, {}),
    ]
    themes = tuple(Theme(f"theme_{t}", {}, mine) for t, mine in enumerate(names))
    told = tuple(
        Attribute(name, {}, ({},) * many, ordered=name == "tenure")
        for name, many in ATTRIBUTES.items()
    )
    asked = told if crossed else ()
    return Instrument("full", ("en",), themes, (*items, *rest), {}, attributes=asked)


@dataclass(frozen=True)
class Firm:
    """A tree of groups with the people of each, and who answers where."""

    tree: Tree
    people: list[int]
    launched: Launch

    def seats(self) -> list[int]:
        """Return the answering group of everybody."""
        return [v for v, n in enumerate(self.launched.invited) for _ in range(n)]


def firm(groups: int, responses: int) -> Firm:
    """Make a firm of so many groups, 13 people each or as many more as are needed to answer."""
    paths, parents, few = organisation(groups)
    tree = Tree(tuple(f"g{v}" for v in range(len(paths))), tuple(parents))
    people = [n * 3 // 2 for n in few]
    while len(Firm(tree, people, launch(tree, people, 5)).seats()) < responses:
        people = [2 * n for n in people]
    return Firm(tree, people, launch(tree, people, 5))


def prepare(folder: Path, responses: int, groups: int) -> None:
    """Write keys and rows; people answer at the same rate everywhere."""
    der, pkcs8 = Encoding.DER, PrivateFormat.PKCS8
    box = ec.generate_private_key(ec.SECP256R1())
    (folder / "box").write_bytes(box.private_bytes(der, pkcs8, NoEncryption()))
    for n in range(ISSUERS):
        key = blindsign.generate().private_bytes(der, pkcs8, NoEncryption())
        (folder / f"issuer{n}").write_bytes(key)
    made = firm(groups, responses)
    answering = sorted(Random(3).sample(made.seats(), responses))  # noqa: S311
    (folder / "order").write_text(json.dumps(answering))
    size = -(-responses // SHARDS)
    shards = [answering[at * size : (at + 1) * size] for at in range(SHARDS)]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_write, range(SHARDS), [folder] * SHARDS, shards))


def box_of(folder: Path) -> ec.EllipticCurvePrivateKey:
    """Return the key of the box."""
    box = load_der_private_key((folder / "box").read_bytes(), None)
    if not isinstance(box, ec.EllipticCurvePrivateKey):
        raise TypeError("not a box key")
    return box


def boxes(folder: Path, share: int) -> Iterator[tuple[str, Iterator[Sealed]]]:
    """Read every ``share``-th row back, group by group, as from a database."""
    for v, rows in groupby(_rows(folder, share), key=lambda row: row[0]):
        yield f"g{v}", (sealed for _, sealed in rows)


def charter(folder: Path, groups: int, responses: int, *, crossed: bool) -> Charter:
    """Return what the count must know."""
    made = firm(groups, responses)
    tree, launched = made.tree, made.launched
    below = tree.totals(made.people).tolist()
    moduli = [blindsign.modulus(key) for key in _issuers(folder)]
    places = tuple(
        Place(
            name, tree.ids[tree.parent[v]] if v else None, name, name, below[v],
            launched.reportable[v], moduli[v % ISSUERS] if launched.invited[v] else None,
        )
        for v, name in enumerate(tree.ids)
    )  # fmt: skip
    facts = SurveyFacts(
        "bench", "", "", "2026-01-01", "2026-01-15", 5, ("en",), "", "", "leader", None
    )
    return Charter(facts, instrument(crossed=crossed), places, None, "bench")


def _issuers(folder: Path) -> list[rsa.RSAPrivateKey]:
    keys = (
        load_der_private_key((folder / f"issuer{n}").read_bytes(), None) for n in range(ISSUERS)
    )
    return [key for key in keys if isinstance(key, rsa.RSAPrivateKey)]


def _write(shard: int, folder: Path, answering: list[int]) -> None:
    """Seal one shard: a file of rows, one after another, in the order of ``answering``."""
    rng = Random(shard)  # noqa: S311
    public = box_of(folder).public_key()
    point = public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    issuers = _issuers(folder)
    with (folder / f"rows{shard}").open("wb") as file:
        for v in answering:
            nonce = rng.randbytes(32)
            nonce_hash = hashlib.sha256(nonce).digest()
            label = binding.label(nonce_hash, "bench", f"g{v}")
            signed = blindsign.sign(issuers[v % ISSUERS], binding.slip(nonce, "bench", f"g{v}"))
            file.write(nonce + signed + envelopes.seal(_letter(rng, nonce_hash), point, label))


def _letter(rng: Random, reply_hash: bytes) -> bytes:
    answers = {
        q.id: rng.choices(range(1, 6), MIX)[0]
        for q in instrument().questions
        if q.kind is Kind.AGREE and rng.random() > 0.03
    }
    answers["enps"] = rng.randrange(11)
    told = {name: rng.randrange(many + 1) for name, many in ATTRIBUTES.items()}
    answers |= {name: value for name, value in told.items() if value}
    comments = {"comment": f"Comment {rng.random()}"} if rng.random() < 0.25 else {}
    return envelopes.letter(answers, comments, reply_hash)


def _rows(folder: Path, share: int) -> Iterator[tuple[int, Sealed]]:
    order = iter(json.loads((folder / "order").read_text()))
    at = 0
    for shard in range(SHARDS):
        with (folder / f"rows{shard}").open("rb") as file:
            while row := file.read(ROW):
                v = next(order)
                at += 1
                if at % share == 0:
                    yield v, Sealed(row[:32], row[32:288], row[288:])
