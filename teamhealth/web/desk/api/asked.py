"""What a request asks for: its parameters, each checked, and none that there is not."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import request

from teamhealth.web.desk.api.problems import ProblemError

MOST, USUAL = 200, 50
"""Entries on one page of a list: at most, and if nothing is said."""

MOST_ROWS, USUAL_ROWS = 5000, 1000
"""Rows of one page of cells."""

_NUMBER = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Page:
    """Which page of how many entries."""

    number: int
    size: int

    @property
    def start(self) -> int:
        """Where it begins among all entries."""
        return (self.number - 1) * self.size

    def of(self, items: Sequence[object], total: int) -> dict[str, object]:
        """Return a page as it is answered; ``next`` is where the one after is, null after the last."""
        pages = max(1, -(-total // self.size))
        there = None
        if self.number < pages:
            kept = {**request.args.to_dict(), "page": self.number + 1, "size": self.size}
            there = f"{request.path}?{urlencode(kept)}"
        return {
            "page": self.number,
            "size": self.size,
            "pages": pages,
            "total": total,
            "next": there,
            "items": items,
        }


def only(*known: str) -> None:
    """Refuse a parameter that there is not, and one that is given twice: a slip must not be a silent one."""
    for name, values in request.args.lists():
        if name not in known:
            listed = ", ".join(known) or "none"
            raise ProblemError(
                400,
                f"There is a parameter that this address does not know. It knows: {listed}.",
            )
        if len(values) > 1:
            raise ProblemError(400, "A parameter is given twice.", parameter=name)


def page(most: int = MOST, usual: int = USUAL) -> Page:
    """Return which page is asked for, the first if none is."""
    return Page(_number("page", 1, 999_999_999), _number("size", usual, most))


def text(name: str) -> str | None:
    """Return a parameter, None if it is not there."""
    return request.args.get(name)


def language(known: Collection[str], usual: str) -> str:
    """Return the language that is asked for, the usual if none is; it must be one of the survey's."""
    given = request.args.get("language", usual)
    if given not in known:
        raise ProblemError(
            404,
            f"The survey was not asked in this language. It was asked in: {', '.join(known)}.",
            parameter="language",
        )
    return given


def _number(name: str, usual: int, most: int) -> int:
    given = request.args.get(name)
    if given is None:
        return usual
    if not _NUMBER.fullmatch(given) or not 1 <= int(given) <= most:
        raise ProblemError(400, f"Expected a whole number from 1 to {most}.", parameter=name)
    return int(given)
