"""Links are found in letters as mail programs write them."""

import os
from email.message import EmailMessage

import pytest

from teamhealth.cli.mailbox import links_by_person
from teamhealth.credentials import links
from teamhealth.errors import RefusedError

TOKEN, OTHER = bytes(range(10)), bytes(range(10, 20))
PRINT = "GQ1M7CPSXAVXBCBX"


def _letter(folder, name, to, text, *, age=0, html=""):
    message = EmailMessage()
    message["To"] = to
    message["Subject"] = "Ihre Einladung: Übersicht"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    file = folder / name
    file.write_bytes(bytes(message))
    os.utime(file, (1_800_000_000 - age,) * 2)


def test_the_link_goes_with_the_address_it_was_sent_to(tmp_path):
    link = links.link(
        "https://x.example/team", "spring", TOKEN, language="de", fingerprint=PRINT
    )
    _letter(tmp_path, "1.eml", "Ada Löwe <Ada@Example.org>", f"Hallo,\n\n{link}\n\nGrüße")

    found = links_by_person(tmp_path, "spring")

    assert list(found) == ["ada@example.org"]
    assert found["ada@example.org"].token == TOKEN
    assert found["ada@example.org"].fingerprint is not None


def test_long_lines_and_an_html_part_do_not_matter(tmp_path):
    link = links.link("http://localhost:8000", "spring", TOKEN)
    _letter(tmp_path, "1.eml", "a@b.c", "x" * 900 + f" {link}.", html=f"<a href='{link}'>x</a>")

    assert links_by_person(tmp_path, "spring")["a@b.c"].token == TOKEN


def test_only_the_survey_asked_for_counts_and_its_newest_letter(tmp_path):
    _letter(tmp_path, "1.eml", "a@b.c", links.link("http://h", "spring", TOKEN))
    _letter(tmp_path, "2.eml", "a@b.c", links.link("http://h", "spring", OTHER), age=60)
    _letter(tmp_path, "3.eml", "a@b.c", links.link("http://h", "spring-2", OTHER))
    _letter(tmp_path, "4.eml", "d@b.c", "Results are here: http://h/desk/spring")

    assert {who: link.token for who, link in links_by_person(tmp_path, "spring").items()} == {
        "a@b.c": TOKEN
    }


def test_a_folder_without_any_link_is_told(tmp_path):
    with pytest.raises(RefusedError, match="holds a link to survey spring; nothing was sent"):
        links_by_person(tmp_path, "spring")
