"""The results pages say the snapshot's numbers, and nothing of what is hidden."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import select

from teamhealth.campaigns.models import State
from teamhealth.cells import counts
from teamhealth.cells.audience import HR as READS_AS_HR
from teamhealth.cells.audience import LEADER_THEME, seen_by
from teamhealth.cells.model import Word
from teamhealth.conversations.models import Comment
from teamhealth.instruments.library import library
from teamhealth.outlets import numbers
from tests.desk import HR, desk_of, make_accounts, signed_in_client
from tests.northwind import LATEST, LEADERS, counted, settle
from tests.reading import figures, rows, said
from tests.rooms.outlets.makers import hide

AT = f"/desk/surveys/{LATEST}"
TOMAS = "tomas@northwind.example"
HIDDEN = "Not shown, to protect anonymity."


@pytest.fixture
def northwind(database, tmp_path):
    """Give a function that settles the firm and signs somebody in; it gives snapshot and client."""

    def enter(email=HR, **how):
        snapshot = settle(database, **how)
        make_accounts(database, *LEADERS)
        app = desk_of(database, tmp_path / "home")
        return snapshot, signed_in_client(database, tmp_path / "home", email, app=app)

    return enter


def _page(client, rest):
    answer = client.get(f"{AT}/{rest}")
    assert answer.status_code == 200, answer.text
    return answer.text


def _plain(text):
    return text.replace("\u00a0", " ")


def _titles(form="quarterly"):
    asked = library().instrument(form, ["en"])
    return {theme.title["en"]: theme.id for theme in asked.themes}


def _theme_of(row):
    """Find the theme of a row; below its title may stand how to read it."""
    return next((_titles()[title] for title in _titles() if row[0].startswith(title)), None)


def _likely(cell):
    """Write an interval, and where it would begin for the silent."""
    silent = "" if cell.silent is None else f" from {numbers.decimal(cell.silent, 'en')}"
    return numbers.between(cell.interval, "en") + silent


def _people(cell, group):
    """Write between how many of all who were asked likely agree."""
    low, high = cell.people
    return f" {low}–{high} of {group.invited}" if low < high else f" {low} of {group.invited}"


def _texts(form="quarterly"):
    return {q.text["en"]: q for q in library().instrument(form, ["en"]).questions}


def test_every_number_of_a_small_teams_themes_is_the_snapshots(northwind):
    snapshot, client = northwind(TOMAS)
    html = _page(client, "groups/warehouse-north")
    cells = snapshot.group("warehouse-north").themes
    told = {_theme_of(row): row[2:] for row in rows(html, "themes") if _theme_of(row)}
    assert told == {
        theme: [numbers.mean(cell, "en"), _likely(cell), numbers.between(cell.usual, "en")]
        for theme, cell in cells.items()
        if theme != LEADER_THEME
    }
    assert "7 of 9 are in these figures" in said(html)


def test_a_small_teams_statements_are_words_without_any_count(northwind):
    snapshot, client = northwind(TOMAS)
    html = _page(client, "groups/warehouse-north")
    items = snapshot.group("warehouse-north").items
    told = {row[0]: row[1] for row in rows(html, "words") if row[0] in _texts()}
    assert set(told) >= {
        text for text, q in _texts().items() if q.theme and q.theme != LEADER_THEME
    }
    for text, words in told.items():
        question = _texts()[text]
        verb = "disagree" if question.reverse else "agree"
        plain = items[question.id].word.replace("_", " ")
        assert words.rstrip("s") == f"{plain} {verb}", text
    assert "%" not in said(html).replace("(95 %)", "")
    assert not rows(html, "spread")


def test_from_ten_answers_statements_show_shares_and_means(northwind):
    snapshot, client = northwind()
    html = _page(client, "groups/service-desk")
    items = snapshot.group("service-desk").items
    told = {row[0]: row[2:] for row in rows(html, "spread") if row[0] in _texts()}
    plain = {text: q for text, q in _texts().items() if q.id in items and not q.reverse}
    shown = {text: q for text, q in plain.items() if q.theme != LEADER_THEME}
    assert shown
    for text, question in shown.items():
        cell = items[question.id].counts
        assert told[text] == [
            _plain(numbers.per_cent(counts.favourable(cell), "en"))
            + _people(items[question.id], snapshot.group("service-desk")),
            numbers.decimal(counts.mean(cell), "en"),
        ]
    per_cents = {row[0]: row[1:] for row in rows(html, "t") if len(row) == 6}
    for text, question in _texts().items():
        if question.id in items and question.theme and question.theme != LEADER_THEME:
            shares = counts.shares(items[question.id].counts)
            given = reversed(shares) if question.reverse else shares
            assert per_cents[text] == [
                f"{numbers.decimal(share, 'en', 0)} %" for share in given
            ]


def test_the_enps_is_told_from_twenty_answers(northwind):
    snapshot, client = northwind()
    desk = snapshot.group("service-desk").enps
    assert numbers.signed(desk.score, "en") in said(_page(client, "groups/service-desk"))
    assert "eNPS" not in said(_page(client, "groups/platform"))
    assert snapshot.group("platform").enps is not None


def test_the_matrix_says_every_mean_and_keeps_the_order_of_the_tree(northwind):
    snapshot, client = northwind()
    told = rows(_page(client, "matrix"), "heat")[1:]
    themes = [theme.id for theme in seen_by(snapshot, READS_AS_HR).themes]
    assert LEADER_THEME not in themes
    assert [row[0] for row in told] == [group.name for group in snapshot.groups]
    for row, group in zip(told, snapshot.groups, strict=True):
        if group.responses is None:
            assert row[1:] == ["", f"{HIDDEN} Counted in {_named(snapshot, group)}."]
        else:
            means = [group.themes.get(theme) for theme in themes]
            assert row[1] == f"{group.responses} of {group.invited}"
            assert row[2:] == [numbers.mean(cell, "en") if cell else HIDDEN for cell in means]


def test_the_overview_figure_holds_the_same_means_and_no_hidden_group(northwind):
    snapshot, client = northwind()
    trace = client.get(f"{AT}/matrix.json").json["data"][0]
    shown = [group for group in snapshot.groups if group.responses is not None]
    assert [name.replace("&lt;beta&gt;", "<beta>") for name in trace["y"]] == [
        group.name if "&" not in group.name else group.name.replace("&", "&amp;")
        for group in shown
    ]
    theme = [title for title in _titles() if _titles()[title] != LEADER_THEME].index(
        "Listening and dialogue"
    )
    assert [row[theme] for row in trace["text"]] == [
        numbers.mean(group.themes["listening"], "en") for group in shown
    ]


def test_a_theme_over_the_groups_says_the_snapshots_numbers(northwind):
    snapshot, client = northwind()
    html = _page(client, "themes/focus_recovery")
    told = {row[0]: row[2:] for row in rows(html, "by-group")[1:] if len(row) == 4}
    assert told == {
        group.name: [
            numbers.mean(group.themes["focus_recovery"], "en"),
            _likely(group.themes["focus_recovery"]),
        ]
        for group in snapshot.groups
        if group.responses is not None
    }


def test_a_group_without_a_result_says_where_it_is_counted_and_shows_no_number(northwind):
    snapshot, client = northwind("rita@northwind.example")
    html = _page(client, "groups/returns")
    words = said(html)
    assert f"{HIDDEN} Counted in Operations." in words
    assert "The result of Operations" not in words  # not theirs to open
    assert not re.search(r"\d+ of \d+", words)
    assert not rows(html, "themes")
    assert not figures(html)
    assert snapshot.group("returns").responses is None


def test_it_leads_to_the_group_where_it_is_counted_if_the_reader_may_open_that(northwind):
    _, client = northwind("olga@northwind.example")
    assert f'href="{AT}/groups/operations"' in _page(client, "groups/returns")


def test_a_theme_kept_back_at_a_group_is_one_sentence(northwind):
    snapshot, client = northwind(form="pulse")
    html = _page(client, "matrix")
    row = next(r for r in rows(html, "heat") if r[0] == "Warehouse North")
    assert snapshot.group("warehouse-north").themes == {}
    assert set(row[2:]) == {HIDDEN}
    words = said(_page(client, "groups/warehouse-north"))
    assert "Told in words" in words
    assert any(word.replace("_", " ") in words for word in Word)


def test_comparison_with_the_survey_before_is_in_words_alone(northwind):
    snapshot, client = northwind(TOMAS)
    words = said(_page(client, "groups/warehouse-north"))
    moved = [
        t
        for t, c in snapshot.group("warehouse-north").themes.items()
        if c.change and "likely" in c.change
    ]
    assert "Since the survey before" in words
    assert bool(re.search("is (very )?likely (higher|lower)", words)) == bool(moved)
    assert not re.search(r"[+−]\d\.\d", words)


def test_earlier_surveys_stand_beside_this_one_as_each_told_it(northwind):
    _, client = northwind(TOMAS)
    html = _page(client, "groups/warehouse-north")
    told = {row[0]: row[1:] for row in rows(html, "t") if len(row) == 5 and row[0] in _titles()}
    waves = [snapshot.group("warehouse-north") for snapshot, _ in counted()]
    for title, values in told.items():
        assert [value.split()[0] for value in values[:3]] == [
            numbers.mean(wave.themes[_titles()[title]], "en") for wave in waves
        ]
    assert len(told) == 7


def test_figures_hold_the_numbers_of_the_table_beside_them(northwind):
    snapshot, client = northwind(TOMAS)
    html = _page(client, "groups/warehouse-north")
    table = [row for row in rows(html, "themes") if _theme_of(row)]
    dots = figures(html)[0]["data"][-1]
    assert dots["text"] == [row[2] for row in table]
    assert dots["x"] == [
        numbers.tenths(snapshot.group("warehouse-north").themes[_theme_of(row)].mean)
        for row in table
    ]


def test_comments_stand_where_they_are_listed_and_nowhere_else(northwind, database):
    _, client = northwind()
    with database.read() as db:
        written = db.scalars(select(Comment).where(Comment.survey_id == LATEST)).all()
        groups = {comment.group_id for comment in written}
    assert groups
    for group in groups:
        html = _page(client, f"groups/{group}")
        assert f"groups/{group}/comments" in html[html.index('id="comments"') :]
        assert 'dir="auto"' not in html
        listed = _page(client, f"groups/{group}/comments")
        found = [
            said(one) for one in re.findall(r'<bdi dir="auto">(.*?)</bdi>', listed, re.DOTALL)
        ]
        assert sorted(found) == sorted(c.body for c in written if c.group_id == group)
    small = _page(client, "groups/field-service")
    assert 'id="comments"' not in small
    assert "were read together with those of" in said(small)


def test_a_comment_that_is_held_back_is_not_on_the_page(northwind, database):
    _, client = northwind()
    with database.write() as db:
        for comment in db.scalars(select(Comment).where(Comment.group_id == "service-desk")):
            comment.held = True
        db.commit()
    assert 'id="comments"' not in _page(client, "groups/service-desk")


def test_names_cannot_become_markup(northwind):
    _, client = northwind()
    html = _page(client, "groups/mobile")
    assert "<beta>" not in html
    assert "Mobile &lt;beta&gt;" in html


def test_before_it_is_published_hr_is_told_so(northwind):
    _, client = northwind(state=State.COUNTED)
    assert "Not published yet" in said(_page(client, "results"))


def test_after_it_is_published_nothing_says_otherwise(northwind):
    _, client = northwind()
    assert "Not published yet" not in said(_page(client, "results"))


def test_a_survey_in_one_other_language_is_told_in_its_own_words(northwind):
    _, client = northwind(languages=("de",))
    html = _page(client, "groups/warehouse-north")
    german = library().instrument("quarterly", ["de"]).themes[0].title["de"]
    assert f'<bdi lang="de">{german}</bdi>' in html


def _without_any(snapshot):
    bare = (hide(group, counted_in=None) for group in snapshot.groups)
    return replace(snapshot, groups=tuple(bare))


def test_where_too_few_answered_for_any_result_every_page_says_so_without_a_number(northwind):
    _, client = northwind(change=_without_any)
    assert "Too few answered for any result." in said(_page(client, "results"))
    for page in ("results", "matrix", "groups/northwind", "themes/listening"):
        words = said(_page(client, page))
        assert HIDDEN in words
        assert not re.search(r"\d of \d", words), page
    assert client.get(f"{AT}/matrix.json").json["data"][0]["z"] == []


def _of_one_group(snapshot):
    return replace(snapshot, groups=(replace(snapshot.root, comments_in=None),))


def test_a_survey_of_one_group_is_its_own_overview(northwind):
    snapshot, client = northwind(change=_of_one_group)
    words = said(_page(client, "results"))
    assert f"{snapshot.root.responses} of {snapshot.root.invited}" in words
    assert "groups have a result of their own" not in words


def _with_items_hidden(snapshot):
    north = snapshot.group("warehouse-north")
    few = {name: cell for name, cell in north.items.items() if not name.startswith("listening")}
    themes = {name: cell for name, cell in north.themes.items() if name != "listening"}
    bare = replace(north, items=few, themes=themes)
    return replace(
        snapshot, groups=tuple(bare if g.id == north.id else g for g in snapshot.groups)
    )


def test_a_theme_and_statements_kept_back_at_a_small_team_are_the_one_sentence(northwind):
    _, client = northwind(TOMAS, change=_with_items_hidden)
    html = _page(client, "groups/warehouse-north")
    assert ["Listening and dialogue", HIDDEN] in rows(html, "themes")
    kept = [q.text["en"] for q in _texts().values() if q.theme == "listening"]
    assert [row for row in rows(html, "words") if row[0] in kept] == [[t, HIDDEN] for t in kept]


def _named(snapshot, group):
    return snapshot.group(group.counted_in).name


@pytest.mark.parametrize("page", ["results", "matrix", "groups/northwind", "themes/listening"])
def test_no_page_has_anything_inline(northwind, page):
    _, client = northwind()
    answer = client.get(f"{AT}/{page}")
    assert " style=" not in answer.text
    assert "<style" not in answer.text
    assert not re.search(r" on[a-z]+=", answer.text)
    assert "'unsafe" not in answer.headers["Content-Security-Policy"]
    for tag in re.findall(r"<script[^>]*>", answer.text):
        assert 'type="application/json"' in tag or "src=" in tag
