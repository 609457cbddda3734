"""At launch: in which group each person answers, and which groups can have a result at all.

Going up the tree, a group's pool is its own people and the pools its children could
not keep. A pool of k or more stays: an answering group, with a key of its own. A pool
of 1…k−1 goes up. So every key but the root's stands for at least k invited people.

The same walk over the released responses, with ten for k, places the comments.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from teamhealth.disclosure.lots import lots
from teamhealth.disclosure.tree import Tree
from teamhealth.errors import RefusedError

FURTHER_UP = 3  # at most one in three of a reportable group's people answer above it
COMMENTS = 10  # the fewest people a list of comments stands for


@dataclass(frozen=True, slots=True)
class Launch:
    """What is fixed before anybody answers, per group of the tree.

    ``answers_in`` is the number of the group in which its own people answer, −1 where
    it has none; ``invited`` the people its key stands for, 0 where it has no key;
    ``reportable`` whether at most a third of the people below it answer further up.
    """

    answers_in: tuple[int, ...]
    invited: tuple[int, ...]
    reportable: tuple[bool, ...]


def launch(tree: Tree, people: Sequence[int], k: int) -> Launch:
    """Roll up the invited people (a number per group, each person once).

    Raises RefusedError if fewer than ``k`` people are invited in all.
    """
    if sum(people) < k:
        raise RefusedError(
            f"{sum(people)} people would be invited, and a survey needs at least {k}, so that nobody "
            "can be singled out. Nothing was launched. Choose a group with more people."
        )
    pool = _pools(tree, people, k, [True] * len(tree))
    answers_in = (tree.nearest(v, pool) if people[v] else -1 for v in range(len(tree)))
    below, covered = tree.totals(people).tolist(), tree.totals(pool).tolist()
    reportable = (
        here >= k and FURTHER_UP * (all_ - here) <= all_
        for all_, here in zip(below, covered, strict=True)
    )
    return Launch(tuple(answers_in), tuple(pool), tuple(reportable))


def place_comments(
    tree: Tree, blocks: Sequence[int], shown: Sequence[bool], survey: str, *, at_root: bool
) -> tuple[int, ...]:
    """Return, per group, the number of the group that lists its people's comments; −1 for none.

    ``blocks`` are the people released at each group by the plan of the responses: all
    this follows from numbers that are told anyway. Only groups that are ``shown`` list
    comments, each list for at least ten people who could have written it. ``at_root``
    says that people answer in the root itself: then, or if the root is left with one to
    nine, it takes in the smallest list just below, so that those few are not alone.
    """
    if sum(blocks) < COMMENTS or not shown[0]:
        return (-1,) * len(tree)
    pool = _pools(tree, blocks, COMMENTS, shown)
    if pool[0] < COMMENTS and (pool[0] or at_root):
        draw = lots(survey, tree)
        below = [v for v in range(1, len(tree)) if pool[v] and _next_list(tree, pool, v) == 0]
        smallest = min(below, key=lambda v: (pool[v], draw[v]))
        pool[0], pool[smallest] = pool[0] + pool[smallest], 0
    return tuple(tree.nearest(v, pool) for v in range(len(tree)))


def _pools(tree: Tree, own: Sequence[int], least: int, may_keep: Sequence[bool]) -> list[int]:
    pool = list(own)
    for v in tree.upward():
        if v and (pool[v] < least or not may_keep[v]):
            pool[tree.parent[v]] += pool[v]
            pool[v] = 0
    return pool


def _next_list(tree: Tree, pool: Sequence[int], v: int) -> int:
    return max(0, tree.nearest(tree.parent[v], pool))
