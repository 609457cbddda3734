"""``verify`` finds out a server that lies, names what differs, and passes one that does not."""

import json

import pytest
from sqlalchemy import select

from teamhealth.campaigns.models import SurveyGroup
from teamhealth.credentials.codes import b64, spaced
from teamhealth.credentials.fingerprint import words
from teamhealth.credentials.tree import merkle
from tests.rooms.credentials.makers import a_leaf, an_issuer
from tests.rooms.verifying.conftest import results, what_differs

OTHER = "0000000000000000"


def _leaves(own_database):
    database, _, name = own_database
    with database.read() as db:
        rows = select(SurveyGroup.leaf).where(
            SurveyGroup.survey_id == name, SurveyGroup.leaf.is_not(None)
        )
        return list(db.scalars(rows.order_by(SurveyGroup.position)))


def _groups(leaves):
    """Answer the question for all groups with these leaves."""

    def lie(told):
        if told.path.endswith("/groups"):
            told.status, told.body = "200 OK", json.dumps({"leaves": leaves}).encode()

    return lie


def test_an_honest_survey_differs_in_nothing_and_the_check_says_what_it_sent(door, verify):
    report = verify(f"{door.page}/de#{door.code()}.{door.fingerprint}")

    found = results(report)
    assert what_differs(report) == []
    assert found["link"] == found["place"] == found["sums"] == found["joined"] == "ok"
    assert found["page de for shared devices"] == found["release"] == "ok"
    assert (
        found["page en"] == found["alike en"] == found["page de"] == found["alike de"] == "ok"
    )
    assert report["fingerprint"] == door.fingerprint
    assert report["fingerprint_words"] == " ".join(words(door.fingerprint))
    asked = [f"{one['REQUEST_METHOD']} {one['PATH_INFO']}" for one in door.seen]
    assert [entry.partition(" with ")[0] for entry in report["sent"]] == asked
    assert sum(one["REQUEST_METHOD"] == "POST" for one in door.seen) == 2
    assert not any("HTTP_COOKIE" in one or "HTTP_AUTHORIZATION" in one for one in door.seen)
    assert not any(door.code() in str(one) for one in door.seen)
    assert len({one["HTTP_USER_AGENT"] for one in door.seen}) == 2


def test_without_a_code_nobody_s_group_is_asked_for(door, verify):
    report = verify(door.page)

    assert results(report)["link"] == "cannot tell"
    assert {one["REQUEST_METHOD"] for one in door.seen} == {"GET"}


@pytest.mark.parametrize("how", ["characters", "words", "words as said"])
def test_a_fingerprint_from_a_letter_is_compared_however_it_is_written(door, verify, how):
    said = " ".join(words(door.fingerprint))
    asked = {
        "characters": spaced(door.fingerprint).lower(),
        "words": said,
        "words as said": said.title().replace(" ", ", "),
    }[how]

    assert results(verify(door.page, "--fingerprint", asked))["asked"] == "ok"


@pytest.mark.parametrize("asked", [OTHER, "bomon dujis vihan lusol pobus homor", "-"])
def test_another_fingerprint_than_the_letter_s_is_told(door, verify, asked):
    report = verify(door.page, "--fingerprint", asked, code=1)

    assert what_differs(report) == ["asked"]


def test_a_link_that_announces_another_survey_is_told(door, verify):
    report = verify(f"{door.page}#{door.code()}.{OTHER}", code=1)

    assert what_differs(report) == ["link"]


def _script_changed(told):
    if told.path.endswith("/answer.js"):
        told.text("Nothing here is secret", "Nothing here is s3cret")


def _file_missing(told):
    if told.path.endswith("/seal.js"):
        told.status, told.body = "404 NOT FOUND", b""


def _cookie(told):
    if told.path.endswith("/de"):
        told.headers["Set-Cookie"] = "seen=1"


def _policy_weaker(told):
    told.headers["Content-Security-Policy"] = "script-src 'self' 'unsafe-inline'"


def _inline_script(told):
    if told.path.endswith("/en"):
        told.text("</main>", "</main><script>/* more */</script>")


def _page_for_phones(told):
    if told.headers["Content-Type"].startswith("text/html") and "Mobile" in str(told.asked):
        told.text("</main>", "</main><p>Hello phone</p>")


def _another_manifest(told):
    if told.path.endswith("/manifest.json"):
        told.data(headcount=20)


def _manifest_of_another(told):
    if told.path.endswith("/manifest.json"):
        told.text('"survey":"spring"', '"survey":"autumn"')


def _other_headcount(told):
    if told.path.endswith("/audit.json"):
        told.data(headcount=25)


def _too_late(told):
    if told.path.endswith("/status.json"):
        told.data(closes="2027-01-01T00:00:00+00:00")


_EVERY_PAGE = {
    f"page {one}{more}" for one in ("en", "de") for more in ("", " for shared devices")
}


@pytest.mark.parametrize(
    ("lie", "found"),
    [
        (_script_changed, {"files"}),
        (_file_missing, {"files", "joined"}),
        (_cookie, {"headers"}),
        (_policy_weaker, {"file headers", "headers"}),
        (_inline_script, {"page en", "alike en", "page en for shared devices"}),
        (_page_for_phones, {"alike en", "alike de"}),
        (_another_manifest, {"description", "audit", "link", "sums"}),
        (_manifest_of_another, {"description", "link", *_EVERY_PAGE}),
        (_other_headcount, {"audit"}),
        (_too_late, {"status"}),
    ],
    ids=lambda value: value.__name__.strip("_") if callable(value) else "",
)
def test_a_lie_is_found_where_it_is(door, verify, lie, found):
    door.lie = lie

    report = verify(f"{door.page}#{door.code()}.{door.fingerprint}", code=1)

    assert set(what_differs(report)) == found
    assert report["differs"] == len(found)


def test_all_groups_add_up_to_what_everybody_is_told(door, verify):
    report = verify(f"{door.page}#{door.code()}.{door.fingerprint}")

    says = {each["check"]: each["says"] for each in report["checks"]}
    assert results(report)["sums"] == "ok"
    assert "All 4 groups add up to the 19 people and 4 spare seats" in says["sums"]
    assert "North: 6 people, 1 spare seat" in says["place"]


@pytest.mark.parametrize(
    "bent",
    [
        lambda leaves: leaves[:-1],
        lambda leaves: [*leaves, leaves[-1]],
        lambda leaves: [leaves[0].replace('"size":1', '"size":2'), *leaves[1:]],
        lambda _leaves: ["{}"],
        lambda _leaves: [],
    ],
)
def test_a_list_of_groups_that_is_not_the_published_one_is_found(
    door, verify, own_database, bent
):
    door.lie = _groups(bent(_leaves(own_database)))

    report = verify(f"{door.page}#{door.code()}.{door.fingerprint}", code=1)

    assert what_differs(report) == ["sums"]


def test_a_group_of_one_with_a_key_of_its_own_is_found(door, verify):
    tagged = a_leaf("acme-north", an_issuer(), size=1).decode()

    def lie(told):
        if told.path.endswith("/group"):
            told.body = json.dumps({"leaf": tagged, "path": [], "via": "mail"}).encode()

    door.lie = lie

    assert what_differs(verify(f"{door.page}#{door.code()}", code=1)) == ["place"]


def test_whoever_runs_the_server_can_publish_a_tree_that_does_not_add_up_and_is_found(
    door, verify, own_database
):
    """A manifest of its own, with a fingerprint of its own: compared in nobody's letter."""
    leaves = [*_leaves(own_database)[:3], a_leaf("ghost", an_issuer(1), size=1).decode()]
    tree, paths = merkle([leaf.encode() for leaf in leaves])

    def lie(told):
        _groups(leaves)(told)
        if told.path.endswith("/manifest.json"):
            root = json.loads(told.body)["root"]
            told.text(root, b64(tree))
        elif told.path.endswith("/group"):
            answer = {"leaf": leaves[3], "path": paths[3], "via": "mail"}
            told.body = json.dumps(answer).encode()

    door.lie = lie

    report = verify(f"{door.page}#{door.code()}", code=1)

    says = {each["check"]: each["says"] for each in report["checks"]}
    assert what_differs(report) == ["sums"]
    assert "Groups of fewer than 5 people have a key: Büro ghost." in says["sums"]
    assert "announced were 19 and 4" in says["sums"]


def test_a_server_with_other_scripts_than_the_release_is_told_which(door, verify, tmp_path):
    release = verify("--print-digests")
    assert release["files"].keys() > {"answer.js", "seal.js", "respond.css"}
    release["files"]["page.js"] = "00" * 32
    file = tmp_path.parent / f"{tmp_path.name}-release.json"
    file.write_text(json.dumps(release | {"release": "9.9"}))

    report = verify(door.page, "--release", file, code=1)

    says = {each["check"]: each["says"] for each in report["checks"]}
    assert what_differs(report) == ["release"]
    assert says["release"].startswith("Not the scripts of Team Health 9.9: page.js.")


def test_a_code_that_is_not_known_is_said_to_be_unknown_without_alarm(door, verify):
    report = verify(f"{door.page}#{OTHER}")

    assert results(report)["place"] == "cannot tell"
