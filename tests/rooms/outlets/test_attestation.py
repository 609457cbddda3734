"""The attestation: one page in six languages, tagged, whatever the names; nothing hidden is on it."""

import io
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest

from teamhealth.campaigns import scripts
from teamhealth.campaigns.models import Audience, State, Survey
from teamhealth.cells.canonical import canonical, digest
from teamhealth.credentials.codes import b64
from teamhealth.credentials.fingerprint import fingerprint
from teamhealth.errors import WrongUseError
from teamhealth.i18n.languages import LANGUAGES
from teamhealth.i18n.phrases import PLACEHOLDER, phrases
from teamhealth.instruments.plain import to_plain
from teamhealth.outlets.print_attestation import attestation_pdf
from tests.conftest import NOON
from tests.rooms.outlets.printing import counted, pages, text

CLOSES = NOON + timedelta(days=14)
MARK = "5e" * 32
LONG = "Wie wir zusammenarbeiten: die große Befragung aller Beschäftigten "
OURS = {"Health-Sans", "Health-Serif", "Health-Arabic"}


def survey(*, trustee="", **other):
    """Make a counted survey as it is stored."""
    _, asked = counted()
    instrument = canonical(to_plain(asked))
    told = {"groups": 7, "spare": 14, "scripts": scripts.digests(), "survey": "spring"}
    if trustee:
        told["trustee"] = {"name": trustee, "sign": b64(bytes(32))}
    manifest = canonical(told)
    given = {
        "id": "spring", "title": "Spring 2026", "form": "quarterly", "state": State.PUBLISHED,
        "k": 5, "languages": ["en", "ar"], "leader_theme": Audience.LEADER,
        "leader_theme_reference": "", "contacts": {"organisation": "Northwind"},
        "opened_at": NOON, "closes_at": CLOSES, "closes_latest": CLOSES + timedelta(days=14),
        "closed_at": CLOSES + timedelta(minutes=5), "headcount": 104, "needs_scrubbing": False,
        "instrument": instrument, "instrument_digest": digest(instrument),
        "manifest": manifest, "fingerprint": fingerprint(manifest),
    }  # fmt: skip
    return Survey(**{**given, **other})


def attested(one=None, snapshot=None, language=""):
    """Print it."""
    return attestation_pdf(
        one or survey(), snapshot or counted()[0], mark=MARK, on_paper=12, language=language
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_page_in_every_language_however_long_the_names(language):
    snapshot = counted()[0]
    root = replace(snapshot.root, path=(LONG * 20)[:1000], name=LONG)
    crowded = replace(snapshot, groups=(root, *snapshot.groups[1:]))
    words = survey(
        title=(LONG * 2)[:120], contacts={"organisation": LONG * 2}, needs_scrubbing=True,
        leader_theme=Audience.AGREED, leader_theme_reference=(LONG * 4)[:200],
        closes_at=CLOSES + timedelta(days=7), languages=list(LANGUAGES), trustee=LONG,
    )  # fmt: skip

    assert len(pages(attested(words, crowded, language))) == 1


def test_it_is_tagged_titled_in_its_language_and_in_our_fonts(caplog):
    with pikepdf.open(io.BytesIO(attested(language="ar"))) as document:
        assert document.Root.MarkInfo.Marked
        assert document.Root.Lang == "ar"
        assert document.Root.ViewerPreferences.DisplayDocTitle
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"].startswith("Spring 2026: ")
        named = {
            str(thing.FontName).partition("+")[2]
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/FontDescriptor"
        }
        kinds = {
            str(thing.S)
            for thing in document.objects
            if isinstance(thing, pikepdf.Dictionary) and "/S" in thing
        }
    assert {name.removesuffix("-Semi-Bold") for name in named} <= OURS
    assert {"/H1", "/H2", "/TH", "/TD", "/L"} <= kinds
    assert [record.message for record in caplog.records] == []


def test_the_same_survey_gives_the_same_bytes():
    assert attested() == attested()


def test_where_too_few_answered_no_number_of_answers_is_told():
    snapshot = counted()[0]
    hidden = replace(snapshot, groups=(replace(snapshot.root, responses=None),))

    told = text(attested(snapshot=hidden))

    assert "Answers in the result None: too few answered for any result." in told
    assert str(snapshot.root.responses) not in told.replace(survey().fingerprint, "").split()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            {},
            [
                "Northwind · Attestation for the files",
                "With the server that took the answers.",
                "Planned until 16 March 2026, 12:00 UTC, announced as possible until 30 March",
                "Sealed answers, invitations and keys are destroyed.",
            ],
        ),
        (
            {
                "trustee": "Works council",
                "leader_theme": Audience.OFF,
                "closes_at": CLOSES + timedelta(days=1),
                "needs_scrubbing": True,
                "contacts": {},
            },
            [
                "With Works council, not with the server.",
                digest(bytes(32)),
                "Not asked.",
                "put off to 17 March 2026, 12:00 UTC",
                "are being destroyed; print this page again later.",
                "g0 · Attestation for the files",
            ],
        ),
        (
            {"leader_theme": Audience.AGREED, "leader_theme_reference": "§ 7 <b>"},
            ["Shown as agreed: § 7 <b>."],
        ),
    ],
    ids=["usual", "with a trustee", "as agreed"],
)
def test_it_says_how_it_was_for_this_survey(given, said):
    told = text(attested(survey(**given)))

    for words in said:
        assert words in told, words


def test_a_language_that_there_is_not_is_refused():
    with pytest.raises(WrongUseError, match="Nothing was written"):
        attested(language="xx")


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_language_says_the_same_with_the_same_facts(language):
    english, other = (phrases("attestation", one).texts for one in ("en", language))

    assert list(english) == list(other)
    for key, words in english.items():
        assert sorted(PLACEHOLDER.findall(words)) == sorted(PLACEHOLDER.findall(other[key])), (
            key
        )
