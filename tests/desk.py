"""People at the desk: accounts made directly, and test clients that are signed in through the door."""

import re
from collections import defaultdict
from urllib.parse import quote

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from jinja2 import BytecodeCache
from sqlalchemy import select

from teamhealth.accounts.models import Account
from teamhealth.roster.models import Group
from teamhealth.web.desk.app import create_desk
from tests.makers import settings_of

PASSWORD = "four words in a row"
# The cost of a hash stands in it; this one is cheap, because hundreds of tests sign in.
_HASH = Argon2id(
    salt=bytes(16), length=32, iterations=1, lanes=1, memory_cost=8
).derive_phc_encoded(PASSWORD.encode())
HR = "hr@acme.example"


class _Compiled(BytecodeCache):
    """A language's templates compiled once a process, not once a test."""

    def __init__(self):
        self.known = {}

    def load_bytecode(self, bucket):
        if code := self.known.get(bucket.key):
            bucket.bytecode_from_string(code)

    def dump_bytecode(self, bucket):
        self.known[bucket.key] = bucket.bytecode_to_string()


_COMPILED = defaultdict(_Compiled)


def make_accounts(database, *leaders, hr=(HR,)):
    """Make active accounts of HR and of leaders, by address, all with ``PASSWORD``.

    What a leader sees follows from the roster's person of that address.
    """
    with database.write() as db:
        for email in (*hr, *leaders):
            name = email.split("@")[0].title()
            db.add(Account(email=email, name=name, password=_HASH, is_hr=email in hr))
        db.commit()


def make_groups(database, many):
    """Make the roster's groups g0, g1 …, the first above all others."""
    with database.write() as db:
        for at in range(many):
            above = "g0" if at else None
            db.add(
                Group(id=f"g{at}", parent_id=above, path=f"P{at}", name=f"g{at}", position=at)
            )
            db.flush()
        db.commit()


def account(database, email=HR):
    """Give an account as it stands."""
    with database.read() as db:
        return db.scalar(select(Account).where(Account.email == email))


def desk_of(database, home):
    """Give the desk's app; ``home`` is where its key file is made."""
    app = create_desk(database, settings_of(database, home))
    for language, environment in app.extensions["teamhealth.speaking"].items():
        environment.bytecode_cache = _COMPILED[language]
    return app


def csrf(page):
    """Give the token of a page's forms."""
    return re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.get_data(as_text=True))[1]


def post(client, path, data=None, *, page=None):
    """Send a form as a browser does: with the token of ``page``, by default of ``path`` itself."""
    token = csrf(client.get(page or path))
    return client.post(path, data={"csrf_token": token, **(data or {})})


def sign_in(client, email=HR, password=PASSWORD, **more):
    """Sign in through the door; give its answer."""
    data = {"email": email, "password": password, **more}
    return post(client, "/desk/sign-in", data)


def signed_in_client(database, home, email=HR, *, app=None):
    """Give a client that is signed in; make the account before."""
    client = (app or desk_of(database, home)).test_client()
    assert sign_in(client, email).status_code == 303
    return client


def filled(rule, parts):
    """Give the address of a page, by the names of the parts of its rule."""
    return re.sub(r"<(?:.*?:)?(\w+)>", lambda part: quote(parts[part[1]], safe=""), rule.rule)
