"""A worker that only sends."""

from functools import partial

from teamhealth import clock
from teamhealth.db import open_database
from teamhealth.jobs import linking, sending
from teamhealth.mail.pacing import Pace
from teamhealth.mail.transports import open_transport
from teamhealth.settings import load
from tests.own_process import OwnProcess


def send(database, settings, mail_url, moment, **more):
    """Send what is due at that moment, as a sweep does; give how many letters were sent."""
    link = partial(linking.link_facts, database, settings)
    usual = {"pace": Pace(), **more}
    return sending.send_due(database, open_transport(mail_url), settings, moment, link, **usual)


def start(database, settings, mail_url, moment):
    """Give a process of its own that does so when it is told to."""
    url = database.engine.url.render_as_string(hide_password=False)
    return OwnProcess(_run, url, str(settings.home), mail_url, moment)


def _run(url, home, mail_url, moment):
    clock.now = lambda: moment
    wishes = {"HOME": home, "DATABASE_URL": url, "MAIL_RATE": "100000"}
    settings = load({f"TEAMHEALTH_{key}": value for key, value in wishes.items()})
    send(open_database(url), settings, mail_url, moment)
