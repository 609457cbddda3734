"""Simulated people who answer a survey over some days, and what the proxy before the server notes meanwhile.

Who answers, when and with which words follows from a seed; only the product's own
randomness differs between two runs of a seed.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from werkzeug.test import Client

from teamhealth import clock

FIRM = {  # people and how many of them answer; two teams list their comments further up
    "Acme": (6, 6),
    "Acme/Assembly": (14, 11),
    "Acme/Care": (13, 11),
    "Acme/Depot": (13, 10),
    "Acme/Office": (12, 10),
    "Acme/Night": (8, 6),
    "Acme/Lab": (7, 5),
}
DAYS, FIRST_HOUR, LAST_HOUR = 3, 8, 17


def large_firm(teams=24):
    """Give a firm for ``make attack``."""
    sizes = [(13 + n % 5, 9 + n % 4) if n % 4 else (7, 5) for n in range(teams)]
    return {"Acme": (6, 6), **{f"Acme/Team {n}": size for n, size in enumerate(sizes)}}


@dataclass(frozen=True)
class Reply:
    """What one person says, and when they open the page and press *Send*."""

    person: str
    team: str
    opens: datetime
    sends: datetime
    text: str
    marks: dict = field(default_factory=dict)


def replies(seed, people, firm, *, start, marks=()):
    """Have some people of each team answer.

    ``people`` are (person, team's path); ``marks`` the items that everybody answers. Words
    are all different, in length too: they are how the attack knows an answer again.
    """
    rng = random.Random(f"{seed}")  # noqa: S311
    by_team = {}
    for person, team in sorted(people):
        by_team.setdefault(team, []).append(person)
    found = []
    for team, members in by_team.items():
        for number, person in enumerate(rng.sample(members, firm[team][1])):
            sends = _moment(rng, start)
            said = f"said-{rng.randbytes(10).hex()} " + "word " * (
                3 * number + rng.randrange(3)
            )
            opens = sends - timedelta(seconds=rng.lognormvariate(5.3, 0.6))
            answers = {item: rng.randint(1, 5) for item in marks}
            found.append(Reply(person, team, opens, sends, said.strip(), answers))
    return sorted(found, key=lambda reply: reply.sends)


def _moment(rng, start):
    day = start.replace(hour=FIRST_HOUR, minute=0) + timedelta(days=rng.randint(1, DAYS))
    return day + timedelta(seconds=rng.uniform(0, (LAST_HOUR - FIRST_HOUR) * 3600))


@dataclass(frozen=True)
class Line:
    """One line of a web server's log; ``length`` is that of the request's body, ``size`` of the answer's."""

    at: datetime
    method: str
    path: str
    status: int
    length: int
    size: int


class Proxy:
    """What stands before the server and logs as web servers do, query included."""

    def __init__(self, app):
        self._app = app
        self.log = []

    def client(self):
        return Client(self)

    def __call__(self, environ, start):
        status = []

        def noting(line, headers, *more):
            status.append(int(line.split()[0]))
            return start(line, headers, *more)

        body = b"".join(self._app(environ, noting))
        query = environ.get("QUERY_STRING")
        path = environ["PATH_INFO"] + (f"?{query}" if query else "")
        length = int(environ.get("CONTENT_LENGTH") or 0)
        note = (clock.now(), environ["REQUEST_METHOD"], path, status[0], length, len(body))
        self.log.append(Line(*note))
        return [body]
