"""A curious administrator who looks at everything after every answer of a running survey.

Nothing may change before the count but the step of taking part, once a day.
"""

import re
from datetime import timedelta

import pytest

from teamhealth.campaigns.lookup import instrument_of
from teamhealth.instruments.model import Kind
from teamhealth.jobs.participation import refresh
from teamhealth.web.respond.app import create_app
from tests.attacks.watcher import Watcher
from tests.conftest import NOON
from tests.firms import codes, hand_in, launch
from tests.rooms.web_desk.houses import house_of

FIRM = {"Acme": 1, "Acme/Operations": 0, "Acme/Operations/Warehouse": 21, "Acme/Sales": 6}
FEW = 4
"""So many answers are watched in ``make test``; all of them in ``make attack``."""


@pytest.fixture
def house(database, tmp_path, at):
    assert at
    return house_of(database, tmp_path / "home", FIRM)


def _answers(house, name, many):
    """Answer one after the other, and go on after each."""
    client = create_app(house.database, house.settings).test_client()
    questions = instrument_of(house.survey(name)).questions
    by_group = codes(house.database, house.settings, name).values()
    for number, code in enumerate([code for group in by_group for code in group][:many]):
        marks = {q.id: 1 + number % 5 for q in questions if q.kind is not Kind.OPEN}
        assert hand_in(client, name, code, marks, {"comment": "Words."}).status == 200
        yield number


def test_after_each_answer_everything_reads_as_before(house, request):
    name = launch(house.database, house.settings)
    refresh(house.database, name, now=NOON)
    watcher = Watcher(house, name)
    before = watcher.look()
    everybody = sum(FIRM.values())

    for _ in _answers(house, name, everybody if request.config.getoption("--attack") else FEW):
        refresh(house.database, name, now=NOON + timedelta(hours=11))
        assert watcher.look() == before
    assert sum(status == 200 for status, _, _ in before.values()) > 15
    assert sum(status == 404 for status, _, _ in before.values()) > 10


def test_the_next_day_no_more_has_changed_than_words_and_tens_of_per_cent(house, at):
    name = launch(house.database, house.settings)
    refresh(house.database, name, now=NOON)
    at(NOON + timedelta(days=1))
    watcher = Watcher(house, name)
    before = watcher.look()
    list(_answers(house, name, 14))

    refresh(house.database, name, now=NOON + timedelta(days=1))
    after = watcher.look()

    changed = {path for path, told in after.items() if told != before[path]}
    assert {path for _, path in changed} <= {
        "/desk/surveys",
        f"/desk/surveys/{name}",
        *(path for _, path in after if path.startswith(f"/desk/surveys/{name}?group=")),
    }
    for path in changed:
        assert _without_steps(after[path]) == _without_steps(before[path]), path
    assert changed


def _without_steps(told):
    """Leave out the words of law 9, their drawings, the day, and how many groups have enough."""
    status, headers, html = told
    for some in (
        r'<svg class="strip".*?</svg>',
        r"(under 10\s%|[1-9]0\s% or more|[1-9]0\s%|not enough yet|enough for a result|most have answered)",
        r'<dd>\s*\d+ <span>of \d+</span></dd>|<span class="word">.*?</span>',
        r"last on [A-Z][a-z]+ \d+ [A-Z][a-z]+ \d{4}",
        r"(<span>(or more )?of \d+</span>)",
    ):
        html = re.sub(some, "", html, flags=re.DOTALL)
    return status, headers, " ".join(html.split())
