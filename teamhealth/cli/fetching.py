"""Commands that are read when their word is said, so that none waits for what only another needs.

Reading all of them takes four times as long as reading ``teamhealth roster import`` alone:
what counts, what draws reports and what serves pages each bring large libraries with them.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from pkgutil import resolve_name

import click


class Fetched(MutableMapping[str, click.Command]):
    """The commands of a group by their words.

    ``places`` says where a command is written, as ``module:name``; those that are added
    later stand beside them.
    """

    def __init__(self, places: Mapping[str, str]) -> None:
        self._known: dict[str, str | click.Command] = {**places}

    def __getitem__(self, word: str) -> click.Command:
        known = self._known[word]
        if isinstance(known, str):
            known = resolve_name(known)
            self._known[word] = known
        return known

    def __setitem__(self, word: str, command: click.Command) -> None:
        self._known[word] = command

    def __delitem__(self, word: str) -> None:
        del self._known[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)
