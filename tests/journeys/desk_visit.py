"""People at the desk of a real server: they set up their accounts by their links and read pages."""

import re
from contextlib import contextmanager

import httpx

PASSWORD = "four words in a row"
_LINK = re.compile(r'<p class="link"[^>]*>\s*([^<\s]+)\s*</p>')


class Desk:
    """One person's signed-in browser."""

    def __init__(self, link, name, email=None):
        """Open a set-up link and set the account up; ``email`` is asked of the first of HR."""
        self.client = httpx.Client(trust_env=False, base_url=link.partition("/desk")[0])
        form = {"name": name, "password": PASSWORD} | ({"email": email} if email else {})
        assert self._post(link, form).status_code == 303

    def leave(self):
        """Close the browser."""
        self.client.close()

    def read(self, path):
        """Give a page that must be there."""
        answer = self.client.get(f"/desk/{path}", timeout=60)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer

    def finds(self, path):
        """Tell whether a page is there for this person."""
        answer = self.client.get(f"/desk/{path}")
        assert answer.status_code in {200, 404}, (path, answer.status_code)
        return answer.status_code == 200

    @contextmanager
    def let_leaders_in(self):
        """Make an account for everybody who leads a group; give their signed-in browsers by address."""
        page = self._post("/desk/people/leaders", {}).text
        names = re.findall(r'<(?:span|bdi) class="muted">([^<]+@[^<]+)</', page)
        links = _LINK.findall(page)
        desks = {
            email: Desk(link, email.split("@")[0])
            for email, link in zip(names, links, strict=True)
        }
        yield desks
        for desk in desks.values():
            desk.leave()

    def _post(self, path, form):
        page = self.client.get(path)
        assert page.status_code == 200, (path, page.status_code)
        token = re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)[1]
        return self.client.post(path, data={"csrf_token": token, **form})
