"""Organisations for the benchmarks: a company of departments, units and teams of eight or so."""

from math import exp
from random import Random


def organisation(groups: int, seed: int = 1) -> tuple[list[str], list[int], list[int]]:
    """Return at least so many groups: their paths, each one's parent, and people per group."""
    rng = Random(seed)  # noqa: S311 - the same organisation every time
    paths, parents, people = ["Acme"], [-1], [2]

    def add(parent: int, many: int) -> int:
        parents.append(parent)
        people.append(many)
        paths.append(f"{paths[parent]}/{len(paths)}")
        return len(paths) - 1

    while len(paths) < groups:
        department = add(0, rng.randint(3, 9))
        for _ in range(rng.randint(3, 8)):
            teams = 1 + min(12, int(rng.expovariate(1 / 5)))
            unit = add(department, teams + rng.randint(0, 2))
            for _ in range(teams):
                add(unit, max(1, round(exp(rng.gauss(2.08, 0.55)))))
    return paths, parents, people


def firm(
    people: int, seed: int = 1, *, alone: bool = False
) -> tuple[list[str], list[int], list[int]]:
    """Return a firm of about so many people: departments of three to eight teams of eight or so.

    Who leads a group answers in the group above it, as in life; with ``alone`` they answer
    in their teams, and departments are two to five teams and one person of their own: the
    shape that is hardest to show.
    """
    rng = Random(seed)  # noqa: S311 - the same firm every time
    paths, parents, sizes = ["Acme"], [-1], [1]

    def add(parent: int, many: int) -> int:
        parents.append(parent)
        sizes.append(many)
        sizes[parent] += not alone
        paths.append(f"{paths[parent]}/{len(paths)}")
        return len(paths) - 1

    while sum(sizes) < people:
        department = add(0, int(alone))
        for _ in range(rng.randint(2, 5) if alone else rng.randint(3, 8)):
            add(department, max(1, round(exp(rng.gauss(2.08, 0.55)))))
            if sum(sizes) >= people:
                break
    return paths, parents, sizes
