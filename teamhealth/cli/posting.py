"""Letters that a command has caused go out before it ends, as far as the mail server lets them."""

from functools import partial

from teamhealth import clock
from teamhealth.cli.opening import Installation
from teamhealth.jobs import linking, sending
from teamhealth.mail.transports import open_transport


def post(installation: Installation) -> int:
    """Send what is due, once; return how many letters went out. The worker sends the others."""
    database, settings = installation.database, installation.settings
    link = partial(linking.link_facts, database, settings)
    transport = open_transport(settings.mail_url)
    return sending.send_due(database, transport, settings, clock.now(), link)
