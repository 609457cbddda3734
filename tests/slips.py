"""Paper slips for tests: drawn and made good as the command does it, and read back from its PDF."""

import re
import secrets
from io import BytesIO

from pypdf import PdfReader

from teamhealth.campaigns.models import Survey, SurveyGroup
from teamhealth.credentials.codes import to_code
from teamhealth.invitations import slips

_CODE = re.compile(
    r"\b([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}-)\s*([0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4})\b"
)


def printed(database, survey_id, path, count):
    """Make so many slips of a group good; give their codes."""
    with database.write() as db:
        survey = db.get(Survey, survey_id)
        group = slips.supply(db, survey, path)
        row = db.get(SurveyGroup, (survey_id, group.group_id))
        row.on_paper = max(row.on_paper, count)
        db.flush()
        group = slips.supply(db, survey, path)
        batch = slips.draw(survey, group, count, random=secrets.token_bytes)
        slips.store(db, survey_id, [batch])
        db.commit()
    return [to_code(token) for token in batch.tokens]


def codes_in(pdf, fingerprint):
    """Give the codes on the slips of a PDF, in the order of the paper, without the fingerprint's."""
    text = "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    found = ["".join(hit).replace("-", "") for hit in _CODE.findall(text)]
    return [code for code in found if code != fingerprint]
