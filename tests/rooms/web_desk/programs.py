"""Programs that read the interface: a client with a token and nothing else."""

from teamhealth import clock
from teamhealth.accounts import api_tokens
from tests.desk import HR, account

ROOT = "/desk/api/v1"


def token_of(database, email=HR, label="a program", months=1):
    """Make a token of an account, as its owner does."""
    owner = account(database, email)
    with database.write() as db:
        token = api_tokens.make(db, owner.id, label, months, now=clock.now())
        db.commit()
    return token


class Program:
    """Something that reads with a token of one account."""

    def __init__(self, app, database, email=HR):
        self.client = app.test_client(use_cookies=False)
        self.token = token_of(database, email)

    def get(self, path, /, headers=None, **query):
        """Ask for an address below the root."""
        sent = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        return self.client.get(f"{ROOT}{path}", headers=sent, query_string=query)

    def told(self, path, /, **query):
        """Give what an address tells; fails if it tells nothing."""
        answer = self.get(path, **query)
        assert answer.status_code == 200, answer.text
        return answer.json

    def every(self, path, /, **query):
        """Give all entries of a list, following its pages."""
        found, there = [], None
        while True:
            answer = self._follow(there) if there else self.told(path, **query)
            found += answer["items"]
            there = answer["next"]
            if there is None:
                assert len(found) == answer["total"]
                return found

    def _follow(self, address):
        answer = self.client.get(address, headers={"Authorization": f"Bearer {self.token}"})
        assert answer.status_code == 200
        return answer.json
