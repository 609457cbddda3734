"""The walk through a published survey at the desk: every page, by HR and by each leader."""

import csv
import io
import re

from tests.journeys import reading_desk as page
from tests.journeys.sixty import LEADERS, NIGHT, PATHS, TITLES
from tests.journeys.written import HIDDEN, LEADING, Written, name
from tests.reading import rows, said


class Walk:
    """One survey at the desk. ``closed`` is the day, ``exports`` are HR's own by kind."""

    def __init__(self, survey, firm, found, closed, exports):
        self.at, self.found, self.exports = f"surveys/{survey}", found, exports
        self.closed, self.marks = closed, set()
        self.groups = [Written(found, firm, path) for path in PATHS]

    def group(self, path):
        """Give one group."""
        return self.groups[PATHS.index(path)]

    def by_hr(self, desk):
        """Read every page that HR can read."""
        self._survey(desk)
        self._lists(desk, self.groups)
        self._files(desk, self.groups, ())
        for group in self.groups:
            self._group(desk, group, leads=False)

    def by_leader(self, desk, led):
        """Read every page that the leader of a group can read, and knock at all others."""
        theirs = [group for group in self.groups if f"{group.path}/".startswith(f"{led}/")]
        for group in self.groups:
            there = desk.finds(f"{self.at}/groups/{group.id}")
            assert there == (group in theirs), (led, group.path)
        self._lists(desk, theirs)
        self._files(desk, theirs, (led,))
        for group in theirs:
            self._group(desk, group, leads=group.path == led)

    def _survey(self, desk):
        html = desk.read(f"{self.at}/results").text
        root, shown = self.groups[0], [group for group in self.groups if group.responses]
        page.themes(html, root)
        page.charts(html, root)
        self._counted(html, self.groups)
        assert page.unlike(html, self.groups) > 2
        own = f"{len(shown) - 1} of {len(self.groups) - 1}"
        assert f"groups have a result of their own{own}" in said(html)
        self._large(html, root)
        page.nothing_else(html, root, also=(*own.split(" of "), *self.closed.split()))
        self._source(html)

    def _source(self, html):
        """Read the last line of a page; its mark is one and the same on all pages."""
        line = f"Autumn · closed {self.closed} · shown for groups of 5 or more · snapshot "
        told = re.search(re.escape(line) + r"(\w{4} \w{4}) · not for ranking", said(html))
        self.marks.add(told[1])
        assert len(self.marks) == 1

    def _large(self, html, group):
        assert f"people are in these figures{group.missing()}{group.taken}" in said(html)
        if enps := group.enps():
            score, would, so_so, would_not = enps
            words = (
                f"(eNPS, likely between {group.score_between()}): "
                f"{would} would, {so_so} so-so, {would_not} would not{score}"
            )
            assert words in said(html)
        else:
            assert "eNPS" not in said(html)

    def _counted(self, html, groups):
        told = [row for row in rows(html, "groups") if row[0] != "Group"]
        assert [(row[0], row[1]) for row in told] == [
            (name(group.path), group.taken if group.responses else hidden(group))
            for group in groups
        ]

    def _lists(self, desk, theirs):
        """Read groups × themes, their map of colours, and each theme over the groups."""
        html, themes = desk.read(f"{self.at}/matrix").text, self.groups[0].themes()
        told = rows(html, "heat")
        assert told[0] == ["Group", "Counted", *(TITLES[theme] for theme in themes)]
        assert told[1:] == [
            [name(g.path), g.taken, *(page.in_map(g, t) for t in themes)]
            if g.responses
            else [name(g.path), "", hidden(g)]
            for g in theirs
        ]
        page.unlike(html, theirs)
        page.nothing_else(html, theirs[0])
        trace = desk.read(f"{self.at}/matrix.json").json()["data"][0]
        shown = [group for group in theirs if group.responses]
        assert trace["y"] == [name(group.path) for group in shown]
        assert [[cell.replace("\u00a0", " ") for cell in row] for row in trace["text"]] == [
            [
                (group.mean(theme) or "") + (" ≠" if group.divided(theme) else "")
                for theme in themes
            ]
            for group in shown
        ]
        for theme in themes:
            self._theme(desk, theme, theirs)
        assert not desk.finds(f"{self.at}/themes/{LEADING}")

    def _theme(self, desk, theme, theirs):
        html, top = desk.read(f"{self.at}/themes/{theme}").text, theirs[0]
        told = [row for row in rows(html, "by-group") if row[0] != "Group"]
        assert told == [
            [
                name(g.path) + page.split(g, theme),
                "",
                g.mean(theme),
                g.between(theme) + page.from_silent(g, theme),
            ]
            if g.mean(theme)
            else [name(g.path), HIDDEN if g.responses else hidden(g)]
            for g in theirs
        ]
        page.statements(html, top, (theme,))
        page.nothing_else(html, top)

    def _group(self, desk, group, *, leads):
        html = desk.read(f"{self.at}/groups/{group.id}").text
        assert (TITLES[LEADING] in html) == (leads and group.responses is not None)
        self._source(html)
        if group.responses is None:
            assert hidden(group) in said(html)
            page.nothing_else(html, group)
            return
        page.themes(html, group, leader=leads)
        page.statements(html, group, (*(TITLES if leads else group.themes()), ""))
        page.charts(html, group)
        words, compared = said(html), ()
        if group.responses >= 10:
            self._large(html, group)
            unlike = sum(group.label(t) in {"higher", "lower"} for t in group.themes())
            if any(group.label(t) for t in group.themes()):
                compared = (unlike, len(group.themes()))
                assert f"usual at Acme{unlike} of {compared[1]}" in words
        else:
            assert f"{group.taken} are in these figures" in words
            assert f"by about {group.one_person()}." in words
        assert f"off by about {group.margin()} either way" in words
        below = [g for g in self.groups if g.path.rpartition("/")[0] == group.path]
        self._counted(html, below)
        themes = re.findall(r">(\d+) themes(?:, and one apart)?<", html)
        shown = sum(group.mean(theme) is not None for theme in group.themes())
        assert themes in ([], [str(shown)]), (group.path, themes)
        talk = re.findall(r">(\d) statements to talk about<", html)
        assert set(talk) <= {"2", "3"}
        comments = self._comments(desk, group, html)
        page.nothing_else(html, group, also=(*compared, *themes, *talk, *comments))

    def _comments(self, desk, group, html):
        """Give how many comments a page says there are, which is how many there are to read."""
        many = re.findall(r"Read the (\d+) comments<", html)
        if many:
            listed = desk.read(f"{self.at}/groups/{group.id}/comments").text
            assert [listed.count('<li><bdi dir="auto">')] == [int(n) for n in many]
        return many

    def _files(self, desk, theirs, led):
        """Compare the downloads: the same cells as HR's, and the leader's theme where it was promised."""
        text = desk.read(f"{self.at}/export.csv").text
        if not led:
            assert text == self.exports["csv"]
            assert desk.read(f"{self.at}/export.json").json() == self.exports["json"]
            return
        paths = {group.path for group in theirs}
        ours = csv.DictReader(io.StringIO(self.exports["csv"]))
        told = list(csv.DictReader(io.StringIO(text)))
        assert [row for row in told if row["theme"] != LEADING] == [
            row for row in ours if row["group"] in paths
        ]
        shown = {
            (row["group"], row["item"], row["measure"]): row["value"]
            for row in told
            if row["theme"] == LEADING and row["state"] == "shown"
        }
        expected = {
            (path, item, measure): value
            for (path, theme, item, measure), (value, _) in self.found.cells.items()
            if theme == LEADING and path in led and measure in {"favourable", "mean"}
        }
        assert {place: shown.get(place) for place in expected} == {
            place: value if isinstance(value, str) else repr(value)
            for place, value in expected.items()
        }
        assert {path for path, _, _ in shown} <= set(led)


def hidden(group):
    """Give the sentence of a group without a result; Night Shift is counted in Operations."""
    assert group.path == NIGHT
    return f"{HIDDEN} Counted in Operations."


def led_by(email):
    """Give the group somebody leads."""
    return LEADERS[email]
