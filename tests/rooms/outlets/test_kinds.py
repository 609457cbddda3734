"""What can be printed of a survey is one list, and every file in it has a name of its own."""

from dataclasses import replace

import pytest

from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.outlets.kinds import Kind, Wanted, only, printed, wanted
from teamhealth.outlets.naming import stems
from tests.rooms.outlets.handing import handed, material, stacked, wide
from tests.rooms.outlets.makers import hide
from tests.rooms.outlets.printing import HIDDEN, SMALL, counted


def listed(snapshot):
    return [(one.group, str(one.kind)) for one in wanted(snapshot)]


def test_the_list_follows_the_tree_and_gives_each_group_what_it_can_have():
    snapshot = stacked(counted()[0])
    root = snapshot.root.id

    assert listed(snapshot)[:6] == [
        (root, "organisation"), (root, "summary"), (root, "team"), (root, "slides"),
        ("g3", "team"), ("g3", "branch"),
    ]  # fmt: skip
    assert [kind for name, kind in listed(snapshot) if name == SMALL] == ["team", "slides"]
    assert [kind for name, kind in listed(snapshot) if name == HIDDEN] == ["talk"]
    assert sum(kind == "branch" for _, kind in listed(snapshot)) == 1


def test_of_an_organisation_without_a_result_there_are_talks_only():
    snapshot = counted()[0]
    silent = replace(snapshot, groups=tuple(hide(one, None) for one in snapshot.groups))

    assert {kind for _, kind in listed(silent)} == {"talk"}


def test_everything_in_the_list_can_be_printed():
    of = material(change=stacked)

    for one in wanted(of.snapshot):
        if one.group in {of.snapshot.root.id, "g3", HIDDEN}:
            assert handed(one.kind, one.group, of).startswith(b"%PDF")


def test_a_pdf_that_there_is_not_is_refused_with_what_to_take_instead():
    with pytest.raises(RefusedError, match=r"has a result of its own.*take its report"):
        handed("talk", SMALL)
    for kind in ("team", "branch", "slides", "summary"):
        with pytest.raises(RefusedError, match=r"no result of its own.*counted in Acme"):
            handed(kind, HIDDEN)
    with pytest.raises(KeyError):
        only(Kind.TEAM, "nowhere", counted()[0])
    of = material()
    with pytest.raises(NotFoundError, match="no group 'nowhere'"):
        printed(Wanted(Kind.SLIDES, "nowhere", "nowhere"), of)


def test_names_of_files_are_readable_safe_short_and_never_alike():
    named = stems(
        ["Acme", "Acme/R&D: ../x", "Acme/R-D -- X", "Acme/القاهرة/Ä", "Acme/Acme", "Acme/…"]
    )

    assert list(named.values()) == [
        "acme", "r-d-x", "r-d-x-2", "القاهرة-ä", "acme-2", "group",
    ]  # fmt: skip
    assert len(stems(["界" * 300])["界" * 300].encode()) <= 80
    long = f"Acme/{'Very long department ' * 9}/Night shift"
    assert stems(["Acme", long])[long].endswith("department-night-shift")


def test_ten_thousand_groups_have_ten_thousand_names():
    paths = ["Acme", *(f"Acme/{'Team ' * (n % 3 + 1)}{n % 7}{'!' * n}" for n in range(10_000))]

    found = stems(paths)

    assert len(set(found.values())) == len(set(paths)) == 10_001
    assert found == stems(paths)


def test_files_of_all_kinds_of_all_groups_have_different_names():
    names = [one.file_name for one in wanted(wide(counted()[0], 6, 8))]

    assert len(set(names)) == len(names)
    assert {
        "acme-organisation.pdf",
        "acme-summary.pdf",
        "d0-branch.pdf",
        "d0-t1-team.pdf",
    } <= set(names)
