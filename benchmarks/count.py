"""The whole count of a large survey: python benchmarks/count.py [responses] [groups].

Budget (100 000 responses, 36 items, 10 000 groups): 30 s on two cores and 600 MB.
Prepares real envelopes and signatures (a few signing keys serve all groups: making
thousands would take minutes and change nothing here), then counts them in a process of
its own that reads them from a file, as the worker reads them from the database.
"""

import hashlib
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import groupby
from pathlib import Path
from random import Random

from budgets import finish, held, noted
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
)
from organisations import organisation

from teamhealth.cells.canonical import canonical
from teamhealth.cells.model import SurveyFacts
from teamhealth.cells.plain import to_plain
from teamhealth.credentials import binding, blindsign, envelopes
from teamhealth.disclosure.rollup import Launch, launch
from teamhealth.disclosure.tree import Tree
from teamhealth.instruments.model import Instrument, Kind, Question, Theme
from teamhealth.results.charter import Charter, Place
from teamhealth.results.count import Sealed, count

SECONDS, MEGABYTES, LINEAR = 30.0, 600.0, 1.1
THEMES, ITEMS, ISSUERS, SHARDS = 12, 36, 16, 8
ROW = 32 + 256 + envelopes.ENVELOPE_SIZE
PSS = padding.PSS(mgf=padding.MGF1(SHA384()), salt_length=48)


def instrument() -> Instrument:
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
    return Instrument("full", ("en",), themes, (*items, *rest), {})


def tree(groups: int) -> tuple[Tree, list[int], Launch]:
    """Make the tree, the people of each group (13 or so), and who answers where."""
    paths, parents, few = organisation(groups)
    people = [n * 3 // 2 for n in few]
    made = Tree(tuple(f"g{v}" for v in range(len(paths))), tuple(parents))
    return made, people, launch(made, people, 5)


def write(shard: int, folder: Path, answering: list[int]) -> None:
    """Seal one shard: a file of rows, one after another, in the order of ``answering``."""
    rng = Random(shard)  # noqa: S311
    box = load_der_private_key((folder / "box").read_bytes(), None)
    if not isinstance(box, ec.EllipticCurvePrivateKey):
        raise TypeError("not a box key")
    point = box.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    issuers = [
        load_der_private_key((folder / f"issuer{n}").read_bytes(), None) for n in range(ISSUERS)
    ]
    asked = instrument().questions
    with (folder / f"rows{shard}").open("wb") as file:
        for v in answering:
            issuer = issuers[v % ISSUERS]
            if not isinstance(issuer, rsa.RSAPrivateKey):
                raise TypeError("not a signing key")
            answers = {
                q.id: rng.choices(range(1, 6), [3, 9, 17, 45, 26])[0]
                for q in asked
                if q.kind is Kind.AGREE and rng.random() > 0.03
            }
            answers["enps"] = rng.randrange(11)
            comments = {"comment": f"Comment {rng.random()}"} if rng.random() < 0.25 else {}
            nonce = rng.randbytes(32)
            nonce_hash = hashlib.sha256(nonce).digest()
            letter = envelopes.letter(answers, comments, nonce_hash)
            envelope = envelopes.seal(
                letter, point, binding.label(nonce_hash, "bench", f"g{v}")
            )
            file.write(
                nonce
                + issuer.sign(binding.slip(nonce, "bench", f"g{v}"), PSS, SHA384())
                + envelope
            )


def prepare(folder: Path, responses: int, groups: int) -> None:
    """Write keys and rows; people answer at the same rate everywhere."""
    _, _, launched = tree(groups)
    der, pkcs8 = Encoding.DER, PrivateFormat.PKCS8
    box = ec.generate_private_key(ec.SECP256R1())
    (folder / "box").write_bytes(box.private_bytes(der, pkcs8, NoEncryption()))
    for n in range(ISSUERS):
        (folder / f"issuer{n}").write_bytes(
            blindsign.generate().private_bytes(der, pkcs8, NoEncryption())
        )
    seats = [v for v, n in enumerate(launched.invited) for _ in range(n)]
    if responses > len(seats):
        raise SystemExit(f"{groups} groups have {len(seats)} people; ask for fewer responses")
    answering = sorted(Random(3).sample(seats, responses))  # noqa: S311
    size = -(-responses // SHARDS)
    shards = [answering[at * size : (at + 1) * size] for at in range(SHARDS)]
    (folder / "order").write_text(json.dumps(answering))
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(write, range(SHARDS), [folder] * SHARDS, shards))


def rows(folder: Path, share: int) -> Iterator[tuple[int, Sealed]]:
    """Read every ``share``-th row back, with its group."""
    order = iter(json.loads((folder / "order").read_text()))
    at = 0
    for shard in range(SHARDS):
        with (folder / f"rows{shard}").open("rb") as file:
            while row := file.read(ROW):
                v = next(order)
                at += 1
                if at % share == 0:
                    yield v, Sealed(row[:32], row[32:288], row[288:])


def counted(folder: Path, groups: int, share: int) -> None:
    """Count in this process and print one line of figures as JSON."""
    made, people, launched = tree(groups)
    below = made.totals(people).tolist()
    loaded = [
        load_der_private_key((folder / f"issuer{n}").read_bytes(), None) for n in range(ISSUERS)
    ]
    moduli = [blindsign.modulus(key) for key in loaded if isinstance(key, rsa.RSAPrivateKey)]
    places = tuple(
        Place(
            name, made.ids[made.parent[v]] if v else None, name, name, below[v],
            launched.reportable[v], moduli[v % ISSUERS] if launched.invited[v] else None,
        )
        for v, name in enumerate(made.ids)
    )  # fmt: skip
    facts = SurveyFacts(
        "bench", "", "", "2026-01-01", "2026-01-15", 5, ("en",), "", "", "leader", None
    )
    box = load_der_private_key((folder / "box").read_bytes(), None)
    if not isinstance(box, ec.EllipticCurvePrivateKey):
        raise TypeError("not a box key")
    boxes = (
        (f"g{v}", (sealed for _, sealed in some))
        for v, some in groupby(rows(folder, share), key=lambda row: row[0])
    )
    began = time.perf_counter()
    found = count(
        boxes, box, Charter(facts, instrument(), places, None, "bench"), shuffle=list.reverse
    )
    took = time.perf_counter() - began
    body = canonical(to_plain(found.snapshot))
    shown = {
        "responses": len(found.nonce_hashes), "seconds": took, "groups": len(places),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "snapshot": len(body), "void": found.snapshot.void,
    }  # fmt: skip
    print(json.dumps(shown))


def main() -> None:
    """Prepare, count a quarter and the whole, hold both against the budgets."""
    if sys.argv[1:2] == ["--count"]:
        counted(Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
        return
    responses = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    groups = int(sys.argv[2]) if len(sys.argv) > 2 else max(1, responses // 10)
    with tempfile.TemporaryDirectory() as name:
        prepare(Path(name), responses, groups)
        found = []
        for share in (4, 1):
            told = subprocess.run(
                [sys.executable, __file__, "--count", name, str(groups), str(share)],
                check=True, capture_output=True, text=True,
            )  # fmt: skip
            found.append(json.loads(told.stdout))
    finish(*_told(*found))


def _told(quarter: dict, whole: dict) -> list[bool]:
    name = (
        f"count of {whole['responses']:,} responses × {ITEMS} items, {whole['groups']:,} groups"
    )
    print(name)
    noted("  snapshot", whole["snapshot"] / 1e6, "MB", f"{whole['void']} void")
    noted(f"  seconds for {quarter['responses']:,} of them", quarter["seconds"], "s")
    return [
        held("  seconds", whole["seconds"], "s", SECONDS),
        held("  memory", whole["megabytes"], "MB", MEGABYTES),
        held(
            "  seconds a response: of all to of a quarter",
            _each(whole) / _each(quarter),
            "×",
            LINEAR,
        ),
    ]


def _each(figures: dict) -> float:
    return figures["seconds"] / figures["responses"]


if __name__ == "__main__":
    main()
