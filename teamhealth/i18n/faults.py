"""Faults of content files, told so that somebody who edits them without programming finds them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from teamhealth.errors import ContentError

_From = TypeVar("_From")
_To = TypeVar("_To")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One fault: file, line (from 1; 0 when the file as a whole is meant), place and what is expected.

    ``place`` is the way through the file, such as ``practices[3].minutes``.
    """

    file: str
    line: int
    place: str
    expected: str

    def __str__(self) -> str:
        line = f", line {self.line}" if self.line else ""
        place = f", {self.place}" if self.place else ""
        return f"{self.file}{line}{place}: {self.expected}"


class FaultError(ContentError):
    """One fault met while reading."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(
            f"The content was not loaded. Correct the file and try again.\n  {fault}"
        )


class Faults(list[Fault]):
    """The faults met so far: a reader notes one and goes on, and all are told together."""

    def one(self, read: Callable[[], _To]) -> _To | None:
        """Read one thing; None if it has a fault, which is noted."""
        try:
            return read()
        except FaultError as error:
            self.append(error.fault)
            return None

    def each(self, of: Iterable[_From], read: Callable[[_From], _To]) -> tuple[_To, ...]:
        """Read every one; those with a fault are noted and left out."""
        found = []
        for one in of:
            try:
                found.append(read(one))
            except FaultError as error:
                self.append(error.fault)
        return tuple(found)

    def told(self) -> str:
        """Return all of them as one message."""
        told = "\n".join(f"  {fault}" for fault in self)
        return f"The content was not loaded. Correct the files and try again.\n{told}"
