"""What whoever imports a roster decides about which group is which, against what would be taken by itself."""

import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from teamhealth.errors import WrongUseError
from teamhealth.roster.listed import Roster
from teamhealth.roster.paths import tidy

_NOTHING = "Nothing was stored."


@dataclass(frozen=True, slots=True)
class Wish:
    """The decisions as typed: ``same`` as ``Old path=New path``, ``new`` as paths of the file.

    ``former`` are the groups that have results and are in the roster no more, their ids by
    path: only they can come back.
    """

    same: Sequence[str] = ()
    new: Sequence[str] = ()
    former: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Choices:
    """Decided: ``same`` is the path now by the path before; ``new`` are groups that begin anew.

    ``back`` are groups that were gone, their ids by the path now; ``former`` are paths of
    groups that could come back.
    """

    same: Mapping[str, str] = field(default_factory=dict)
    new: frozenset[str] = frozenset()
    back: Mapping[str, str] = field(default_factory=dict)
    former: frozenset[str] = frozenset()


def choose(before: Roster, now: Roster, wish: Wish) -> Choices:
    """Read decisions; WrongUseError in one sentence where they cannot all hold."""
    new = frozenset(_known(_tidy(path), now.groups, "the file") for path in wish.new)
    former = {path: name for path, name in wish.former.items() if path not in before.groups}
    same: dict[str, str] = {}
    for text in wish.same:
        old, target = _parted(text, {*before.groups, *former}, now.groups)
        if same.setdefault(old, target) != target:
            raise _refused(f"“{old}” cannot be both “{same[old]}” and “{target}”.")
    _check_targets(same)
    _check_names(before, now, same, new)
    return Choices(
        same={old: target for old, target in same.items() if old not in former},
        new=new,
        back={target: former[old] for old, target in same.items() if old in former},
        former=frozenset(former),
    )


def _parted(text: str, before: Collection[str], now: Collection[str]) -> tuple[str, str]:
    """Part ``Old=New``; a name may hold an equals sign itself."""
    parts = _tidy(text).split("=")
    ways = [("=".join(parts[:n]), "=".join(parts[n:])) for n in range(1, len(parts))]
    ways = [(old.rstrip(), new.lstrip()) for old, new in ways]
    if not ways:
        raise _refused(f"“{text}” names one group; write OLD PATH=NEW PATH.")
    for old, new in ways:
        if old in before and new in now:
            return old, new
    old, new = ways[0]
    return _known(old, before, "the roster so far"), _known(new, now, "the file")


def _check_targets(same: Mapping[str, str]) -> None:
    first: dict[str, str] = {}
    for old, target in same.items():
        if (other := first.setdefault(target, old)) != old:
            raise _refused(
                f"“{other}” and “{old}” cannot both be “{target}”: a group has one history."
            )


def _check_names(
    before: Roster, now: Roster, same: Mapping[str, str], new: Collection[str]
) -> None:
    """Refuse what would silently end the history of another group."""
    for old, target in same.items():
        if target in new and (target == old or target not in before.groups):
            raise _refused(f"“{target}” cannot both be new and go on from “{old}”.")
        if target != old and target in before.groups and target not in {*same, *new}:
            raise _refused(
                f"“{target}” was a group before and stays one, so “{old}” cannot become it. If it "
                f'is another group now, say so too: --new "{target}", or --same "{target}=…".'
            )
        if target != old and old in now.groups and old not in {*same.values(), *new}:
            raise _refused(
                f"“{old}” stays where it is in the file, so it cannot become “{target}”. If what is "
                f'called so now is another group, say so too: --new "{old}", or --same "…={old}".'
            )


def _known(path: str, groups: Collection[str], where: str) -> str:
    if path not in groups:
        raise _refused(f"There is no group “{path}” in {where}; write its whole path.")
    return path


def _tidy(text: str) -> str:
    return tidy(unicodedata.normalize("NFC", text))


def _refused(what: str) -> WrongUseError:
    return WrongUseError(f"{what} {_NOTHING}")
