"""What a trustee does at its own machine: make keys, rehearse, count, type a printed key in.

The same words as ``teamhealth trustee …`` on a server. Each says on the way what to
compare and what follows; ``Talk`` is how.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from teamhealth import __version__
from teamhealth.credentials.codes import spaced
from teamhealth.credentials.fingerprint import words
from teamhealth.errors import AuditFailedError, RefusedError
from teamhealth.trustee import counting, keypair, outcomes, parties, printed, rehearsal
from teamhealth.trustee.contents import Contents
from teamhealth.trustee.counting import Looked
from teamhealth.trustee.keyfile import KEY_FILE, KeyFile, write_new
from teamhealth.trustee.keypair import KeyPair

_KEPT = (
    "The key and the file are kept. Please tell whoever launched the survey, and count the same file "
    "with a corrected version of this program."
)


@dataclass(frozen=True, slots=True)
class Talk:
    """How a command speaks with the person: ``say`` a line, ``ask`` for one, ask for a ``passphrase``.

    ``passphrase`` is told whether it is a new one, which is to be typed twice.
    """

    say: Callable[[str], None]
    ask: Callable[[str], str]
    passphrase: Callable[[bool], str]


def keygen(folder: Path, name: str, address: str, talk: Talk) -> None:
    """Make the keys of one survey: the private file, the public one, and the sheet to print.

    Raises RefusedError if there are keys in the folder already.
    """
    pair = keypair.make(name, address)
    _store(folder, pair, talk)
    sheet = folder / printed.BACKUP_FILE
    write_new(sheet, printed.page(pair).encode())
    talk.say(f"{folder / KEY_FILE}: the private keys. Nobody else may have this file.")
    talk.say(f"{folder / parties.PUBLIC_FILE}: for whoever launches the survey. No secret.")
    talk.say(f"{sheet}: print it, lock the paper away, delete the file.")
    talk.say("These keys are for one survey. Next: wait for the rehearsal, then `rehearse`.")


def restore(folder: Path, name: str, address: str, talk: Talk) -> None:
    """Write the files anew from the printed sheet; WrongUseError for a line that was mistyped."""
    typed = []
    talk.say(f"Please type the {printed.LINES} lines of the printed key.")
    for number in range(1, printed.LINES + 1):
        typed.append(talk.ask(f"Line {number}: "))
        printed.read_line(number, typed[-1])
    _store(folder, printed.read_lines(name, address, typed), talk)
    talk.say(f"The keys are in {folder} again.")


def rehearse(file: Path, out: Path, key: Path, talk: Talk) -> None:
    """Count made-up answers, and write the proof for whoever launches the survey."""
    pair, contents, looked = _look(file, key, talk, is_rehearsal=True)
    outcome = counting.open_and_count(contents, pair, looked)
    _write(out, rehearsal.prove(outcome, pair))
    talk.say(f"{looked.title}: {outcome.snapshot.root.responses} made-up answers were counted.")
    for name, number in looked.told():
        talk.say(f"  {name}: {number} answers")
    talk.say(f"It works. Give {out} to whoever launches the survey; the key is kept.")


def count(
    file: Path, out: Path, key: Path, talk: Talk, *, fingerprint: str = "", sure: bool = False
) -> None:
    """Check, show, count, sign, write, and destroy the key: once.

    Raises RefusedError or AuditFailedError; then nothing is written and the key is kept.
    """
    if out.exists():
        raise RefusedError(f"{out} exists already. Nothing was counted; choose another name.")
    pair, contents, looked = _look(file, key, talk, is_rehearsal=False)
    if fingerprint:
        counting.require_same(looked, fingerprint)
    for line in _seen(looked):
        talk.say(line)
    if not sure and talk.ask("Type yes to count now: ").strip().lower() != "yes":
        raise RefusedError("Stopped on request. Nothing was counted, and the key is kept.")
    try:
        outcome = counting.open_and_count(contents, pair, looked)
    except AuditFailedError as objection:
        raise AuditFailedError(f"{objection} {_KEPT}") from None
    _write(out, outcomes.pack(outcome, pair))
    KeyFile(key, "").destroy(looked.checked.charter.survey.id)
    talk.say(
        f"Counted. The key is destroyed; nobody can open these answers again. Upload {out}."
    )
    talk.say("Please destroy the printed key and every copy of the file of answers now.")


def key_at(place: Path) -> Path:
    """Return the file of private keys: the one named, or the one in the folder named."""
    return place / KEY_FILE if place.is_dir() else place


def _store(folder: Path, pair: KeyPair, talk: Talk) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    place = folder / KEY_FILE
    if place.exists():
        raise RefusedError(
            f"{place} exists already, and a key is never overwritten. Nothing was made; choose "
            "another folder."
        )
    KeyFile(place, talk.passphrase(True)).store(pair)
    (folder / parties.PUBLIC_FILE).write_bytes(parties.to_file(pair.public))


def _look(
    file: Path, key: Path, talk: Talk, *, is_rehearsal: bool
) -> tuple[KeyPair, Contents, Looked]:
    stored = KeyFile(key, "")
    pair = KeyFile(key, talk.passphrase(False)).load() if stored.is_locked() else stored.load()
    contents = Contents(file, pair.box)
    looked = counting.look(contents, pair, version=__version__, is_rehearsal=is_rehearsal)
    return pair, contents, looked


def _seen(looked: Looked) -> Iterator[str]:
    facts = looked.checked.charter.survey
    yield f"Survey “{facts.title}” ({facts.id}), closed on {facts.closed}. Results stand for {facts.k} people or more."
    print_ = looked.checked.fingerprint
    yield f"Fingerprint: {spaced(print_)}"
    yield f"   in words: {' '.join(words(print_))}"
    yield "Compare it with the invitation of somebody you trust. If it differs, stop here."
    issued = sum(seat.issued for seat in looked.checked.seats.values())
    yield "Answers in the file, by group:"
    for (name, number), seat in zip(looked.told(), looked.checked.seats.values(), strict=True):
        yield f"  {name}: {number} of {seat.size} people"
    missing = issued - sum(looked.rows.each.values())
    if missing > max(1, issued // 20):
        yield (
            f"Note: {missing} more stamps were given than answers are in the file. A few people may have "
            "been interrupted; if these are many, ask before you count."
        )
    yield "Check these figures only; do not pass them on. They are counted once, then the key is destroyed."


def _write(out: Path, body: bytes) -> None:
    try:
        write_new(out, body)
    except FileExistsError:
        raise RefusedError(
            f"{out} exists already. Nothing was written, and the key is kept; choose another name."
        ) from None
