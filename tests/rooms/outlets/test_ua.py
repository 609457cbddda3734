"""Every kind of PDF keeps PDF/UA-1, by veraPDF, in Latin and in Arabic."""

import pikepdf
import pytest

from tests import verapdf
from tests.rooms.outlets import test_attestation, test_slips
from tests.rooms.outlets.handing import ABOVE, handed, material, stacked, usual, wide
from tests.rooms.outlets.printing import (
    HIDDEN,
    LARGE,
    MEDIUM,
    SMALL,
    counted,
    organisation,
    team,
)

pytestmark = pytest.mark.skipif(bool(verapdf.missing()), reason=f"needs {verapdf.missing()}")

PRINTED = {
    "small_team": lambda: team(SMALL),
    "medium_team": lambda: team(MEDIUM, again=True),
    "large_team": lambda: team(LARGE, "full"),
    "small_team_arabic": lambda: team(SMALL, "quarterly", ("en", "ar"), reader="ar"),
    "organisation": organisation,
    "branch": lambda: handed("branch", ABOVE, material("full", change=stacked)),
    "branch_arabic": lambda: handed("branch", ABOVE, material("full", "ar", change=stacked)),
    "organisation_of_many": lambda: handed(
        "organisation", "g0", material(change=lambda one: wide(one, 200, 0))
    ),
    "slides": lambda: usual("slides", SMALL),
    "slides_large_again": lambda: usual("slides", LARGE, again=True),
    "slides_arabic": lambda: usual("slides", SMALL, language="ar"),
    "summary": lambda: usual("summary", SMALL, "full"),
    "summary_arabic": lambda: usual("summary", SMALL, language="ar"),
    "talk": lambda: usual("talk", HIDDEN),
    "talk_arabic": lambda: usual("talk", HIDDEN, language="ar"),
    "organisation_arabic": lambda: usual("organisation", counted()[0].root.id, language="ar"),
    "slips": lambda: test_slips.printed("en"),
    "slips_arabic": lambda: test_slips.printed("ar"),
    "attestation": lambda: test_attestation.attested(language="en"),
    "attestation_arabic": lambda: test_attestation.attested(language="ar"),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    folder = tmp_path_factory.mktemp("printed")
    files = []
    for name, make in PRINTED.items():
        files.append(folder / f"{name}.pdf")
        files[-1].write_bytes(make())
    files.append(folder / "untagged.pdf")
    with pikepdf.open(folder / "small_team.pdf") as pdf:
        del pdf.Root.StructTreeRoot
        del pdf.Root.MarkInfo
        pdf.save(files[-1])
    told = verapdf.faults(tmp_path_factory.mktemp("classes"), files)
    return {file.stem: told[str(file)] for file in files}


@pytest.mark.parametrize("name", PRINTED)
def test_a_pdf_keeps_pdf_ua_1(found, name):
    assert found[name] == []


def test_a_pdf_without_tags_does_not(found):
    assert len(found["untagged"]) > 1
