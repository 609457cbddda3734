"""Whatever somebody types, at whatever address: an answer that says what is wrong, never a fault."""

import uuid
from itertools import product
from urllib.parse import quote

import pytest

from tests.desk import HR, csrf, desk_of, filled, make_accounts, signed_in_client
from tests.northwind import LATEST, LEADERS, settle

ODD = (
    "a\x00b", "9" * 40, "-1", "\u202egnp", "٣", "' OR 1=1 --", "../../etc/passwd", "<script>",
    "x" * 5000, "\r\nSet-Cookie: a=b",
)  # fmt: skip
QUERIES = ("page", "in", "group", "next", "title", "closes", "k", "themes", "pick")
FIELDS = (
    "email", "name", "password", "present", "role", "next", "title", "closes", "k", "group", "form",
    "languages", "themes", "leader_theme", "leader_theme_reference", "reason", "pick",
)  # fmt: skip


@pytest.fixture
def app(database, tmp_path):
    settle(database)
    make_accounts(database, *LEADERS)
    return desk_of(database, tmp_path / "home")


def _addresses(app, method, odd):
    """Give every page's address with one odd part, the others being right."""
    right = {
        "survey_id": LATEST,
        "group_id": "operations",
        "theme_id": "listening",
        "item_id": "listening_1",
        "kind": "csv",
    }
    right |= {"what": "publish", "change": "hr", "account_id": str(uuid.UUID(int=1))}
    for rule in app.url_map.iter_rules():
        if method in rule.methods and rule.endpoint != "files.file":
            names = sorted(rule.arguments)
            for wrong in [None, *names] if method == "GET" else [None]:
                parts = {name: odd if name == wrong else right.get(name, odd) for name in names}
                yield filled(rule, parts)


@pytest.mark.parametrize("who", [HR, "olga@northwind.example"])
def test_no_odd_address_or_question_is_a_fault(app, database, tmp_path, who, request):
    if not (who == HR or database.is_sqlite or request.config.getoption("--attack")):
        pytest.skip("a leader's questions on PostgreSQL with `make attack`; here those of HR")
    client = signed_in_client(database, tmp_path / "home", who, app=app)
    faults = []
    for odd in ODD:
        for path in {*_addresses(app, "GET", odd)}:
            if not path.endswith(".pdf"):
                faults += _fault(client.get(path), path)
    for path, query, odd in product(
        ("", "/results", "/matrix", "/themes/listening", "/items/listening_1", "/answered"),
        QUERIES[:3],
        ODD,
    ):
        at = f"/desk/surveys/{LATEST}{path}?{query}={quote(odd, safe='')}"
        faults += _fault(client.get(at), at)
    for path, query, odd in product(("people", "launch", "launch/check"), QUERIES, ODD):
        at = f"/desk/{path}?{query}={quote(odd, safe='')}"
        faults += _fault(client.get(at), at)
    assert faults == []


def test_no_odd_form_is_a_fault(app, database, tmp_path):
    client = signed_in_client(database, tmp_path / "home", app=app)
    stranger = app.test_client()
    faults = []
    for odd in ODD:
        fields = dict.fromkeys(FIELDS, odd)
        some = fields | {"closes": "2026-03-20", "form": "pulse", "k": "5", "languages": "en"}
        some |= {"leader_theme": "leader", "group": "Northwind", "role": "leader"}
        mail = some | {"email": f"{uuid.uuid4().hex}@acme.example", "themes": ""}
        token = csrf(client.get("/desk/password"))
        for path in {*_addresses(app, "POST", "x")} - {"/desk/sign-out"}:
            for data in (fields, some, mail):
                faults += _fault(client.post(path, data={**data, "csrf_token": token}), path)
        sign_in = {**fields, "csrf_token": csrf(stranger.get("/desk/sign-in"))}
        faults += _fault(stranger.post("/desk/sign-in", data=sign_in), "sign-in")
    assert faults == []


def _fault(answer, path):
    assert "a=b" not in str(answer.headers.getlist("Set-Cookie"))
    return [(answer.status_code, path[:120])] if answer.status_code >= 500 else []
