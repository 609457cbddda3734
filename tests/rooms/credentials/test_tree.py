"""The tree over the groups has the shape of RFC 6962, and the fingerprint is slow."""

import hashlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from teamhealth.credentials.codes import b64
from teamhealth.credentials.fingerprint import fingerprint
from teamhealth.credentials.tree import check_leaf, merkle


def _leaves(count):
    return [b'{"g":"g%d"}' % at for at in range(count)]


def _leaf(leaf):
    return hashlib.sha256(b"\0" + leaf).digest()


def _node(left, right):
    return hashlib.sha256(b"\1" + left + right).digest()


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 200))
def test_every_leaf_is_found_by_its_path(count):
    leaves = _leaves(count)

    root, paths = merkle(leaves)

    for leaf, path in zip(leaves, paths, strict=True):
        check_leaf(leaf, path, root)
        assert len(path) <= (count - 1).bit_length()


@settings(max_examples=40, deadline=None)
@given(st.integers(2, 50), st.data())
def test_no_other_leaf_path_or_root_passes(count, data):
    leaves = _leaves(count)
    root, paths = merkle(leaves)
    at = data.draw(st.integers(0, count - 1))
    leaf, path = leaves[at], paths[at]
    turned = [{"L": "R", "R": "L"}[step[0]] + step[1:] for step in path]

    for bad in (
        (leaf.replace(b"g", b"h"), path, root),
        (leaf, path[:-1], root),
        (leaf, [*path, "L" + b64(bytes(32))], root),
        (leaf, turned, root),
        (leaf, path, bytes(32)),
        (leaf, paths[at - 1], root),
    ):
        with pytest.raises(ValueError, match="not part of the published survey"):
            check_leaf(*bad)


def test_five_leaves_are_split_four_and_one():
    a, b, c, d, e = (_leaf(leaf) for leaf in _leaves(5))

    root, paths = merkle(_leaves(5))

    assert root == _node(_node(_node(a, b), _node(c, d)), e)
    assert paths[4] == ["L" + b64(_node(_node(a, b), _node(c, d)))]
    assert [step[0] for step in paths[2]] == ["R", "L", "R"]


def test_an_inner_node_is_no_leaf():
    leaves = _leaves(4)
    root, _ = merkle(leaves)
    left, right = (_node(_leaf(leaves[at]), _leaf(leaves[at + 1])) for at in (0, 2))

    assert root == _node(left, right)
    with pytest.raises(ValueError, match="not part"):
        check_leaf(left + right, [], root)


@pytest.mark.parametrize("path", [["X" + b64(bytes(32))], ["L" + b64(bytes(31))], ["L"], [""]])
def test_a_path_that_is_none_is_refused(path):
    root, _ = merkle(_leaves(2))

    with pytest.raises(ValueError, match=r"path|bytes"):
        check_leaf(_leaves(2)[0], path, root)


def test_a_path_of_more_than_32_steps_is_refused():
    with pytest.raises(ValueError, match="too long"):
        check_leaf(b"leaf", ["L" + b64(bytes(32))] * 33, bytes(32))


def test_no_leaf_no_tree():
    with pytest.raises(ValueError, match="needs a leaf"):
        merkle([])


def test_the_fingerprint_is_pbkdf2_over_the_bytes_received():
    assert fingerprint(b"hello") == "63V5Z3BQTE80HQ6C"
    assert fingerprint(b"hello ") != fingerprint(b"hello")
