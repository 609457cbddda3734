"""At launch: every key stands for k people; comments are listed for ten."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from teamhealth.disclosure.rollup import launch, place_comments
from teamhealth.errors import RefusedError
from tests.rooms.disclosure.makers import CALM, tree_of, trees


def test_a_remainder_goes_up_until_it_is_k_people():
    # company 2 · department 1, teams 6, 3 and 2
    tree = tree_of([-1, 0, 1, 1, 1])

    fixed = launch(tree, [2, 1, 6, 3, 2], 5)

    assert fixed.answers_in == (0, 1, 2, 1, 1)
    assert fixed.invited == (2, 6, 6, 0, 0)
    assert fixed.reportable == (True, True, True, False, False)


def test_a_group_with_more_than_a_third_answering_further_up_has_no_result():
    # company 4 · department 0 with teams 5 and 4: the four answer in the company
    fixed = launch(tree_of([-1, 0, 1, 1]), [4, 0, 5, 4], 5)

    assert fixed.answers_in == (0, -1, 2, 0)
    assert fixed.reportable == (True, False, True, False)


def test_too_few_people_are_refused():
    with pytest.raises(RefusedError, match="at least 5"):
        launch(tree_of([-1, 0]), [1, 3], 5)


@settings(max_examples=150, **CALM)
@given(trees(), st.integers(2, 10))
def test_every_key_but_the_root_s_stands_for_k_people(drawn, k):
    tree, people = drawn
    assume(sum(people) >= k)

    fixed = launch(tree, people, k)

    assert sum(fixed.invited) == sum(people)
    assert all(n == 0 or n >= k for n in fixed.invited[1:])
    assert fixed.reportable[0]
    for v, at in enumerate(fixed.answers_in):
        assert (at == -1) == (people[v] == 0)
        assert at == -1 or fixed.invited[at]


@settings(max_examples=150, **CALM)
@given(trees(), st.booleans(), st.data())
def test_every_list_of_comments_stands_for_ten_people(drawn, at_root, data):
    tree, blocks = drawn
    shown = [True] + [data.draw(st.booleans()) or n > 0 for n in blocks[1:]]

    lists = place_comments(tree, blocks, shown, "s", at_root=at_root)

    people = {}
    for v, n in enumerate(blocks):
        people[lists[v]] = people.get(lists[v], 0) + n
    if sum(blocks) < 10:
        assert set(lists) == {-1}
    else:
        assert all(people[at] >= 10 and shown[at] for at in set(lists) - {-1})
        assert people.get(-1, 0) == 0
        assert not at_root or lists[0] == 0


def test_a_root_left_with_few_or_none_takes_in_the_smallest_list_below_it():
    tree = tree_of([-1, 0, 0])

    assert place_comments(tree, [6, 12, 11], [True] * 3, "s", at_root=True) == (0, 1, 0)
    assert place_comments(tree, [0, 12, 11], [True] * 3, "s", at_root=True) == (0, 1, 0)
    assert place_comments(tree, [0, 12, 11], [True] * 3, "s", at_root=False) == (-1, 1, 2)
