"""How much is shown: cells against the naive rule "five answers or more", which leaks by subtraction.

Made-up organisations of several sizes, 24 items, 3 % of the questions skipped, three in
four people answering; each audited. Budget: at least 97 % of the naive rule's cells where 300
people or more are asked, and no leak; what smaller ones get is told.
"""

from budgets import finish, held, noted
from organisations import firm
from plan import run

SHARE, FROM, ITEMS, SKIPS = 97.0, 300, 24, 0.03
SIZES = {25: 100, 60: 100, 120: 50, 300: 40, 1_000: 20, 3_000: 10, 20_000: 2}
"""People: how many firms of that size are tried."""


def main() -> None:
    """Hold each size from 300 people on against the budget."""
    kept = []
    for people, tries in SIZES.items():
        usual, hard = _share(people, tries), _share(people, tries, alone=True)
        what = f"shown of naive, {people:,} people ({tries} firms), 0 leaks"
        if people < FROM:
            noted(what, usual, "%")
        else:
            kept.append(held(what, usual, "%", SHARE, floor=True))
        noted("  departments small, with one person of their own", hard, "%")
    finish(*kept)


def _share(people: int, tries: int, *, alone: bool = False) -> float:
    found = [run(firm(people, seed, alone=alone), ITEMS, SKIPS, seed) for seed in range(tries)]
    if leaks := sum(one.faults for one in found):
        raise SystemExit(f"the audit found {leaks} leaks")
    return 100 * sum(one.cells for one in found) / sum(one.naive for one in found)


if __name__ == "__main__":
    main()
