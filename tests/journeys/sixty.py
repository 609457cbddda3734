"""Sixty people in nine groups: who they are, what they say, and where they answer."""

import csv
import io
import random

from teamhealth.instruments.library import library
from teamhealth.instruments.model import Kind
from tests.browser.doors import DESK, PHONE
from tests.journeys.recount_plan import Firm

K = 5
TEAMS = {
    "Acme": (-1, 1),
    "Acme/Operations": (0, 2),
    "Acme/Operations/Warehouse North": (1, 9),
    "Acme/Operations/Warehouse South": (1, 6),
    "Acme/Operations/Night Shift": (1, 3),
    "Acme/Sales": (0, 1),
    "Acme/Sales/Inside": (5, 12),
    "Acme/Sales/Field": (5, 11),
    "Acme/Bakery": (0, 15),
}
PATHS = list(TEAMS)
NORTH, SOUTH, NIGHT = PATHS[2:5]
LEADS_NORTH = "p2-0@example.org"  # a leader of nine
LEADERS = {  # the group they lead, by the address of who leads it
    "p0-0@example.org": "Acme",
    "p1-0@example.org": "Acme/Operations",
    LEADS_NORTH: NORTH,
    "p7-3@example.org": "Acme/Sales/Field",
}
AT_A_BROWSER = {  # the language of their letter and page, and their screen
    "p2-4@example.org": ("en", PHONE),
    "p3-2@example.org": ("ar", PHONE),
    "p8-5@example.org": ("de", DESK),
}
FORM = library().instrument("quarterly", ["en"])
TITLES = {theme.id: theme.title["en"] for theme in FORM.themes}
QUESTIONS = {question.id: question for question in FORM.questions}

_USUAL = (4, 10, 18, 43, 25)
_MIXES = {  # how likely 1 … 5 are, by group and theme; "" stands for all others
    (SOUTH, ""): (55, 35, 5, 5, 0),  # almost everybody disagrees: the clip must bite
    ("Acme/Sales/Inside", "psych_safety"): (0, 0, 0, 10, 90),
    ("Acme/Bakery", "focus_recovery"): (40, 40, 15, 5, 0),
}


def statements_of(themes):
    """Give (theme, item) of every statement of some themes; those asked besides have no theme."""
    return [
        (theme, q.id)
        for theme in themes
        for q in QUESTIONS.values()
        if q.theme == theme and q.kind is Kind.AGREE
    ]


def everybody():
    """Give the people: address → index of the group they belong to."""
    return {
        f"p{v}-{n}@example.org": v
        for v, (_, size) in enumerate(TEAMS.values())
        for n in range(size)
    }


def sheets(people):
    """Give what each of them says, as they say it: numbers by question, and words of some."""
    rng = random.Random(60)  # noqa: S311
    return {
        person: _sheet(rng, PATHS[v]) | ({"comment": f"Words of no. {n}"} if n % 4 == 0 else {})
        for n, (person, v) in enumerate(people.items())
    }


def _sheet(rng, path):
    said = {}
    for question in FORM.questions:
        mix = _MIXES.get((path, question.theme)) or _MIXES.get((path, ""), _USUAL)
        if question.kind is Kind.AGREE and rng.random() > 0.05:
            mark = rng.choices((1, 2, 3, 4, 5), mix)[0]
            said[question.id] = 6 - mark if question.reverse else mark
    if rng.random() > 0.05:
        said["enps"] = rng.randint(0, 10)
    return said


def roster(people):
    """Give them as the CSV that HR imports."""
    lines = ["email,name,group,leads,language"]
    for n, (person, v) in enumerate(people.items()):
        language = AT_A_BROWSER.get(person, ("de" if n % 7 == 0 else "en",))[0]
        lines.append(f"{person},Person {n},{PATHS[v]},{LEADERS.get(person, '')},{language}")
    return "\n".join(lines)


def answers_file(said):
    """Give what they say as the CSV that ``simulate`` reads."""
    table = io.StringIO()
    columns = ["email", *(q.id for q in FORM.questions), "not_asked"]
    rows = csv.DictWriter(table, columns, lineterminator="\n")
    rows.writeheader()
    for person, sheet in said.items():
        rows.writerow({"email": person, "not_asked": 99, **sheet})
    return table.getvalue()


def answers_from(text):
    """Read such a file back: what a person at a browser has to press."""
    return {
        row.pop("email"): {q: said for q, said in row.items() if said and q in QUESTIONS}
        for row in csv.DictReader(io.StringIO(text))
    }


def firm_of(survey, document, people, said):
    """Give what the second calculation knows, and which groups may have a result at all."""
    ids = {group["path"]: group["id"] for group in document["groups"]}
    parent, own, reportable, asked = _answering_groups(people)
    answers = {
        person: {
            q: 6 - x if QUESTIONS[q].reverse else x for q, x in sheet.items() if q != "comment"
        }
        for person, sheet in said.items()
    }
    firm = Firm(
        survey=survey,
        ids=[ids[path] for path in PATHS],
        paths=PATHS,
        parent=parent,
        invited=asked,
        people=own,
        answers=answers,
        themes={theme.id: list(theme.items) for theme in FORM.themes},
        extra=["engagement"],
    )
    return firm, reportable


def _answering_groups(people):
    """Work out where everybody answers: the leader rule, then the roll-up."""
    parent = [above for above, _ in TEAMS.values()]
    own = [[] for _ in PATHS]
    for person, v in people.items():
        place = parent[PATHS.index(LEADERS[person])] if person in LEADERS else v
        own[max(place, 0)].append(person)
    total = [sum(len(own[u]) for u in _below(parent, v)) for v in range(len(PATHS))]
    for v in reversed(range(1, len(PATHS))):
        if len(own[v]) < K:
            own[parent[v]] += own[v]
            own[v] = []
    kept = [sum(len(own[u]) for u in _below(parent, v)) for v in range(len(PATHS))]
    reportable = [
        v for v in range(len(PATHS)) if kept[v] >= K and 3 * (total[v] - kept[v]) <= total[v]
    ]
    return parent, own, reportable, total


def _below(parent, v):
    found = {v}
    for u in range(v + 1, len(parent)):
        if parent[u] in found:
            found.add(u)
    return found
