"""PDF reports: tagged, set in our own fonts, and saying what the snapshot says, nothing else."""

import io
import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal

import pikepdf
import pytest
from weasyprint.urls import FatalURLFetchingError

from teamhealth.cells.audience import LEADER_THEME, Viewer
from teamhealth.cells.canonical import canonical, digest
from teamhealth.cells.plain import to_plain
from teamhealth.errors import NotFoundError, RefusedError
from teamhealth.instruments.library import library
from teamhealth.outlets.pdf import organisation_report, team_report
from teamhealth.outlets.print_fonts import printable
from teamhealth.outlets.print_press import fetch
from tests.rooms.outlets import printing
from tests.rooms.outlets.printing import HIDDEN, LARGE, MEDIUM, SMALL, Said, counted, text

OURS = {"Health-Sans", "Health-Serif", "Health-Arabic", "Health-Arabic-Semi-Bold"}
WORDS = {
    "almost_everybody": "almost everybody",
    "most": "most",
    "about_half": "about half",
    "a_minority": "a minority",
    "almost_nobody": "almost nobody",
}


def written(value, places=1):
    """Round as people do, by other code than the report's."""
    step = Decimal(10) ** -places
    return str((Decimal(str(value)) / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def title_of(asked, theme):
    return next(one.title["en"] for one in asked.themes if one.id == theme)


@pytest.mark.parametrize(("group", "length"), [(SMALL, 4), (MEDIUM, 6), (LARGE, 8)])
def test_the_length_follows_the_number_of_answers(group, length):
    assert len(printing.pages(printing.team(group))) == length
    assert length - 1 <= len(printing.pages(printing.team(group, "pulse"))) <= length


@pytest.mark.parametrize(
    ("group", "most", "reader"),
    [(SMALL, 4, "en"), (SMALL, 4, "de"), (MEDIUM, 6, "de"), (LARGE, 8, "ar")],
)
def test_even_the_longest_form_and_the_longest_language_keep_to_the_length(group, most, reader):
    languages = ("en",) if reader == "en" else ("en", reader)
    assert len(printing.pages(printing.team(group, "full", languages, reader=reader))) <= most


def test_many_comments_keep_to_the_length_and_say_how_many_more_there_are():
    said = tuple(
        Said("comment", f"Remark {n}. " + "So it is with us. " * 30) for n in range(60)
    )
    printed = printing.team(LARGE, comments=said)

    assert len(printing.pages(printed)) <= 8
    told = len(re.findall(r"Remark \d+\.", text(printed)))
    assert 0 < told < 60
    assert f"{60 - told} more comments stand on the group’s page only" in text(printed)


@pytest.mark.parametrize(("reader", "comma"), [("de", ","), ("ar", ".")])
def test_a_report_is_in_its_readers_language_and_its_numbers_are_the_same(reader, comma):
    snapshot, asked = counted("quarterly", ("en", reader))
    pdf = printing.team(SMALL, "quarterly", ("en", reader), reader=reader)
    printed = text(pdf)

    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.Root.Lang == reader
    assert {name.removesuffix("-Semi-Bold") for name in printing.fonts(pdf)} <= OURS
    for cell in snapshot.group(SMALL).themes.values():
        if cell is not snapshot.group(SMALL).themes.get(LEADER_THEME):
            assert written(cell.mean).replace(".", comma) in printed
    if reader == "de":
        titles = [theme.title["de"] for theme in asked.themes if theme.id != LEADER_THEME]
        assert [title for title in titles if title not in printed] == []
        assert next(q.text["de"] for q in asked.questions if q.theme == "listening") in printed


def test_templates_and_style_sheets_have_no_fault_that_is_passed_over_in_silence(caplog):
    snapshot, asked = counted("full")

    team_report(snapshot, MEDIUM, asked, library())
    organisation_report(snapshot, asked, library())

    assert [record.message for record in caplog.records] == []


@pytest.mark.parametrize(
    "printed", [lambda: printing.team(SMALL), printing.organisation], ids=["team", "all"]
)
def test_a_report_is_tagged_titled_and_in_our_fonts(printed):
    pdf = printed()
    assert {name.removesuffix("-Semi-Bold") for name in printing.fonts(pdf)} <= OURS
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root = document.Root
        assert root.MarkInfo.Marked
        assert root.Lang == "en"
        assert root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert "team health" in metadata["dc:title"]
        with document.open_outline() as outline:
            assert len(outline.root[0].children) >= 4
        figures = [
            thing
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/S") == "/Figure"
        ]
        assert len(figures) > 20
        assert all(len(str(figure.Alt)) > 3 for figure in figures)


@pytest.mark.parametrize("group", [SMALL, MEDIUM, LARGE])
def test_every_theme_says_the_snapshots_numbers(group):
    snapshot, asked = counted(again=True)
    printed = text(printing.team(group, again=True))
    cells = snapshot.group(group).themes
    compared = {"higher": "higher", "usual": "as usual", "lower": "lower"}

    assert len(cells) == 8
    for theme, cell in cells.items():
        if theme == LEADER_THEME:
            continue
        mean = "≥ 4.8" if not cell.full and cell.mean == 4.8 else written(cell.mean)
        likely = f"{written(cell.interval.low)}–{written(cell.interval.high)}"
        silent = r"(?: \([\d.]+\))?"
        before = rf" {written(counted()[0].group(group).themes[theme].mean)}"
        row = re.escape(f"{title_of(asked, theme)} ") + r"(?:Its .*? )?"
        row += rf"{mean} {likely}{silent}{before} {compared[cell.compared]}"
        assert re.search(row, printed), row


def test_below_ten_answers_statements_are_words_and_nothing_is_told_in_per_cent():
    snapshot, asked = counted()
    printed = text(printing.team(SMALL))

    for item, cell in snapshot.group(SMALL).items.items():
        if not item.startswith(LEADER_THEME):
            wording = asked.question(item)
            mark = " turned" if wording.reverse else ""
            assert f"{wording.text['en']}{mark} {WORDS[cell.word]}" in printed
    assert set(re.findall(r"(\d+) ?%", printed)) == {"95"}


def test_from_ten_answers_statements_tell_the_favourable_share_in_per_cent():
    snapshot, asked = counted()
    printed = text(printing.team(MEDIUM))

    for item, cell in snapshot.group(MEDIUM).items.items():
        if not item.startswith(LEADER_THEME):
            share = written(100 * sum(cell.counts[3:]) / sum(cell.counts), 0)
            wording = asked.question(item)
            pattern = (
                re.escape(wording.text["en"]) + r"(?: turned)?(?: \d+){0,5} " + share + " %"
            )
            assert re.search(pattern, printed), (item, share)


def test_the_balance_of_recommendations_is_told_from_twenty_answers():
    snapshot, _ = counted()
    low, _, high = snapshot.group(LARGE).enps.counts
    score = int(written(abs(100 * (high - low) / sum(snapshot.group(LARGE).enps.counts)), 0))

    assert f"{'+' if high > low else '−'}{score} is the balance" in text(printing.team(LARGE))
    assert "is the balance" not in text(printing.team(MEDIUM))


def test_the_organisations_table_says_every_groups_numbers_and_where_others_are_counted():
    snapshot, _ = counted()
    printed = text(printing.organisation())

    shown = [group for group in snapshot.groups[1:] if group.responses is not None]
    for group in shown:
        means = [
            "≥ 4.8" if not cell.full and cell.mean == 4.8 else written(cell.mean)
            for theme, cell in group.themes.items()
            if theme != LEADER_THEME
        ]
        row = f"{group.name} {group.responses} of {group.invited} {' '.join(means)}"
        assert row in printed
    hidden = [group for group in snapshot.groups if group.responses is None]
    assert HIDDEN in {group.id for group in hidden}
    for group in hidden:
        assert f"{group.name} Not shown, to protect anonymity. Counted in g0." in printed
    assert f"{len(shown)} of {len(snapshot.groups) - 1}" in printed


def test_the_leaders_theme_is_printed_for_its_audience_alone():
    _, asked = counted()
    for_hr = text(printing.team(SMALL)) + text(printing.organisation())
    leader = printing.team(SMALL, viewer=Viewer(frozenset({SMALL})))
    statements = [q.text["en"] for q in asked.questions if q.theme == LEADER_THEME]

    assert "Steady leadership" not in for_hr
    assert not [statement for statement in statements if statement in for_hr]
    *before, last = printing.pages(leader)
    assert len(before) == 4
    assert all(statement in last for statement in statements)
    assert "Steady leadership" not in " ".join(before)


def test_comments_stand_only_where_the_group_lists_them_and_in_their_stored_order():
    said = (Said("comment", "Zebras first."), Said("comment", "Then <b>apes</b> & ants."))
    listing = text(printing.team(MEDIUM, comments=said))
    other = text(printing.team(SMALL, comments=said))

    assert "Zebras first. Then <b>apes</b> & ants." in listing
    assert "Zebras" not in other
    assert "read together with those of" in other


def test_a_group_without_a_result_has_no_report_but_is_told_where_it_is_counted():
    snapshot, asked = counted()

    with pytest.raises(
        RefusedError, match=r"Acme/g7 has no result of its own.*counted in Acme\."
    ):
        team_report(snapshot, HIDDEN, asked, library())
    with pytest.raises(NotFoundError, match="no group 'nowhere'; nothing was written"):
        team_report(snapshot, "nowhere", asked, library())


def test_a_report_names_the_mark_of_the_stored_result_and_never_its_digest():
    snapshot, _ = counted()

    for pdf in (printing.organisation(), printing.team(SMALL)):
        assert "5e" * 32 in text(pdf).replace(" ", "")
        assert digest(canonical(to_plain(snapshot))) not in text(pdf).replace(" ", "")


def test_the_same_result_gives_the_same_bytes():
    snapshot, asked = counted()
    again = team_report(snapshot, SMALL, asked, library(), mark="5e" * 32)

    assert again == printing.team(SMALL)


@pytest.mark.parametrize(
    "name",
    [
        "فريق المبيعات والدعم",
        "Abteilung für außergewöhnlich verantwortungsvolle Lagerlogistik",
        "x" * 60,
    ],
    ids=["Arabic", "long", "one word"],
)
def test_any_name_is_set_in_our_fonts_and_stays_on_the_page(name):
    snapshot, asked = counted()
    pdf = team_report(printing.renamed(snapshot, SMALL, name), SMALL, asked, library())

    assert {font.removesuffix("-Semi-Bold") for font in printing.fonts(pdf)} <= OURS
    assert len(printing.pages(pdf)) == 4
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.open_metadata()["dc:title"].startswith(name)


def test_what_no_font_of_ours_can_write_is_an_empty_box():
    assert (
        printable("Łódź, Αθήνα, Москва, القاهرة: ✓ ≥ –")
        == "Łódź, Αθήνα, Москва, القاهرة: ✓ ≥ –"
    )
    assert printable("ok 🔧\ufe0f 東京") == "ok □ □□"


@pytest.mark.parametrize(
    "url", ["https://example.org/x.png", "file:///etc/passwd", "font:other"]
)
def test_nothing_but_our_own_fonts_is_ever_fetched(url):
    with pytest.raises(
        FatalURLFetchingError, match="none of its own files; nothing was printed"
    ):
        fetch(url)


def test_a_theme_that_is_kept_back_says_the_one_sentence():
    snapshot, asked = counted()
    group = snapshot.group(SMALL)
    rest = {theme: cell for theme, cell in group.themes.items() if theme != "listening"}
    changed = tuple(replace(g, themes=rest) if g.id == SMALL else g for g in snapshot.groups)
    snapshot = replace(snapshot, groups=changed)

    printed = text(team_report(snapshot, SMALL, asked, library()))
    across = text(organisation_report(snapshot, asked, library()))

    assert f"{title_of(asked, 'listening')} Not shown, to protect anonymity." in printed
    assert "· Not shown, to protect anonymity." in across


def test_an_organisation_of_one_group_is_printed_without_a_table_of_groups():
    snapshot, asked = counted()
    alone = replace(snapshot, groups=(replace(snapshot.root, invited=96),))

    printed = text(organisation_report(alone, asked, library()))

    assert "Groups and themes" not in printed
    assert "0 of 0" not in printed
