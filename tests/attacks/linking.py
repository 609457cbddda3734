"""The attacks: from evidence to guesses who gave which answer, and how many of them are right.

Nearly all are one idea. People can be put into the order in which they answered (or in
which their envelopes lay), answers into the order in which they are found somewhere; the
first is guessed to have given the first. Each way of ordering people is tried with each
way of ordering answers. Within a list of answers the attacker even knows whose answers
are in it, which in life he does not always.
"""

import hashlib
import math
import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Attack:
    """``people`` and ``answers`` give, of the evidence, what to sort by; keys may be missing."""

    name: str
    people: Callable
    answers: Callable

    def guesses(self, found, lists):
        """Guess the text of each person, list by list; ``lists`` are (people, texts)."""
        who, what = self.people(found), self.answers(found)
        rng = random.Random(self.name)  # noqa: S311
        for people, texts in lists:
            yield from zip(_sorted(people, who, rng), _sorted(texts, what, rng), strict=True)


def _sorted(things, keys, rng):
    things = sorted(things)
    rng.shuffle(things)  # so that what has no order is guessed at random
    found = [thing for thing in things if keys.get(thing) not in {None, ()}]
    return sorted(found, key=keys.__getitem__) + [t for t in things if t not in set(found)]


@dataclass(frozen=True)
class Score:
    """How many of so many people were linked, and what guessing links on average."""

    right: int
    people: int
    chance: float
    sigma: float

    @property
    def share(self):
        return self.right / self.people

    @property
    def bound(self):
        """Return chance and three standard errors, as a share."""
        return self.chance + 3 * self.sigma


def lists_of(found, truth):
    """Give the people and the texts of each list of answers; who has none in it is left out."""
    lists = {}
    for person, text in truth.items():
        if text in found.answers:
            people, texts = lists.setdefault(found.answers[text].group, ([], []))
            people.append(person)
            texts.append(text)
    return list(lists.values())


def score(guesses, lists, truth):
    """Count the right guesses; chance is one in the number of people of the list."""
    right = sum(truth[person] == text for person, text in guesses)
    odds = [1 / len(people) for people, _ in lists for _ in people]
    sigma = math.sqrt(sum(p * (1 - p) for p in odds)) / len(odds)
    return Score(right, len(odds), sum(odds) / len(odds), sigma)


def tried(attack, found, truth):
    """Give the score of one attack."""
    lists = lists_of(found, truth)
    return score(attack.guesses(found, lists), lists, truth)


def together(scores):
    """Give the score of the same attack on several surveys."""
    people = sum(one.people for one in scores)
    return Score(
        sum(one.right for one in scores),
        people,
        sum(one.chance * one.people for one in scores) / people,
        math.sqrt(sum((one.sigma * one.people) ** 2 for one in scores)) / people,
    )


# How people are put in order.


def envelopes(found):
    """Guess each person's envelope: in each group the order of stamps is that of envelopes."""
    guessed = {}
    for group in {sight.group for sight in found.people.values()}:
        people = _arrival(found.people, group)
        guessed |= dict(zip(people, _arrival(found.sealed, group), strict=False))
    return guessed


def _arrival(sights, group):
    some = [key for key, sight in sights.items() if sight.group == group]
    return sorted(some, key=lambda key: (sights[key].minute, sights[key].wal))


def _seen(attribute):
    return lambda found: {who: getattr(at, attribute) for who, at in found.people.items()}


def _of_envelope(key):
    def order(found):
        return {
            who: (found.sealed[one].group, *key(one, found.sealed[one]))
            for who, one in envelopes(found).items()
        }

    return order


def _requests(found, what):
    """Sort people by something of the request that sent their answer, as the web server noted it.

    It is the one whose address names them; else the requests that hand a response in are
    taken in the order in which links were seen used.
    """
    posts = [line for line in found.log if line.method == "POST" and line.status == 200]
    order = {}
    ranked = sorted(found.people, key=lambda who: found.people[who].minute)
    sent = [line for line in posts if line.path.endswith("/response")]
    for number, who in enumerate(ranked):
        names = set(found.people[who].values.values())
        named = [line for line in posts if names & set(line.path.split("="))]
        if named or number < len(sent):
            order[who] = what((named or sent[number:])[0])
    return order


def _left(table, column):
    return lambda found: found.left.get((table, column), {})


# How answers are put in order.


def _found(attribute):
    return lambda found: {text: getattr(at, attribute) for text, at in found.answers.items()}


def _raw(found):
    return {text: found.raw.get(text.split()[0]) for text in found.answers}


def _column(name):
    def order(found):
        values = {text: at.values.get(name, "") for text, at in found.answers.items()}
        numbers = all(value.isdigit() for value in values.values())
        return {text: int(value) if numbers else value for text, value in values.items()}

    return order


def _on_pages(found):
    """Sort answers as they come in whatever can be read or downloaded after the close."""
    order = {}
    for page in found.pages:
        for text in found.answers:
            if (at := page.find(text.split()[0])) >= 0:
                order.setdefault(text, at)
    return order


def _length(found):
    return {text: len(text) for text in found.answers}


LOG, XMIN = "log of writes", "xmin"
"""Not every database server lets one see these."""

PEOPLE = {
    "minute": _seen("minute"),
    LOG: _seen("wal"),
    XMIN: _seen("xmin"),
    "web log": lambda found: _requests(found, lambda line: line.at),
}
SEALED = {
    "by hash": _of_envelope(lambda one, _at: (one,)),
    "as they lie": _of_envelope(lambda _one, at: (at.rank,)),
}
"""How the box might be read at a close that shuffles nothing."""

ANSWERS = {
    "minute": _found("minute"),
    "raw bytes": _raw,
    LOG: _found("wal"),
    XMIN: _found("xmin"),
    "place on disk": _found("place"),
    "dump": _found("rank"),
    "id": _column("id"),
    "pages": _on_pages,
}
EARLY = {"minute", "raw bytes", XMIN}
"""Orders of answers that show while people answer, and never at a close in one transaction."""


def _polled(found):
    words = {text: found.polled.get(text.split()[0]) for text in found.answers}
    return {**words, **{who: found.polled.get(who) for who in found.people}}


POLLS = {"administrator's pages": _polled}


def attacks(people, answers, *, without=frozenset()):
    """Give each way of ordering people with each way of ordering answers."""
    for who, by in people.items():
        for what, order in answers.items():
            if not {who, what} & without:
                yield Attack(f"{who} × {what}", by, order)


def late(answers):
    """Leave out the early orders."""
    return {what: order for what, order in answers.items() if what not in EARLY}


def left_behind(found, *, without=frozenset()):
    """Give an attack for everything that the last state says about a person, with every order of answers."""
    by = {f"left: {table}.{column}": _left(table, column) for table, column in found.left}
    return attacks(by, late(ANSWERS), without=without)


LENGTHS = Attack(
    "size of the request × length of the answer",
    lambda found: _requests(found, lambda line: line.length),
    _length,
)


class Joining:
    """Looks for a value beside an answer that stands, as it is or hashed, beside a person as well."""

    name = "same value or its SHA-256 beside person and answer"

    def guesses(self, found, lists):
        linked = envelopes(found)
        rng = random.Random(self.name)  # noqa: S311
        for people, texts in lists:
            traces = {who: _traces(found, who, linked.get(who)) for who in people}
            for text in texts:
                beside = {v for c, v in found.answers[text].values.items() if len(v) >= 16}
                matching = [who for who in people if traces[who] & beside]
                yield (matching or [rng.choice(people)])[0], text


def _traces(found, who, envelope):
    values = set(found.people[who].values.values()) if who in found.people else set()
    if envelope:
        values |= {envelope, *found.sealed[envelope].values.values()}
    values = {value for value in values if len(value) >= 16}
    for value in tuple(values):
        values.add(hashlib.sha256(value.encode()).hexdigest())
        try:
            values.add(hashlib.sha256(bytes.fromhex(value)).hexdigest())
        except ValueError:
            continue
    return values
