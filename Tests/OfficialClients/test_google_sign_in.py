"""Sign-in at the Google emulator: consent, scopes, codes, refreshing."""

import email
import html.parser
import json

import google.auth.exceptions
import google.auth.transport.requests
import google.oauth2.credentials
import pytest
from googleapiclient.errors import HttpError

from google_client import client, refusal, timed
from google_sign_in import EVENTS, READ, REDIRECT, SCOPES, open_url, refreshable


def test_the_official_client_refreshes_an_expired_token(emulator, sign_in, account, control):
    code = sign_in.allow(account["handle"], [EVENTS], [EVENTS])
    _, tokens = sign_in.exchange(code)
    assert tokens["token_type"] == "Bearer" and 0 < tokens["expires_in"] <= 3600
    credentials = refreshable(emulator, sign_in, tokens)
    service = client(emulator, credentials)
    service.events().list(calendarId="primary").execute()
    control("POST", "access-tokens/expire", {})
    # 401 makes the client refresh by itself.
    service.events().list(calendarId="primary").execute()
    assert credentials.token != tokens["access_token"]


def test_a_revoked_consent_cannot_be_refreshed(emulator, sign_in, account):
    code = sign_in.allow(account["handle"], [EVENTS], [EVENTS])
    _, tokens = sign_in.exchange(code)
    credentials = refreshable(emulator, sign_in, tokens)
    assert open_url(emulator + "/revoke", {"token": tokens["refresh_token"]})[0] == 200
    with pytest.raises(google.auth.exceptions.RefreshError, match="invalid_grant"):
        credentials.refresh(google.auth.transport.requests.Request())
    events = client(emulator, google.oauth2.credentials.Credentials(token=tokens["access_token"])).events()
    with pytest.raises((HttpError, google.auth.exceptions.RefreshError)):
        events.list(calendarId="primary").execute()
    assert open_url(emulator + "/revoke", {"token": tokens["refresh_token"]})[0] == 400


class Inputs(html.parser.HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "input":
            self.found.append(dict(attributes))


def test_a_person_may_untick_a_scope_and_the_answer_says_so(emulator, sign_in, account):
    status, _, text = sign_in.page(sign_in.wish([EVENTS, READ, "openid", "email"]))
    assert status == 200
    inputs = Inputs(text).found
    assert account["handle"] in [i["value"] for i in inputs if i["name"] == "account"]
    assert [i["value"] for i in inputs if i["name"] == "granted"] == [EVENTS, READ]
    code = sign_in.allow(account["handle"], [EVENTS, READ, "openid", "email"], [READ])
    _, tokens = sign_in.exchange(code)
    # The short name is answered in full, as by the real service: requested and granted text differ.
    assert set(tokens["scope"].split()) == {READ, "openid", SCOPES + "userinfo.email"}
    events = client(emulator, google.oauth2.credentials.Credentials(token=tokens["access_token"])).events()
    assert events.list(calendarId="primary").execute()["kind"] == "calendar#events"
    assert refusal(events.insert(calendarId="primary", body=timed())) == (403, "insufficientPermissions")
    bearer = {"Authorization": "Bearer " + tokens["access_token"]}
    _, _, text = open_url(emulator + "/v1/userinfo", headers=bearer)
    assert json.loads(text)["email"] == account["handle"]


def test_writing_events_does_not_include_reading_calendars(emulator, sign_in, account):
    _, tokens = sign_in.exchange(sign_in.allow(account["handle"], [EVENTS], [EVENTS]))
    service = client(emulator, google.oauth2.credentials.Credentials(token=tokens["access_token"]))
    assert refusal(service.calendars().get(calendarId="primary")) == (403, "insufficientPermissions")
    assert refusal(service.calendarList().list()) == (403, "insufficientPermissions")
    bearer = {"Authorization": "Bearer " + tokens["access_token"]}
    assert open_url(emulator + "/v1/userinfo", headers=bearer)[0] == 403


def test_a_named_account_consents_without_a_page(sign_in, account):
    query = sign_in.code(sign_in.page(sign_in.wish([EVENTS], login_hint=account["handle"])))
    status, tokens = sign_in.exchange(query["code"][0])
    assert status == 200 and tokens["refresh_token"]


def test_a_refresh_token_comes_only_with_offline_access_and_asked_consent(sign_in, account):
    for more in ({"access_type": "online"}, {"prompt": "select_account"}):
        query = sign_in.code(sign_in.page(sign_in.wish([EVENTS], login_hint=account["handle"], **more)))
        _, tokens = sign_in.exchange(query["code"][0])
        assert "refresh_token" not in tokens and tokens["access_token"]


def test_a_code_works_once_for_the_client_that_requested_it(sign_in, account):
    code = sign_in.allow(account["handle"], [EVENTS], [EVENTS])
    assert sign_in.exchange(code)[0] == 200
    assert sign_in.exchange(code) == (400, {"error": "invalid_grant",
                                            "error_description": "Token has been expired or revoked."})
    for wrong in ({"code_verifier": "guess" * 10}, {"redirect_uri": REDIRECT + "2"}):
        code = sign_in.allow(account["handle"], [EVENTS], [EVENTS])
        assert sign_in.exchange(code, **wrong)[0] == 400
    code = sign_in.allow(account["handle"], [EVENTS], [EVENTS])
    status, answer = sign_in.exchange(code, client_secret="wrong")
    assert (status, answer["error"]) == (401, "invalid_client")
    assert sign_in.token(grant_type="password")[1]["error"] == "unsupported_grant_type"
    assert sign_in.token(grant_type="refresh_token", refresh_token="no")[1]["error"] == "invalid_grant"


def test_a_refusal_comes_back_to_the_application(emulator, sign_in):
    form = sign_in.wish([EVENTS]) | {"decision": "deny"}
    assert sign_in.code(open_url(emulator + "/o/oauth2/v2/auth", form))["error"] == ["access_denied"]


@pytest.mark.parametrize("change", [
    {"client_id": "stranger"}, {"redirect_uri": "https://evil.example/cb"}, {"redirect_uri": "javascript:alert(1)"},
    {"redirect_uri": "http://127.0.0.1:1@evil.example/"},
])
def test_a_request_that_cannot_be_trusted_is_not_redirected(sign_in, change):
    status, headers, text = sign_in.page(sign_in.wish([EVENTS], **change))
    assert status == 400 and "Location" not in headers and "Access blocked" in text


def test_the_page_shows_hostile_text_as_text(sign_in):
    scope, state = '"><script>x</script>', "'\"><img src=x>&amp;"
    _, _, text = sign_in.page(sign_in.wish([scope], state=state))
    assert "<script" not in text and "<img" not in text
    sent = {i["name"]: i["value"] for i in Inputs(text).found}
    assert (sent["granted"], sent["state"]) == (scope, state)


def test_a_wrong_or_missing_token_is_refused(emulator):
    url = emulator + "/calendar/v3/calendars/primary"
    for headers, reason in (({}, "required"), ({"Authorization": "Bearer no"}, "authError"),
                            ({"Authorization": "Basic bm8="}, "authError")):
        status, _, text = open_url(url, headers=headers)
        assert (status, json.loads(text)["error"]["errors"][0]["reason"]) == (401, reason)
