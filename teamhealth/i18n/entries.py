"""Reading a content file strictly: every value knows its file, its place and its line.

YAML itself would silently take a key written twice, a forgotten quote or a misspelt key;
here each is a fault that says where it is and what is expected.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from teamhealth.i18n.faults import Fault, FaultError

_LOADER: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # libyaml: ten times as fast
_TAG = "tag:yaml.org,2002:"
_LONGEST_QUOTE = 40
_IDENTIFIER = re.compile(r"[a-z][a-z0-9_]*")
_WHOLE = re.compile(r"-?(0|[1-9][0-9]{0,8})")
_NUMBER = re.compile(_WHOLE.pattern + r"(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class Entry:
    """One value in a file. The methods read it as what is expected there, or raise FaultError."""

    file: str
    place: str
    node: yaml.Node

    def fault(self, expected: str) -> FaultError:
        """Return the fault of this value, to be raised."""
        line = self.node.start_mark.line + 1
        return FaultError(Fault(self.file, line, self.place, expected))

    @property
    def is_mapping(self) -> bool:
        """Tell whether this is a mapping."""
        return isinstance(self.node, yaml.MappingNode)

    def mapping(self) -> "dict[str, Entry]":
        """Read a mapping from plain names."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.fault(f"expected names with values, found {self._found()}")
        found: dict[str, Entry] = {}
        for key, value in self.node.value:
            name = str(key.value)
            place = f"{self.place}.{name}" if self.place else name
            entry = Entry(self.file, place, value)
            if name in found:
                raise Entry(self.file, place, key).fault("expected once, found twice")
            found[name] = entry
        return found

    def fields(self, *needed: str, optional: Collection[str] = ()) -> "dict[str, Entry]":
        """Read a mapping that has exactly these names, and perhaps the optional ones."""
        found = self.mapping()
        for name in needed:
            if name not in found:
                raise self.fault(f"expected {name}, which is missing")
        for name, entry in found.items():
            if name not in needed and name not in optional:
                known = ", ".join((*needed, *optional))
                raise entry.fault(f"not a name known here; expected one of: {known}")
        return found

    def each(self) -> "list[Entry]":
        """Read a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.fault(f"expected a list, found {self._found()}")
        return [
            Entry(self.file, f"{self.place}[{place}]", node)
            for place, node in enumerate(self.node.value)
        ]

    def text(self) -> str:
        """Read text that is not empty."""
        if not self._plain("str").strip():
            raise self.fault(f"expected text (in quotes), found {self._found()}")
        return self._plain("str").strip()

    def texts(self, low: int = 1, high: int = 100) -> tuple[str, ...]:
        """Read a list of ``low`` to ``high`` texts."""
        found = self.each()
        if not low <= len(found) <= high:
            many = str(low) if low == high else f"{low} to {high}"
            raise self.fault(f"expected a list of {many} texts, found {len(found)}")
        return tuple(entry.text() for entry in found)

    def identifier(self) -> str:
        """Read an id: small letters, digits and underscores, a letter first."""
        value = self._plain("str")
        if not _IDENTIFIER.fullmatch(value):
            raise self.fault(f"expected small letters, digits and _, found {self._found()}")
        return value

    def word(self, allowed: Collection[str]) -> str:
        """Read one of a few words."""
        value = self._plain("str")
        if value not in allowed:
            known = ", ".join(allowed)
            raise self.fault(f"expected one of: {known}; found {self._found()}")
        return value

    def integer(self, low: int, high: int) -> int:
        """Read a whole number between the two, both included."""
        value = self._plain("int")
        if not _WHOLE.fullmatch(value) or not low <= int(value) <= high:
            raise self.fault(f"expected a whole number {low}–{high}, found {self._found()}")
        return int(value)

    def number(self, low: float, high: float) -> float:
        """Read a number between the two, both included."""
        value = self._plain("int", "float")
        if not _NUMBER.fullmatch(value) or not low <= float(value) <= high:
            raise self.fault(f"expected a number {low}–{high}, found {self._found()}")
        return float(value)

    def flag(self) -> bool:
        """Read true or false."""
        value = self._plain("bool").lower()
        if value not in {"true", "false"}:  # YAML itself would take yes, on, n and more
            raise self.fault(f"expected true or false, found {self._found()}")
        return value == "true"

    def walk(self) -> "Iterator[tuple[Entry, str]]":
        """Give every text below this value with its place."""
        if isinstance(self.node, yaml.MappingNode):
            for entry in self.mapping().values():
                yield from entry.walk()
        elif isinstance(self.node, yaml.SequenceNode):
            for entry in self.each():
                yield from entry.walk()
        elif text := self._plain("str"):
            yield self, text

    def _plain(self, *kinds: str) -> str:
        """Return a plain value of one of YAML's kinds as it is written; nothing for any other."""
        kind = str(self.node.tag).removeprefix(_TAG)
        if isinstance(self.node, yaml.ScalarNode) and kind in kinds:
            return str(self.node.value)
        return ""

    def _found(self) -> str:
        if not isinstance(self.node, yaml.ScalarNode):
            return "a list" if isinstance(self.node, yaml.SequenceNode) else "a mapping"
        value = str(self.node.value)
        return f"“{value[:_LONGEST_QUOTE]}”" if value.strip() else "nothing"


def read(file: Path, *, name: str | None = None) -> Entry:
    """Read one YAML file; faults call it ``name``, by default its file name.

    Raises FaultError if it is missing, is not UTF-8 or is not YAML.
    """
    name = name or file.name
    try:
        node = yaml.compose(file.read_text("utf-8"), Loader=_LOADER)
    except FileNotFoundError:
        raise FaultError(Fault(name, 0, "", "expected this file, which is missing")) from None
    except (IsADirectoryError, PermissionError):
        raise FaultError(Fault(name, 0, "", "expected a file that can be read")) from None
    except UnicodeDecodeError:
        raise FaultError(Fault(name, 0, "", "expected text in UTF-8")) from None
    except RecursionError:
        raise FaultError(Fault(name, 0, "", "expected fewer levels")) from None
    except yaml.YAMLError as error:
        raise FaultError(_unreadable(name, error)) from None
    if node is None:
        raise FaultError(Fault(name, 0, "", "expected some content, found an empty file"))
    _refuse_references(node, name)
    return Entry(name, "", node)


def refuse_repeated(found: Iterable[Entry], name: str = "id") -> None:
    """Raise FaultError if two of these mappings have the same value under ``name``."""
    seen = set()
    for entry in found:
        one = entry.mapping().get(name)
        if one is not None and one.text() in seen:
            raise one.fault(f"expected another {name}; {one.text()} is taken")
        if one is not None:
            seen.add(one.text())


def _refuse_references(top: yaml.Node, name: str) -> None:
    """Raise FaultError if YAML's ``*name`` refers to another place: a change there would be one here."""
    seen: set[int] = set()
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            line = node.start_mark.line + 1
            raise FaultError(Fault(name, line, "", "expected no references (& and *)"))
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            waiting += [part for pair in node.value for part in pair]
        elif isinstance(node, yaml.SequenceNode):
            waiting += node.value


def _unreadable(name: str, error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be read"
    return Fault(name, mark.line + 1 if mark else 0, "", f"expected YAML: {problem}")
