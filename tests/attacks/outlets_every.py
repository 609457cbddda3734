"""Every address at which a result is told, and who reads what there.

``READ`` has all that the desk answers about a survey that is counted, by endpoint; ``KINDS`` at which
of them each kind of PDF is read. ``test_outlets_every`` fails for an address or a kind that is not here.
"""

import io

import openpyxl
import pypdf

from teamhealth.outlets.kinds import Kind
from tests.attacks.outlets_reading import Told, read_json, read_rows, words_of
from tests.desk import HR
from tests.reading import figures
from tests.rooms.web_desk.programs import Program

KINDS = {
    Kind.TEAM: "reports.group", Kind.ORGANISATION: "reports.whole", Kind.SUMMARY: "reports.summary",
    Kind.SLIDES: "reports.handout", Kind.BRANCH: "reports.handout", Kind.TALK: "reports.handout",
}  # fmt: skip
READ = {
    "results.survey", "results.matrix", "results.overview", "results.theme", "results.item",
    "results.answered", "results.comments", "results.group", "results.group_comments",
    "results.over_time", "results.by_class", "results.export", "exports_page.exports",
    "batches.all_reports", "reports.whole", "reports.group", "reports.handout", "reports.summary",
    "reports.attestation", "api.survey", "api.cells", "api.cross_cuts", "api.whole", "api.groups",
    "api.group",
}  # fmt: skip
NO_RESULT = {
    "batches.download",  # the very files that ``KINDS`` has
    "exports_page.notebook",  # the same for every survey
    "api.description", "api.surveys", "surveys.overview", "surveys.one", "surveys.past",
    "surveys.decisions.ask", "surveys.slips.ask", "surveys.correcting.ask", "surveys.trustees.box",
    "surveys.trustees.rehearsal", "surveys.launching.form", "surveys.launching.check",
}  # fmt: skip
"""Of running surveys, read by ``test_two_worlds``; or told by no survey at all."""


def addresses(snapshot):
    """Give by endpoint what to read there: (address below the survey, the one group that is told of, or None)."""
    shown = [group for group in snapshot.groups if group.responses is not None]
    hidden = [group.id for group in snapshot.groups if group.responses is None]
    team, root = shown[-1].id, shown[0].id
    items = [
        item for theme in snapshot.themes for item in theme.items if item in shown[0].items
    ]
    return {
        "results.survey": [("results", None)],
        "results.matrix": [("matrix", None)],
        "results.overview": [("matrix.json", None)],
        "results.theme": [(f"themes/{one.id}", None) for one in snapshot.themes[:2]],
        "results.item": [(f"items/{item}", None) for item in items[:2]],
        "results.answered": [("answered", None)],
        "results.comments": [("comments", None)],
        "results.group": [(f"groups/{group}", None) for group in (root, team, *hidden[:1])],
        "results.group_comments": [(f"groups/{root}/comments", None)],
        "results.over_time": [(f"groups/{team}/surveys", shown[-1].path)],
        "results.by_class": [(f"by/{one}", None) for one in snapshot.cross_cuts],
        "results.export": [(f"export.{kind}", None) for kind in ("csv", "json", "xlsx")],
        "exports_page.exports": [("exports", None)],
        "batches.all_reports": [("reports", None)],
        "reports.attestation": [("attestation.pdf", shown[0].path)],
        Kind.TEAM: [(f"groups/{team}/report.pdf", shown[-1].path)],
        Kind.ORGANISATION: [("report.pdf", None)],
        Kind.SUMMARY: [("summary.pdf", shown[0].path)],
        Kind.SLIDES: [(f"groups/{team}/slides.pdf", shown[-1].path)],
        Kind.BRANCH: [(f"groups/{shown[1].id}/branch.pdf", None)],
        Kind.TALK: [(f"groups/{group}/talk.pdf", None) for group in hidden[:1]],
    }


def said(answer):
    """Give what is said on a page or in a PDF, figures with it."""
    if answer.mimetype == "application/pdf":
        read = pypdf.PdfReader(io.BytesIO(answer.data))
        return " ".join(" ".join(page.extract_text().split()) for page in read.pages)
    if answer.mimetype == "application/json":
        return _labels(answer.json)
    return " ".join([words_of(answer.text), *map(_labels, figures(answer.text))])


def _labels(figure):
    """Give the words of a drawing: what a reader sees when pointing at it."""
    if isinstance(figure, dict):
        told = (
            one for key, one in figure.items() if key in {"data", "text", "x", "y", "z", "name"}
        )
        return " ".join(map(_labels, told))
    if isinstance(figure, list):
        return " ".join(map(_labels, figure))
    return figure if isinstance(figure, str) else ""


def read_interface(told, app, database, survey, email=HR):
    """Read all documents for programs; give the endpoints."""
    program = Program(app, database, email)
    at = f"/surveys/{survey}"
    read_json(told, program.told(f"{at}/document"))
    rows = program.every(f"{at}/cells", size=1000)
    read_rows(told, [{k: "" if v is None else f"{v}" for k, v in row.items()} for row in rows])
    for group in program.every(f"{at}/groups"):
        one = program.told(f"{at}/groups/{group['id']}")
        for some in (group, one):
            told.note("invited", some["path"], some["invited"])
            told.note("responses", some["path"], some.get("responses"))
    cuts = program.told(f"{at}/cross-cuts")
    read_json(told, {"groups": [], "cross_cuts": cuts["cross_cuts"]})
    whole = program.told(at)
    assert whole["groups"] == len(told.invited)
    assert whole["groups_shown"] == sum(
        told.responses[path] is not None for path in told.invited
    )
    return {"api.survey", "api.cells", "api.cross_cuts", "api.whole", "api.groups", "api.group"}


def read_workbook(told, body, instrument):
    """Read the spreadsheet's numbers of people, and answers as counts of people."""
    book = openpyxl.load_workbook(io.BytesIO(body))
    items = {one.text["en"]: one for one in instrument.questions}
    rows = {
        sheet.title: [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
        for sheet in book.worksheets
    }
    for path, invited, answers, *_balance, promoters, passives, detractors in rows["Groups"]:
        told.note("invited", path, invited)
        told.note("responses", path, answers if isinstance(answers, int) else None)
        if detractors is not None and path in told.enps:
            n = sum(told.enps[path])
            found = tuple(round(share * n / 100) for share in (detractors, passives, promoters))
            told.note("enps", path, found)
    for path, _theme, text, word, favourable, _mean, *shares, answers in rows["Statements"]:
        question = items[text]
        place = path, question.id
        if favourable is not None:
            some = tuple(round(share * told_n(told, place, answers) / 100) for share in shares)
            told.note("counts", place, some[::-1] if question.reverse else some)
        elif word and "protect" not in word:
            told.note("words", place, word.replace(" ", "_"))
            assert answers == told.responses[path]
    for _asked, _who, *_rest, answers in rows.get("By what people told", ()):
        sizes = {n for place, n in told.responses.items() if not isinstance(place, str)}
        assert answers in sizes | {None}
    known = {"Read me", "Groups", "Themes", "Statements", "By what people told"}
    assert set(rows) <= known, "a sheet that nobody reads"


def told_n(told, place, answers):
    """Give how many answers stand behind shares: from ten that is told in other files, too."""
    counts = told.counts.get(place)
    return sum(counts) if counts else answers


__all__ = [
    "KINDS",
    "NO_RESULT",
    "READ",
    "Told",
    "addresses",
    "read_interface",
    "read_workbook",
    "said",
]
