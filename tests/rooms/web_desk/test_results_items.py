"""The page of one statement says what the snapshot holds of it, group by group and survey by survey."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

from teamhealth.cells.audience import LEADER_THEME
from teamhealth.instruments.library import library
from tests.northwind import counted
from tests.reading import rows, said
from tests.rooms.outlets import planting

HIDDEN = "Not shown, to protect anonymity."
TOMAS, OLGA = "tomas@northwind.example", "olga@northwind.example"
ITEM = "listening_1"
TURNED = next(
    question.id
    for question in library().instrument("quarterly", ["en"]).questions
    if question.theme == "listening" and question.reverse
)


def _question(item):
    return library().instrument("quarterly", ["en"]).question(item)


def _rounded(value, places="1"):
    return str(Decimal(value).quantize(Decimal(places), ROUND_HALF_UP))


def _in_words(cell, reverse):
    """Write a cell below ten by the table of DESIGN §6, in English."""
    plain = {
        "almost_everybody": "almost everybody agrees",
        "most": "most agree",
        "about_half": "about half agree",
        "a_minority": "a minority agrees",
        "almost_nobody": "almost nobody agrees",
    }[cell.word]
    return plain.replace("agree", "disagree") if reverse else plain


def _told(cell, group, reverse):
    """Write a row's cells anew from the five counts, or from the word."""
    if cell.counts is None:
        return [_in_words(cell, reverse)]
    many = sum(cell.counts)
    agree = Decimal(100 * (cell.counts[3] + cell.counts[4])) / many
    mean = Decimal(sum(mark * n for mark, n in enumerate(cell.counts, 1))) / many
    low, high = cell.people
    people = f"{low}–{high} of {group.invited}" if low < high else f"{low} of {group.invited}"
    turned = "disagree " if reverse else ""
    return ["", f"{_rounded(agree)} % {turned}{people}", _rounded(mean, "0.1")]


def test_every_group_says_its_own_share_mean_or_word_in_the_order_of_the_tree(reading):
    snapshot, page = reading()
    for item in (ITEM, TURNED):
        reverse = _question(item).reverse
        told = rows(page(f"items/{item}"), "by-group")[1:]
        assert [row[0] for row in told] == [group.name for group in snapshot.groups]
        for row, group in zip(told, snapshot.groups, strict=True):
            if group.responses is None:
                where = snapshot.group(group.counted_in).name
                assert row[1:] == [f"{HIDDEN} Counted in {where}."]
            else:
                assert row[1:] == _told(group.items[item], group, reverse), group.name


def test_the_table_of_per_cents_holds_the_five_shares_as_people_gave_them(reading):
    snapshot, page = reading()
    for item in (ITEM, TURNED):
        told = {row[0]: row[1:] for row in rows(page(f"items/{item}"), "stack")[1:]}
        shown = {g.name: g.items[item].counts for g in snapshot.groups if item in g.items}
        assert set(told) == {name for name, counts in shown.items() if counts}
        for name, cells in told.items():
            counts = shown[name]
            given = reversed(counts) if _question(item).reverse else counts
            assert cells == [f"{_rounded(Decimal(100 * n) / sum(counts))} %" for n in given], (
                name
            )


def test_earlier_surveys_stand_below_as_each_told_it(reading):
    _, page = reading()
    told = rows(page(f"items/{ITEM}?in=service-desk"), "spread")[-3:]
    waves = [snapshot for snapshot, _ in counted()]
    groups = [wave.group("service-desk") for wave in waves]
    assert told == [
        [wave.survey.title, *_told(group.items[ITEM], group, reverse=False)]
        for wave, group in zip(waves, groups, strict=True)
    ]


def test_at_a_small_team_there_is_no_number_but_of_those_who_are_told_from_ten(reading):
    snapshot, page = reading(TOMAS)
    html = page(f"items/{ITEM}")
    word = _in_words(snapshot.group("warehouse-north").items[ITEM], reverse=False)
    assert f"At Warehouse North: {word}." in said(html)
    assert "%" not in said(html)
    assert "<rect" not in html


def test_a_branch_has_an_address_and_leads_its_own_groups_alone(reading):
    snapshot, page = reading()
    html = page(f"items/{ITEM}?in=operations")
    told = [row[0] for row in rows(html, "by-group")[1:]]
    assert told == [
        group.name for group in snapshot.groups if group.path.startswith("Northwind/Operations")
    ]
    assert "At Operations:" in said(html)
    assert "All groups" in said(html)


def test_each_sees_the_groups_they_may_open_and_no_other(reading):
    _, page = reading(OLGA)
    told = {row[0] for row in rows(page(f"items/{ITEM}"), "by-group")[1:]}
    assert "Operations" in told
    assert not told & {"Northwind", "Service Desk", "Platform"}
    page(f"items/{ITEM}?in=service-desk", 404)


def test_statements_about_leaders_and_unknown_ones_have_no_page(reading):
    snapshot, page = reading(TOMAS)
    led = next(theme.items for theme in snapshot.themes if theme.id == LEADER_THEME)
    for item in (*led, "none", "comment"):
        page(f"items/{item}", 404)
    assert "items/" + led[0] not in page("groups/warehouse-north")


def test_where_it_was_agreed_statements_about_leaders_have_one_too(reading):
    snapshot, page = reading(audience="agreed")
    led = next(theme.items for theme in snapshot.themes if theme.id == LEADER_THEME)
    assert rows(page(f"items/{led[0]}"), "by-group")[1:]


def test_what_is_asked_besides_has_a_page_of_its_own(reading):
    snapshot, page = reading()
    html = page("items/engagement")
    told = {row[0]: row[1:] for row in rows(html, "by-group")[1:]}
    desk = snapshot.group("service-desk")
    assert told["Service Desk"] == _told(desk.items["engagement"], desk, reverse=False)
    assert "Asked besides" in said(html)


def test_a_statement_kept_back_at_a_group_is_the_one_sentence(reading):
    def without(snapshot):
        desk = snapshot.group("service-desk")
        items = {name: cell for name, cell in desk.items.items() if name != ITEM}
        return planting.group(snapshot, "service-desk", items=items)

    _, page = reading(change=without)
    html = page(f"items/{ITEM}?in=service-desk")
    assert rows(html, "by-group")[1:] == [["Service Desk", HIDDEN]]
    assert ["Q3 2026", "not asked, or not shown"] in rows(html, "spread")


def test_every_statement_on_a_groups_page_leads_to_its_own(reading):
    snapshot, page = reading()
    html = page("groups/service-desk")
    for theme in snapshot.themes:
        for item in theme.items if theme.id != LEADER_THEME else ():
            assert f"items/{item}?in=service-desk" in html


def test_too_few_for_any_result_is_said_in_the_one_sentence(reading):
    def bare(snapshot):
        groups = (
            replace(g, responses=None, items={}, themes={}, enps=None, counted_in=None)
            for g in snapshot.groups
        )
        return replace(snapshot, groups=tuple(groups))

    _, page = reading(change=bare)
    assert {row[1] for row in rows(page(f"items/{ITEM}"), "by-group")[1:]} == {HIDDEN}
