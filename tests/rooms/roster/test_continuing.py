"""Which group of a new roster is which: by its path, by its people, or as whoever imports decides."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teamhealth.errors import WrongUseError
from teamhealth.roster import comparing
from teamhealth.roster.choices import Choices, Wish, choose
from teamhealth.roster.listed import Member, Roster, tree
from teamhealth.roster.matching import match

FIRM = {"Warehouse": "abcdefg", "Sales": "hijk", "Office": "lmno"}


def firm(groups, top="Acme"):
    """Give a roster: the people of each group, one letter each, by its path below the top."""
    people = [
        Member(f"{person}@acme.org", person.upper(), f"{top}/{path}" if path else top)
        for path, letters in groups.items()
        for person in letters
    ]
    return Roster(tree(member.group for member in people), tuple(people))


def merged(sources, target, what):
    return f"{sources} are now one group, {target}: it {what}."


def others(group):
    return (
        f"Most people of {group} were not in it before; it keeps its history all the same. "
        f'If it is another group: --new "{group}".'
    )


def imported(before, now, same=(), new=()):
    """Match two rosters; give the paths now of the kept groups and what is told of their history."""
    before, now = (r if isinstance(r, Roster) else firm(r) for r in (before, now))
    matching = match(before, now, choose(before, now, Wish(same, new)))
    told = comparing.compare(before, now, matching).history
    short = {old: path for old, path in matching.kept.items() if old != path}
    gone = set(before.groups) - set(matching.kept)
    return short, gone, [str(fate) for fate in told]


def test_a_group_that_is_renamed_and_moved_is_the_same_though_some_leave_and_come():
    now = {"Logistics/Depot": "abcdef", "Sales": "hijkg", "Office": "lmnoxyz"}

    kept, gone, told = imported(FIRM, now)

    assert kept == {"Acme/Warehouse": "Acme/Logistics/Depot"}
    assert (gone, told) == (set(), [])


def test_the_larger_part_of_a_split_group_goes_on():
    now = FIRM | {"North": "abcd", "South": "efg"}
    del now["Warehouse"]

    kept, gone, told = imported(FIRM, now)

    assert kept == {"Acme/Warehouse": "Acme/North"}
    assert gone == set()
    assert told == [
        "Acme/Warehouse was split: Acme/North keeps its history, Acme/South begins anew."
    ]


def test_of_a_group_split_evenly_no_part_goes_on():
    now = FIRM | {"North": "abc", "South": "def"}
    del now["Warehouse"]

    kept, gone, told = imported(FIRM | {"Warehouse": "abcdef"}, now)

    assert (kept, gone) == ({}, {"Acme/Warehouse"})
    assert told == ["Acme/Warehouse was split: Acme/North and Acme/South begin anew."]


def test_a_part_that_leaves_begins_anew_and_the_rest_goes_on_by_its_name():
    _, gone, told = imported(FIRM, FIRM | {"Warehouse": "abcd", "South": "efg"})

    assert gone == set()
    assert told == [
        "Acme/Warehouse was split: Acme/Warehouse keeps its history, Acme/South begins anew."
    ]


def test_teams_made_within_a_group_do_not_split_it():
    now = FIRM | {"Warehouse/Day": "abcd", "Warehouse/Night": "efg"}
    del now["Warehouse"]

    assert imported(FIRM, now) == ({}, set(), [])


def test_a_group_parted_into_teams_under_another_name_goes_on_above_them():
    now = FIRM | {"Depot/Day": "abc", "Depot/Night": "efg", "Depot": "d"}
    del now["Warehouse"]

    assert imported(FIRM, now) == ({"Acme/Warehouse": "Acme/Depot"}, set(), [])


def test_merged_groups_go_on_as_the_one_most_people_come_from():
    now = {"Warehouse": "abcdefg", "Service": "hijklmz", "Office": "no"}

    kept, gone, told = imported(FIRM | {"Returns": "z"}, now)

    assert kept == {"Acme/Sales": "Acme/Service"}
    assert gone == {"Acme/Returns"}
    assert told == []  # two came from the office, which stays; one alone merges nothing

    before = {"Returns": "abcd", "Repairs": "efg", "Office": "lmno"}
    kept, gone, told = imported(before, {"Service": "abcdefgx", "Office": "lmno"})

    assert (kept, gone) == ({"Acme/Returns": "Acme/Service"}, {"Acme/Repairs"})
    assert told == [
        merged(
            "Acme/Returns and Acme/Repairs",
            "Acme/Service",
            "keeps the history of Acme/Returns, which most of its people come from",
        )
    ]


def test_groups_merged_as_equals_begin_anew():
    before = {"Returns": "abc", "Repairs": "def", "Office": "lmno"}

    kept, gone, told = imported(before, {"Service": "abcdef", "Office": "lmno"})

    assert (kept, gone) == ({}, {"Acme/Returns", "Acme/Repairs"})
    assert told == [
        merged(
            "Acme/Returns and Acme/Repairs",
            "Acme/Service",
            "begins anew, as none is most of it",
        )
    ]


def test_a_group_that_takes_in_a_larger_one_goes_on_by_its_name_and_that_is_told():
    before = {"Returns": "ab", "Repairs": "cdefg", "Office": "lmno"}

    kept, gone, told = imported(before, {"Returns": "abcdefg", "Office": "lmno"})

    assert (kept, gone) == ({}, {"Acme/Repairs"})
    assert told == [
        merged(
            "Acme/Returns and Acme/Repairs",
            "Acme/Returns",
            "keeps the history of Acme/Returns, whose name it has",
        )
    ]


def test_groups_that_exchange_names_follow_their_people():
    now = FIRM | {"Sales": "lmno", "Office": "hijk"}

    kept, gone, told = imported(FIRM, now)

    assert kept == {"Acme/Sales": "Acme/Office", "Acme/Office": "Acme/Sales"}
    assert gone == set()
    assert told[0] == (
        "All people of Acme/Sales are Acme/Office now, and others are Acme/Sales: the history "
        'goes with the people. If it should stay with the name: --same "Acme/Sales=Acme/Sales".'
    )
    assert len(told) == 2


def test_names_handed_on_along_a_row_follow_their_people_too():
    now = {"Sales": "abcdefg", "Office": "hijk", "Bureau": "lmno"}

    kept, gone, _ = imported(FIRM, now)

    assert kept == {
        "Acme/Warehouse": "Acme/Sales",
        "Acme/Sales": "Acme/Office",
        "Acme/Office": "Acme/Bureau",
    }
    assert gone == set()


def test_departments_that_exchange_names_take_their_teams_along():
    before = {"Ops": "x", "Ops/One": "abc", "Shop": "y", "Shop/One": "def"}
    now = {"Shop": "x", "Shop/One": "abc", "Ops": "y", "Ops/One": "def"}

    kept, _, _ = imported(before, now)

    assert kept == {
        "Acme/Ops": "Acme/Shop",
        "Acme/Ops/One": "Acme/Shop/One",
        "Acme/Shop": "Acme/Ops",
        "Acme/Shop/One": "Acme/Ops/One",
    }


def test_a_firm_whose_people_are_all_in_one_team_now_is_still_the_firm():
    assert imported(firm({"": "abc"}), firm({"Team": "abc"}, top="Beta")) == (
        {"Acme": "Beta"},
        set(),
        [],
    )


def test_heads_who_exchange_their_posts_take_no_name_along():
    before = {"Ops": "x", "Ops/One": "abc", "Shop": "y", "Shop/Two": "def"}
    now = {"Ops": "y", "Ops/One": "abc", "Shop": "x", "Shop/Two": "def"}

    assert imported(before, now) == ({}, set(), [])


def test_a_group_whose_people_are_others_goes_on_by_its_name_and_that_is_told():
    kept, gone, told = imported(FIRM, FIRM | {"Office": "lwxyz"})

    assert (kept, gone) == ({}, set())
    assert told == [others("Acme/Office")]


def test_a_group_that_comes_back_after_it_was_gone_begins_anew():
    without = {path: people for path, people in FIRM.items() if path != "Office"}

    matching = match(firm(without), firm(FIRM), Choices())

    assert "Acme/Office" not in matching.kept.values()


def test_whoever_imports_says_which_part_goes_on():
    now = FIRM | {"North": "abcd", "South": "efg"}
    del now["Warehouse"]

    kept, gone, told = imported(FIRM, now, same=["Acme/Warehouse = Acme/South"])

    assert (kept, gone) == ({"Acme/Warehouse": "Acme/South"}, set())
    assert told == [
        "Acme/Warehouse was split: Acme/South keeps its history, Acme/North begins anew.",
        "Acme/Warehouse is Acme/South, as you decided, and keeps its history.",
    ]


def test_whoever_imports_says_that_names_stay_where_they_are():
    now = FIRM | {"Sales": "lmno", "Office": "hijk"}

    kept, gone, told = imported(FIRM, now, same=["Acme/Sales=Acme/Sales"])

    assert (kept, gone) == ({}, set())
    assert told == [
        others("Acme/Office"),
        "Acme/Sales is Acme/Sales, as you decided, and keeps its history.",
    ]


def test_whoever_imports_says_that_a_group_begins_anew():
    kept, gone, told = imported(
        FIRM, {"Warehouse": "abcdefg", "Trade": "hijk", "Office": "wxyz"},
        new=["Acme/Office", "Acme/Trade"],
    )  # fmt: skip

    assert (kept, gone) == ({}, {"Acme/Sales", "Acme/Office"})
    assert told == [
        "Acme/Trade begins anew, as you decided.",
        "Acme/Office begins anew, as you decided.",
    ]


def test_a_name_may_hold_an_equals_sign():
    kept, _, _ = imported(
        {"A=B": "abc", "C": "def"}, {"A=C": "xyz", "C": "def"}, same=["Acme/A=B=Acme/A=C"]
    )

    assert kept == {"Acme/A=B": "Acme/A=C"}


@pytest.mark.parametrize(
    ("same", "new", "told"),
    [
        (["Acme/Moon=Acme/Sales"], [], "no group “Acme/Moon” in the roster so far"),
        (["Acme/Shop=Acme/Moon"], [], "no group “Acme/Moon” in the file"),
        (["Acme/Sales"], [], "names one group; write OLD PATH=NEW PATH"),
        ([], ["Acme/Shop"], "no group “Acme/Shop” in the file"),
        (["Acme/Shop=Acme/A", "Acme/Shop=Acme/B"], [], "“Acme/Shop” cannot be both"),
        (["Acme/Shop=Acme/A", "Acme/Lab=Acme/A"], [], "“Acme/Shop” and “Acme/Lab” cannot both"),
        (["Acme/Shop=Acme/A"], ["Acme/A"], "cannot both be new and go on from “Acme/Shop”"),
        (["Acme/Sales=Acme/Sales"], ["Acme/Sales"], "cannot both be new and go on"),
        (["Acme/Shop=Acme/Sales"], [], "“Acme/Sales” was a group before and stays one"),
        (["Acme/Sales=Acme/A"], [], "“Acme/Sales” stays where it is in the file"),
    ],
)
def test_decisions_that_cannot_all_hold_are_refused_in_a_sentence(same, new, told):
    before = {"Sales": "abc", "Shop": "def", "Lab": "ghi"}
    now = {"Sales": "abc", "A": "def", "B": "ghi"}

    with pytest.raises(WrongUseError, match=told) as refusal:
        imported(before, now, same, new)

    assert str(refusal.value).endswith("Nothing was stored.")


def test_a_name_is_given_on_where_it_is_said_what_becomes_of_the_group_that_had_it():
    before = {"Sales": "abc", "Shop": "def"}
    now = {"Sales": "abc", "Shop": "def"}

    kept, gone, told = imported(
        before, now, ["Acme/Shop=Acme/Sales"], ["Acme/Sales", "Acme/Shop"]
    )

    assert kept == {"Acme/Shop": "Acme/Sales"}
    assert gone == {"Acme/Sales"}
    assert told[-1] == "Acme/Shop begins anew, as you decided."


_PATHS = st.sampled_from(["", "A", "B", "C", "A/A", "A/B", "B/A", "B/B", "B/B/A"])
_PLACES = st.lists(st.tuples(_PATHS, _PATHS), min_size=1, max_size=14)


@st.composite
def _imports(draw):
    """Draw people who are here before, now or both, and some decisions."""
    places, stay = (
        draw(_PLACES),
        draw(st.lists(st.sampled_from("bns"), min_size=14, max_size=14)),
    )
    tops = draw(st.sampled_from([("Acme", "Acme"), ("Acme", "Beta")]))
    sides = []
    for at, side in enumerate("bn"):
        people = [
            Member(f"p{n}@x.org", "P", "/".join(filter(None, (tops[at], place[at]))))
            for n, place in enumerate(places)
            if stay[n] in (side, "s")
        ]
        sides.append(Roster(tree(member.group for member in people), tuple(people)))
    before, now = sides
    olds, news = (st.sampled_from(side.groups or ("",)) for side in sides)
    same = draw(st.lists(st.builds("{}={}".format, olds, news), max_size=2))
    return before, now, Wish(same, draw(st.lists(news, max_size=2)))


@given(_imports())
def test_no_group_ever_gets_two_histories_and_no_history_two_groups(drawn):
    before, now, wish = drawn
    try:
        choices = choose(before, now, wish)
    except WrongUseError:
        choices = Choices()

    matching = match(before, now, choices)
    diff = comparing.compare(before, now, matching)

    assert set(matching.kept) <= set(before.groups)
    assert set(matching.kept.values()) <= set(now.groups)
    assert max(Counter(matching.kept.values()).values(), default=0) <= 1
    assert choices.same.items() <= matching.kept.items()
    assert all(
        target not in choices.new or choices.same.get(old) == target
        for old, target in matching.kept.items()
    )
    assert all(fate.sentence.endswith(".") for fate in diff.history)
    if before == now and not (choices.same or choices.new):
        assert not diff


def test_the_same_roster_again_is_the_same_groups_whatever_they_are():
    before = firm(FIRM)

    matching = match(before, before, Choices())

    assert matching.kept == {path: path for path in before.groups}
