"""Everything an attacker has gathered of one survey when it is over, sorted by person, envelope and answer.

``Attacker.look`` is called once a minute while people answer, at every step of the
close, and at last when all is done.
"""

from dataclasses import dataclass, field

from tests.attacks.backups import Watched, said_in

OURS = {
    "people": Watched("invitation", key="person_id", group="group_id", mark="blinded_hash"),
    "sealed": Watched("sealed_response", key="nonce_hash", group="group_id", mark="signature"),
    "answers": Watched("comment", key="body", group="group_id", mark="body"),
}


@dataclass
class Sight:
    """What is known of one row: when it was first seen, and how it lay when it was last seen.

    ``rank`` is its number in the last dump, ``wal`` where the write-ahead log has it.
    """

    minute: int
    wal: tuple
    rank: int = 0
    place: tuple = ()
    xmin: int = 0
    group: str = ""
    values: dict = field(default_factory=dict)


@dataclass
class Evidence:
    """By person's id, by nonce hash, by text; ``left`` is what the last backup has in any column beside
    a person's id, ``pages`` what can be read at the desk, ``log`` the lines of the web server.

    ``raw`` tells the minute in which an answer's words were first found among the bytes,
    ``polled`` that in which an administrator's page first showed them, or something new of a person.
    """

    people: dict = field(default_factory=dict)
    sealed: dict = field(default_factory=dict)
    answers: dict = field(default_factory=dict)
    left: dict = field(default_factory=dict)
    raw: dict = field(default_factory=dict)
    polled: dict = field(default_factory=dict)
    pages: list = field(default_factory=list)
    log: list = field(default_factory=list)
    audit: list = field(default_factory=list)


class Attacker:
    """Makes the backups and keeps the books."""

    def __init__(self, backups, watched=OURS, *, poll=list, names=None):
        """``poll`` reads an administrator's pages, on which ``names`` (of what person) may stand."""
        self.found = Evidence()
        self._backups, self._watched = backups, watched
        self._poll, self._names = poll, names or {}
        self._told = {}
        self._minute = 0
        self.look()  # what was there before counts for nothing
        self._before = {kind: set(getattr(self.found, kind)) for kind in watched}
        self._said_before = set(self._backups.said)

    def look(self, *, carefully=False):
        """Make a backup and read it; ``carefully`` looks for the places of rows, too."""
        self._minute += 1
        self._backups.make()
        for word in self._backups.said:
            self.found.raw.setdefault(word, self._minute)
        for kind, watched in self._watched.items():
            seen = getattr(self.found, kind)
            read = self._backups.placed if carefully else self._backups.rows
            rows = read(watched, frozenset(seen))
            for rank, row in enumerate(rows):
                sight = seen.setdefault(row.key, Sight(self._minute, row.wal))
                sight.rank, sight.xmin, sight.group = rank, row.xmin, row.group
                sight.place = row.place or sight.place
                sight.values.update(row.values)
        self._backups.done()
        for page in self._poll():
            self._read(page)

    def _read(self, page):
        for word in said_in(page.encode()):
            self.found.polled.setdefault(word, self._minute)
        for line in page.splitlines():
            for name in self._names.keys() & set(line.replace(",", " ").split()):
                if self._told.setdefault(name, line) != line:
                    self.found.polled.setdefault(self._names[name], self._minute)

    def finish(self, people):
        """Look for the last time; ``people`` are the ids of everybody who might have answered."""
        self.look(carefully=True)
        self._backups.make()
        for table, rows in self._backups.tables():
            for row in rows:
                self._note_left(table, row, people)
        self._backups.done()
        for kind, before in self._before.items():
            for key in before:
                getattr(self.found, kind).pop(key, None)
        for word in self._said_before:
            self.found.raw.pop(word, None)
        return self.found

    def _note_left(self, table, row, people):
        for column, value in row.items():
            if value.replace("-", "") in people:
                for other, said in row.items():
                    if other != column:
                        place = self.found.left.setdefault((table, other), {})
                        place[value.replace("-", "")] = said
