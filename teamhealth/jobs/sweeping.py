"""The sweep: whatever is due is done. State in the database is the queue; a sweep may run at any time.

Promise: one survey's fault stops neither its other steps nor other surveys; what fails is
logged by the name of its class alone.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import select

from teamhealth import clock, logs
from teamhealth.campaigns.models import State, Survey
from teamhealth.campaigns.released import Release
from teamhealth.db import Database
from teamhealth.jobs import (
    accepting,
    announcing,
    batching,
    closing,
    finishing,
    launching,
    linking,
    participation,
    places,
    sending,
    telling,
    trustee_letters,
    waiting,
    watching,
)
from teamhealth.jobs.leasing import LeaseLostError
from teamhealth.keys import destroying
from teamhealth.mail.transports import open_transport
from teamhealth.settings import Settings

_IN_TRUST = (State.OPEN, State.AWAITING_TRUSTEE)


@dataclass
class Report:
    """What one sweep did: ids of surveys by step, letters sent, reports printed, and steps that failed.

    ``problems`` are (step, survey id or empty, name of the fault's class).
    """

    opened: list[str] = field(default_factory=list)
    counted: list[str] = field(default_factory=list)
    refreshed: list[str] = field(default_factory=list)
    without_keys: list[str] = field(default_factory=list)
    sent: int = 0
    printed: int = 0
    problems: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class _Sweep:
    database: Database
    settings: Settings
    report: Report

    def guard(self, step: str, survey: str, work: Callable[[], None]) -> None:
        """Do one step; note a fault and go on."""
        try:
            work()
        except LeaseLostError:  # somebody else does it, or it is no longer wanted
            return
        except Exception as fault:  # noqa: BLE001  (whatever it was, other surveys must go on)
            problem = type(fault).__name__
            self.report.problems.append((step, survey, problem))
            logs.event(
                "sweep_failed", level=logging.ERROR, survey=survey, step=step, problem=problem
            )

    def each(self, step: str, surveys: Iterable[str], work: Callable[[str], None]) -> None:
        """Do one step for each of these surveys."""
        for survey in surveys:
            self.guard(step, survey, partial(work, survey))

    def found(self, *conditions: object) -> list[str]:
        """Return the ids of the surveys for which all conditions hold, the oldest first."""
        with self.database.read() as db:
            chosen = select(Survey.id).where(*conditions).order_by(Survey.created_at, Survey.id)  # type: ignore[arg-type]
            return list(db.scalars(chosen))

    def prepare(self, survey: str) -> None:
        if launching.prepare(self.database, self.settings, survey) is State.OPEN:
            self.report.opened.append(survey)

    def close(self, survey: str) -> None:
        if closing.close(self.database, self.settings, survey) is State.COUNTED:
            self.report.counted.append(survey)

    def finish(self, survey: str) -> None:
        finishing.finish(self.database, self.settings, survey)

    def watch(self, survey: str) -> None:
        if not watching.watch(self.database, self.settings, survey):
            self.report.without_keys.append(survey)

    def refresh(self, survey: str) -> None:
        if participation.refresh(self.database, survey, now=clock.now()):
            self.report.refreshed.append(survey)

    def tell(self, survey: str) -> None:
        telling.tell_news(self.database, survey, at=clock.now())

    def remind(self, survey: str) -> None:
        telling.remind(self.database, survey, at=clock.now())

    def look_after(self, survey: str) -> None:
        if accepting.look_after(self.database, self.settings, survey) is State.COUNTED:
            self.report.counted.append(survey)

    def write_to_trustee(self, survey: str) -> None:
        trustee_letters.write_due(self.database, survey, now=clock.now())

    def announce(self, survey: str) -> None:
        announcing.announce(self.database, survey, now=clock.now())

    def print_reports(self) -> None:
        batching.tidy(self.database, self.settings, now=clock.now())
        self.report.printed = batching.print_due(self.database, self.settings)

    def destroy_leftovers(self) -> None:
        """Destroy keys, and files for trustees, of surveys that are over: another machine may have ended them."""
        if not places.has_keys(self.database, self.settings):
            return
        with_keys = destroying.surveys(self.settings.keys)
        over = (Survey.needs_scrubbing.is_(False), Survey.state.in_(finishing.KEYLESS))
        for survey in with_keys.intersection(self.found(*over)) if with_keys else ():
            finishing.destroy_keys(self.database, self.settings, survey)
        boxes = waiting.with_boxes(self.settings)
        for survey in (
            boxes.intersection(self.found(Survey.state.in_(finishing.OVER))) if boxes else ()
        ):
            waiting.remove_box(self.settings, survey)

    def send(self) -> None:
        transport = open_transport(self.settings.mail_url)
        link = partial(linking.link_facts, self.database, self.settings)
        self.report.sent = sending.send_due(
            self.database, transport, self.settings, clock.now(), link
        )


def sweep(database: Database, settings: Settings) -> Report:
    """Do everything that is due, once, and tell what was done.

    Safe to run twice at a time, and on machines without keys, which leave keys and
    counting to the one that has them.
    """
    run = _Sweep(database, settings, Report())
    is_open = Survey.state == State.OPEN
    run.each("prepare", run.found(Survey.state == State.PREPARING), run.prepare)
    run.each("close", run.found(is_open, Survey.closes_at <= clock.now()), run.close)
    run.each("count", run.found(Survey.state == State.CLOSING), run.close)
    run.each("wait", run.found(Survey.state == State.AWAITING_TRUSTEE), run.look_after)
    unfinished = (Survey.needs_scrubbing.is_(True), Survey.state.in_(finishing.KEYLESS))
    run.each("finish", run.found(*unfinished), run.finish)
    run.guard("leftovers", "", run.destroy_leftovers)
    run.each("watch", run.found(is_open), run.watch)
    run.each("participation", run.found(is_open), run.refresh)
    run.each("tell", run.found(is_open, Survey.to_tell != ""), run.tell)
    unreminded = (Survey.reminders.is_(True), Survey.reminded.is_(False))
    run.each("remind", run.found(is_open, *unreminded), run.remind)
    in_trust = (Survey.trustee.is_not(None), Survey.state.in_(_IN_TRUST))
    run.each("trustee", run.found(*in_trust), run.write_to_trustee)
    told_of = select(Release.survey_id).where(Release.tells_at <= clock.now())
    run.each("announce", run.found(Survey.id.in_(told_of)), run.announce)
    run.guard("send", "", run.send)
    run.guard("print", "", run.print_reports)
    return run.report
