"""A works council with a laptop of its own, and surveys whose answers only it can open."""

import json
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from teamhealth import __version__
from teamhealth.campaigns import entrusting
from teamhealth.campaigns.models import TrusteeTray
from teamhealth.jobs.charters import charter_of
from teamhealth.jobs.closing import close
from teamhealth.jobs.launching import prepare
from teamhealth.responses.boxes import boxes
from teamhealth.results.count import count
from teamhealth.trustee import commands, contents, counting, outcomes, parties, sealing
from teamhealth.trustee.commands import Talk
from teamhealth.trustee.contents import Contents
from teamhealth.trustee.keyfile import KEY_FILE, KeyFile
from tests.firms import answer_all, ask_for, survey_of

COUNCIL, ADDRESS = "Works council", "council@acme.example"


@dataclass
class Laptop:
    """``said`` is what the commands told, ``answers`` what is typed."""

    folder: Path
    said: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    passphrase: str = ""

    @property
    def key(self):
        return self.folder / KEY_FILE

    @property
    def pair(self):
        return KeyFile(self.key, self.passphrase).load()

    @property
    def talk(self):
        return Talk(
            self.said.append, lambda _line: self.answers.pop(0), lambda _new: self.passphrase
        )

    def keygen(self, name=COUNCIL, address=ADDRESS):
        commands.keygen(self.folder, name, address, self.talk)
        return parties.from_file((self.folder / parties.PUBLIC_FILE).read_bytes())

    def rehearse(self, body):
        """Count the made-up answers; give the proof."""
        file, out = self.folder / "rehearsal", self.folder / "proof"
        for old in (file, out):
            old.unlink(missing_ok=True)
        file.write_bytes(body)
        commands.rehearse(file, out, self.key, self.talk)
        return out.read_bytes()

    def count(self, file, **more):
        """Count a file of answers for good; give the result."""
        out = self.folder / "result"
        commands.count(file, out, self.key, self.talk, **{"sure": True, **more})
        return out.read_bytes()

    def outcome(self, file):
        """Count without destroying the key, as only a test may."""
        found = Contents(file, self.pair.box)
        looked = counting.look(found, self.pair, version=__version__, is_rehearsal=False)
        return counting.open_and_count(found, self.pair, looked)

    def sign(self, outcome):
        return outcomes.pack(outcome, self.pair)


def entrusted(database, settings, laptop, **wish):
    """Launch a survey with a trustee, who rehearses; give its id, open."""
    name = ask_for(database, settings, trustee=laptop.keygen(), **wish)
    prepare(database, settings, name)
    with database.write() as db:
        proof = laptop.rehearse(entrusting.rehearsal(db, name))
        entrusting.prove(db, name, proof)
        db.commit()
    prepare(database, settings, name)
    return name


def answered_and_closed(database, settings, laptop, **more):
    """Give the id of a survey that waits for its trustee, and the file with its answers."""
    name = entrusted(database, settings, laptop)
    answer_all(database, settings, name, **more)
    close(database, settings, name)
    return name, entrusting.box_place(settings, name)


def tray(database, name):
    """Give the tray of a survey as it stands."""
    with database.read() as db:
        return db.scalar(select(TrusteeTray).where(TrusteeTray.survey_id == name))


def counted_here(database, name, box):
    """Count what lies here, with the key that the server never had."""
    with database.read() as db:
        charter = charter_of(db, survey_of(database, name), version=__version__)
        return count(boxes(db, name), box, charter, shuffle=lambda _written: None)


def repacked(file, laptop, change, *, drop=0, key=bytes(32)):
    """Write a file anew as a server would that changed what it says, or left rows out."""
    found = Contents(file, laptop.pair.box)
    about, rows = found.about(), list(found.rows())[drop:]
    change(about)
    first = json.dumps(about, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    lines = [
        first.encode() + b"\n",
        *(contents._row(r.group, r.nonce, r.signature, r.envelope) for r in rows),
        json.dumps({"end": len(rows)}).encode() + b"\n",
    ]
    survey = sealing.named(file)
    other = file.with_name("other.box")
    other.write_bytes(
        b"".join(sealing.seal(lines, laptop.pair.public.box, survey, size=0, key=key))
    )
    return other
