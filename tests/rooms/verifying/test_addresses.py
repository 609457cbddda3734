"""An address is read as people have it: bent, without https, with or without a code."""

import pytest

from teamhealth.credentials.codes import to_code
from teamhealth.errors import WrongUseError
from teamhealth.verifying.addresses import read

CODE, PRINT = "4221NBQPW4852EC9", "18J7AZJGBZ4AGF98"


@pytest.mark.parametrize(
    "address",
    [
        "https://survey.example.org/a/spring",
        "survey.example.org/a/spring",
        "  <https://SURVEY.example.org/a/Spring/de>\n",
        "https://survey.example.org/a/spring-",
        "https://survey.example.org/a/spring/manifest.json",
        "“https://survey.example.org/a/spring?x=1”",
    ],
)
def test_the_page_of_a_survey_is_found_however_it_is_written(address):
    target = read(address)

    assert (target.origin, target.path) == ("https://survey.example.org", "/a/spring")
    assert target.link is None


@pytest.mark.parametrize(
    "end", [f"#{CODE}.{PRINT}", f"%23{CODE}.{PRINT}", f"/ar%2523{CODE}.{PRINT})."]
)
def test_a_whole_link_gives_its_code_and_fingerprint_and_keeps_them_out_of_the_path(end):
    target = read(f"https://survey.example.org/a/spring{end}")

    assert to_code(target.link.token) == CODE
    assert to_code(target.link.fingerprint) == PRINT
    assert target.path == "/a/spring"


@pytest.mark.parametrize(
    ("address", "encrypted", "here"),
    [
        ("https://survey.example.org/a/s", True, False),
        ("http://survey.example.org/a/s", False, False),
        ("http://localhost:8000/a/s", False, True),
        ("http://localhost.example.org/a/s", False, False),
    ],
)
def test_the_way_to_the_server_is_told(address, encrypted, here):
    target = read(address)

    assert (target.is_encrypted, target.is_this_machine) == (encrypted, here)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "spring",
        "https://survey.example.org",
        "https://survey.example.org/a/",
        "https://user@survey.example.org/a/spring",
        "ftp://survey.example.org/a/spring",
        "https://survey.example.org/b/a/spring",
        f"https://survey.example.org/a/{'x' * 41}",
    ],
)
def test_what_is_no_address_of_a_survey_is_refused_before_anything_is_asked(address):
    with pytest.raises(WrongUseError, match="Nothing was asked"):
        read(address)
