"""Exact linear algebra for attackers: whom does some combination of known sums single out?

All in whole numbers modulo a prime of 61 bits, far above every minor that occurs here.
"""

from itertools import combinations

PRIME = 2**61 - 1


def singled_out(rows, people, k):
    """Give atoms of fewer than ``k`` people that some combination of the rows is about, or None.

    Rows map atoms to whole numbers, ``people`` atoms to how many they are. A combination
    about some atoms only exists if their columns of the null space are dependent.
    """
    atoms = sorted({atom for row in rows for atom in row})
    free = _null_space([[row.get(atom, 0) % PRIME for atom in atoms] for row in rows])
    small = [at for at, atom in enumerate(atoms) if people[atom] < k]
    for many in range(1, k):
        for some in combinations(small, many):
            if sum(people[atoms[at]] for at in some) < k and _rank(
                [[vector[at] for vector in free] for at in some]
            ) < len(some):
                return [atoms[at] for at in some]
    return None


def _reduce(matrix):
    """Bring rows to reduced echelon form, in place; give the pivot columns."""
    pivots = []
    for column in range(len(matrix[0]) if matrix else 0):
        at = len(pivots)
        found = next((i for i in range(at, len(matrix)) if matrix[i][column]), None)
        if found is None:
            continue
        matrix[at], matrix[found] = matrix[found], matrix[at]
        inverse = pow(matrix[at][column], PRIME - 2, PRIME)
        row = matrix[at] = [x * inverse % PRIME for x in matrix[at]]
        for i, other in enumerate(matrix):
            if i != at and (factor := other[column]):
                matrix[i] = [(x - factor * y) % PRIME for x, y in zip(other, row, strict=True)]
        pivots.append(column)
    return pivots


def _rank(matrix):
    return len(_reduce([list(row) for row in matrix]))


def _null_space(matrix):
    """Give a basis of what every row maps to nothing."""
    rows = [list(row) for row in matrix]
    pivots, width = _reduce(rows), len(matrix[0])
    basis = []
    for column in range(width):
        if column not in pivots:
            vector = [0] * width
            vector[column] = 1
            for at, pivot in enumerate(pivots):
                vector[pivot] = -rows[at][column] % PRIME
            basis.append(vector)
    return basis
