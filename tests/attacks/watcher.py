"""Everybody who has a browser and is curious: HR, a leader, and whoever knows the survey's address."""

import itertools
import re

from sqlalchemy import select

from teamhealth.campaigns.models import SurveyGroup
from teamhealth.web.respond.app import create_app
from tests.desk import HR, filled
from tests.rooms.web_desk.houses import LEA

_OURS = re.compile(r'(name="csrf_token"[^>]* value=")[^"]+')


class Watcher:
    """Looks at every page there is."""

    def __init__(self, house, name):
        self._house, self._name = house, name
        hours = itertools.count(0, 3600)  # the door keeps what it shows for two seconds
        door = create_app(house.database, house.settings, ticks=hours.__next__)
        self._door = door.test_client()
        with house.database.read() as db:
            groups = db.scalars(select(SurveyGroup.group_id)).all()
        self._desk = sorted(self._addresses(groups))
        self.look()  # a browser's first form gives it a cookie

    def _addresses(self, groups):
        right = {"survey_id": self._name, "theme_id": "listening", "kind": "csv"}
        right |= {"item_id": "listening_1"}
        for rule in self._house.app.url_map.iter_rules():
            parts = set(rule.arguments)
            if "GET" not in rule.methods or parts - {*right, "group_id", "what"}:
                continue
            for group in groups if "group_id" in parts else [""]:
                for what in ("close", "cancel", "extend") if "what" in parts else [""]:
                    yield filled(rule, {**right, "group_id": group, "what": what})
        for group in groups:
            yield f"/desk/surveys/{self._name}?group={group}"

    def look(self):
        """Give every answer, by who asked and where, with its headers."""
        found = {}
        for who in (HR, LEA):
            for path in self._desk:
                answer = self._house.client(who).get(path)
                found[who, path] = plain(answer)
        for file in ("", "/manifest.json", "/status.json", "/audit.json"):
            found["door", file] = plain(self._door.get(f"/a/{self._name}{file}"))
        return found


def plain(answer):
    """Give status, headers and text of an answer without what every form has anew."""
    headers = [pair for pair in answer.headers.items() if pair[0] != "Content-Length"]
    return answer.status_code, headers, _OURS.sub(r"\1", answer.get_data(as_text=True))
