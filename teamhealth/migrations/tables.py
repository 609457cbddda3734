"""Every table of the house, named once: Alembic and the tests build the schema from here."""

from teamhealth.accounts import models as accounts
from teamhealth.campaigns import models as campaigns
from teamhealth.campaigns import released
from teamhealth.conversations import models as conversations
from teamhealth.db import Base
from teamhealth.invitations import models as invitations
from teamhealth.mail import models as mail
from teamhealth.responses import models as responses
from teamhealth.roster import models as roster
from teamhealth.snapshots import models as snapshots

ROOMS = (
    roster,
    mail,
    accounts,
    campaigns,
    released,
    invitations,
    responses,
    snapshots,
    conversations,
)
metadata = Base.metadata
