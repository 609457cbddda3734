"""Links arrive bent; the survey is found, and nothing else of the address is kept."""

import pytest

from teamhealth.web.respond.addresses import Address, Thing, read

CODE = "7QFM2X9PT4RS0ABC"


@pytest.mark.parametrize(
    "path",
    [
        "/a/spring-26",
        "/a/spring-26/",
        "/a/SPRING-26",
        f"/a/spring-26#{CODE}",
        f"/a/spring-26%23{CODE}",
        f"/a/spring-26/#{CODE}.",
        "/a/spring-26.",
        "/a/spring-26)",
        "/a/spring-26-",
        "/a/spring-26/group",
        "/a/spring-26/manifest.json.",
        "/a/spring-26/../../etc/passwd",
        "/a/spring-26 \u00e2\u0080\u009d",
    ],
)
def test_whatever_follows_the_survey_the_page_is_found(path):
    assert read(path) == Address(Thing.PAGE, survey="spring-26")


@pytest.mark.parametrize(
    "path", ["/a/spring/de", "/a/spring/DE/", "/a/spring/de.", f"/a/spring/de#{CODE}"]
)
def test_a_language_may_follow_the_survey(path):
    assert read(path) == Address(Thing.PAGE, survey="spring", language="de")


@pytest.mark.parametrize("thing", [Thing.KIOSK, Thing.PLAIN])
def test_a_shared_device_and_a_browser_without_scripts_have_pages_of_their_own(thing):
    there = f"/a/spring/{thing.value}"

    assert read(there) == read(f"{there}/") == Address(thing, survey="spring")
    assert read(f"{there}/de") == read(f"{there}/DE.") == Address(thing, "spring", "de")
    assert read(f"{there}s").thing is read(f"{there}-x").thing is Thing.PAGE
    assert CODE not in repr(read(f"{there}#{CODE}"))


def test_data_have_exact_addresses():
    assert read("/a/spring/manifest.json") == Address(Thing.MANIFEST, survey="spring")
    assert read("/a/spring/status.json") == Address(Thing.STATUS, survey="spring")
    assert read("/a/spring/audit.json") == Address(Thing.AUDIT, survey="spring")


def test_files_go_by_digest_and_name():
    digest = "0f" * 32

    assert read(f"/a/_s/{digest}/answer.js") == Address(
        Thing.FILE, digest=digest, name="answer.js"
    )
    assert read(f"/a/_s/{digest}/../answer.js").thing is Thing.UNKNOWN
    assert read(f"/a/_s/{digest[1:]}/answer.js").thing is Thing.UNKNOWN


def test_the_last_page_and_the_doorstep_need_no_survey():
    assert read("/a/done") == Address(Thing.DONE)
    assert read("/a/done/ar") == Address(Thing.DONE, language="ar")
    assert read("/a/").thing is read("/a").thing is Thing.DOORSTEP


@pytest.mark.parametrize("path", ["/b", "/a//x", "/a/_", f"/a/{'x' * 41}", "/a/%00", ""])
def test_everything_else_is_unknown(path):
    assert read(path).thing is Thing.UNKNOWN


def test_no_part_of_an_address_holds_what_trailed_it():
    assert CODE not in repr(read(f"/a/spring/en#{CODE}"))
