"""Signing in at the Google emulator as an application and a browser do."""

import base64
import hashlib
import json
import urllib.error
import urllib.parse
import urllib.request

import google.oauth2.credentials

from google_client import new_id


SCOPES = "https://www.googleapis.com/auth/"
EVENTS, READ = SCOPES + "calendar.events", SCOPES + "calendar.readonly"
REDIRECT = "http://127.0.0.1:1/oauth/callback"


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


def open_url(url, form=None, headers={}):
    data = None if form is None else urllib.parse.urlencode(form, doseq=True).encode()
    request = urllib.request.Request(url, data=data, headers=headers)
    try:
        with urllib.request.build_opener(NoRedirect).open(request, timeout=10) as answer:
            return answer.status, answer.headers, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.headers, answer.read().decode()


def challenge(verifier):
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()


class SignIn:
    def __init__(self, emulator, oauth):
        self.emulator, self.oauth = emulator, oauth
        self.verifier = new_id() + new_id()

    def wish(self, scopes, **more):
        return {"client_id": self.oauth["clientID"], "redirect_uri": REDIRECT, "response_type": "code",
                "scope": " ".join(scopes), "state": "s&t=1", "access_type": "offline", "prompt": "consent",
                "code_challenge": challenge(self.verifier), "code_challenge_method": "S256"} | more

    def page(self, wish):
        return open_url(self.emulator + "/o/oauth2/v2/auth?" + urllib.parse.urlencode(wish))

    def code(self, answer):
        status, headers, _ = answer
        assert status == 302
        assert headers["Location"].startswith(REDIRECT + "?")
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(headers["Location"]).query)
        assert query["state"] == ["s&t=1"]
        return query

    def allow(self, account, scopes, ticked):
        answer = open_url(self.emulator + "/o/oauth2/v2/auth",
                          self.wish(scopes) | {"account": account, "granted": ticked, "decision": "allow"})
        return self.code(answer)["code"][0]

    def token(self, **form):
        base = {"client_id": self.oauth["clientID"], "client_secret": self.oauth["clientSecret"]}
        status, _, text = open_url(self.emulator + "/token", base | form)
        return status, json.loads(text)

    def exchange(self, code, **more):
        return self.token(**({"grant_type": "authorization_code", "code": code, "redirect_uri": REDIRECT,
                              "code_verifier": self.verifier} | more))


def refreshable(emulator, sign_in, tokens):
    return google.oauth2.credentials.Credentials(
        token=tokens["access_token"], refresh_token=tokens["refresh_token"], token_uri=emulator + "/token",
        client_id=sign_in.oauth["clientID"], client_secret=sign_in.oauth["clientSecret"])
