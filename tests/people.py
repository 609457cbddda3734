"""People who answer through the door's messages, step by step, as their browsers would."""

from teamhealth.credentials.respondent import Owner, Respondent, group_message


class Person:
    """One person with a link; ``client`` is a test client of the door."""

    def __init__(self, client, opened, code):
        self.client, self.opened, self.code = client, opened, code
        self.prepared = None
        self.signed = None

    def post(self, thing, body, **more):
        return self.client.post(f"/a/{self.opened.id}/{thing}", json=body, **more)

    def respondent(self):
        manifest = self.client.get(f"/a/{self.opened.id}/manifest.json").data
        return Respondent(
            manifest, self.post("group", group_message(self.code)).json, self.code
        )

    def seal(self, answers=None):
        self.prepared = self.respondent().prepare(answers or {"psych_safety_1": 4})
        return self.prepared

    def stamp(self):
        answer = self.post("credential", self.prepared.credential)
        if answer.status_code == 200:
            self.signed = answer.json
        return answer

    def hand_in(self, **changes):
        return self.post("response", {**self.prepared.response(self.signed), **changes})

    def answer(self, answers=None):
        """Go the whole way; give the owner of the receipt."""
        self.seal(answers)
        assert self.stamp().status_code == 200
        assert self.hand_in().status_code == 200
        return self.owner()

    def owner(self):
        return Owner(self.opened.manifest, self.prepared.receipt)

    def edit(self, message):
        return self.post("response/edit", message)
