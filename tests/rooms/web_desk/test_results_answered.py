"""Who is included, after the close: the snapshot's numbers, none of a group without a result, nobody by name."""

import re
from collections import Counter
from decimal import ROUND_HALF_UP, Decimal

from teamhealth.cells.findings import Response
from tests.northwind import counted
from tests.reading import rows, said
from tests.rooms.outlets import planting

OLGA, RITA = "olga@northwind.example", "rita@northwind.example"
HIDDEN = "Not shown, to protect anonymity."
WORDS = {
    Response.NORMAL: "most are heard",
    Response.SOME_SILENT: "some voices are missing",
    Response.HALF_SILENT: "about half are silent",
    Response.TOO_SILENT: "fewer than four in ten are heard",
}


def _share(group):
    share = Decimal(100 * group.responses) / group.invited
    return f"{share.quantize(Decimal(1), ROUND_HALF_UP)} % {group.responses} of {group.invited}"


def test_every_group_says_how_many_are_in_its_figures_in_the_order_of_the_tree(reading):
    snapshot, page = reading()
    told = rows(page("answered"), "heard")[1 : 1 + len(snapshot.groups)]
    assert [row[0] for row in told] == [group.name for group in snapshot.groups]
    for row, group in zip(told, snapshot.groups, strict=True):
        if group.responses is None:
            where = snapshot.group(group.counted_in).name
            assert row[1:] == [f"{HIDDEN} Counted in {where}."]
        else:
            assert row[1:] == ["", _share(group), WORDS[group.response]]


def test_how_many_groups_have_a_result_and_how_well_they_are_heard_is_counted_right(reading):
    snapshot, page = reading()
    words = said(page("answered"))
    shown = [group for group in snapshot.groups if group.parent and group.responses is not None]
    assert f"{len(shown)} groups have a result of their own." in words
    assert "One is counted further up, to protect anonymity." in words
    for response, many in Counter(group.response for group in shown).items():
        assert f"{WORDS[response]}: {many}" in words


def test_the_overview_counts_as_many_groups_with_a_result(reading):
    _, page = reading()
    told = re.search(r"(\d+) groups have a result of their own", said(page("answered")))
    above = re.search(r"groups have a result of their own\D*(\d+) ", said(page("results")))
    assert above[1] == told[1]


def test_all_four_words_are_told(reading):
    def some(snapshot):
        for name, response in zip(
            ("operations", "transport", "product", "finance"), Response, strict=True
        ):
            snapshot = planting.group(snapshot, name, response=response)
        return snapshot

    _, page = reading(change=some)
    told = {row[0]: row[-1] for row in rows(page("answered"), "heard")}
    assert [
        told[name] for name in ("Operations", "Transport", "Product", "People & Finance")
    ] == [WORDS[response] for response in Response]


def test_earlier_surveys_stand_below_as_each_told_it(reading):
    _, page = reading()
    told = rows(page("answered?in=service-desk"), "heard")[-3:]
    assert [row[:3] for row in told] == [
        [snapshot.survey.title, "", _share(snapshot.group("service-desk"))]
        for snapshot, _ in counted()
    ]


def test_a_leader_reads_of_their_own_groups_alone(reading):
    _, page = reading(OLGA)
    html = page("answered")
    assert "of the 58 who were asked at Operations" in said(html)
    assert not {row[0] for row in rows(html, "heard")} & {"Northwind", "Service Desk"}
    page("answered?in=service-desk", 404)


def test_of_a_group_without_a_result_no_number_is_told(reading):
    _, page = reading(RITA)
    words = said(page("answered?in=returns"))
    assert f"{HIDDEN} Counted in Operations." in words
    assert not re.search(r"\d of \d", words)
    assert not re.search(r"\d of the \d", words)
