"""Mail by SMTP, at a real server: how it is secured, who signs in, what is refused, and that each mail goes out once."""

import signal
import uuid

import pytest

from api import Member, eventually
from mail_server import Mailbox, certificate, mail_server, server_context

SEND = """mutation($input: SendEmailInput!) { sendEmail(input: $input) {
  success messageId error errorCode errorField email { id status error } } }"""
EMAIL = "query($id: ID!) { email(id: $id) { status error } }"


@pytest.fixture
def world(own_world):
    return own_world.start()


@pytest.fixture
def mailbox():
    return Mailbox()


@pytest.fixture
def credentials(tmp_path):
    """For 127.0.0.1 nothing is asked of a certificate: the server is called by a name."""
    return certificate(tmp_path, "mail.localhost")


def configure(world, **values):
    path = world.data / "phos.env"
    lines = [line for line in path.read_text().splitlines() if line.partition("=")[0] not in values]
    path.write_text("\n".join([*lines, *[f"{key}={value}" for key, value in values.items()], ""]))


def mail(member, **more):
    return {"connectedAccountId": member.account("LOCAL")["id"], "to": ["guest@customer.example"], "subject": "Hello",
            "body": "Hello", **more}


def send(member, **more):
    return member.ask(SEND, input=mail(member, **more))["sendEmail"]


@pytest.fixture
def serving(world):
    """A server with these settings; what it says to a mail."""
    nodes = []

    def serve(**values):
        configure(world, **values)
        nodes.append(world.node("serve", world.port).start().ready())
        return Member(world.world)

    yield serve
    for node in nodes:
        if node.process.poll() is None:
            node.kill()


# libcurl takes every name below localhost for this machine (RFC 6761), which the rule for TLS does not.
@pytest.mark.parametrize("kind", ["STARTTLS", "TLS"])
def test_the_mail_goes_out_encrypted_to_who_signs_in(serving, mailbox, credentials, kind):
    key, cert = credentials
    with mail_server(mailbox, context=server_context(key, cert), implicit_tls=kind == "TLS", login=True) as port:
        scheme = "smtps" if kind == "TLS" else "smtp"
        member = serving(PHOS_SMTP_URL=f"{scheme}://ada:p%40ss%20word@mail.localhost:{port}", PHOS_SMTP_CA_FILE=cert)
        result = send(member, bcc=["hidden@customer.example"])
    assert result["success"], result
    ((sender, recipients, content, _),) = mailbox.mails
    assert sender == member.email
    assert sorted(recipients) == ["guest@customer.example", "hidden@customer.example"]
    assert b"hidden" not in content and b"Subject: Hello\r\n" in content
    assert mailbox.logins == [(mailbox.logins[0][0], "ada")]


def test_a_bearer_token_signs_in(serving, mailbox, credentials):
    key, cert = credentials
    with mail_server(mailbox, context=server_context(key, cert), login=True) as port:
        member = serving(PHOS_SMTP_URL=f"smtp://ada;AUTH=XOAUTH2:good-token@mail.localhost:{port}", PHOS_SMTP_CA_FILE=cert)
        assert send(member)["success"]
    (login,) = mailbox.logins
    assert login == ("XOAUTH2", "user=ada\x01auth=Bearer good-token\x01\x01")


def test_a_wrong_password_is_told_and_no_mail_goes(serving, mailbox, credentials):
    key, cert = credentials
    with mail_server(mailbox, context=server_context(key, cert), login=True) as port:
        member = serving(PHOS_SMTP_URL=f"smtp://ada:wrong-secret@mail.localhost:{port}", PHOS_SMTP_CA_FILE=cert)
        result = send(member)
    assert not result["success"] and result["email"]["status"] == "FAILED"
    assert "user name or password" in result["error"] and "wrong-secret" not in str(result)
    assert mailbox.mails == []


def test_a_certificate_that_nobody_vouches_for_is_refused(serving, mailbox, credentials):
    key, cert = credentials
    with mail_server(mailbox, context=server_context(key, cert)) as port:
        member = serving(PHOS_SMTP_URL=f"smtp://mail.localhost:{port}")
        result = send(member)
    assert not result["success"] and "certificate" in result["error"] and mailbox.mails == []


def test_no_mail_goes_in_the_clear_to_a_server_elsewhere(serving, mailbox):
    with mail_server(mailbox, starttls=False) as port:
        member = serving(PHOS_SMTP_URL=f"smtp://mail.localhost:{port}")
        result = send(member)
        assert not result["success"] and "encryption" in result["error"] and mailbox.mails == []


def test_an_operator_may_say_that_there_is_no_encryption(serving, mailbox):
    with mail_server(mailbox, starttls=False) as port:
        assert send(serving(PHOS_SMTP_URL=f"smtp://mail.localhost:{port}?tls=none"))["success"]
    assert len(mailbox.mails) == 1


def test_one_refused_recipient_refuses_the_email_before_anyone_gets_it(serving, mailbox):
    with mail_server(mailbox) as port:
        result = send(serving(PHOS_SMTP_URL=f"smtp://127.0.0.1:{port}"),
                      to=["guest@customer.example", "nobody@customer.example"])
    assert not result["success"] and "recipients" in result["error"] and mailbox.mails == []


def test_a_server_that_is_busy_gets_the_mail_later_and_once(serving, mailbox):
    with mail_server(mailbox) as port:
        mailbox.replies = ["451 4.3.0 Come again", "451 4.3.0 Come again"]
        member = serving(PHOS_SMTP_URL=f"smtp://127.0.0.1:{port}")
        result = send(member)
        assert result["success"] and result["email"]["status"] == "SCHEDULED"
        eventually(lambda: member.ask(EMAIL, id=result["email"]["id"])["email"]["status"], lambda s: s == "SENT")
    assert len(mailbox.mails) == 1


def test_what_the_server_refuses_after_all_is_said(serving, mailbox):
    with mail_server(mailbox) as port:
        mailbox.replies = ["554 5.7.1 Looks like spam"]
        result = send(serving(PHOS_SMTP_URL=f"smtp://127.0.0.1:{port}"))
    assert not result["success"] and result["email"]["status"] == "FAILED" and "doesn't accept this email" in result["error"]


def test_an_answer_that_is_lost_sends_no_second_mail(serving, mailbox):
    with mail_server(mailbox) as port:
        mailbox.lose_answer.set()
        member = serving(PHOS_SMTP_URL=f"smtp://127.0.0.1:{port}")
        result = send(member)
        assert not result["success"] and result["email"]["status"] == "UNCERTAIN" and len(mailbox.mails) == 1
        mailbox.lose_answer.clear()
        retry = "mutation($id: ID!) { retryEmail(id: $id) { success email { status } } }"
        assert member.ask(retry, id=result["email"]["id"])["retryEmail"]["success"]
    assert len(mailbox.mails) == 2


# Sources/CalendarCore/FailPoint.swift: the steps that a mail comes to.
@pytest.mark.parametrize("step, sent, status", [
    ("jobLeased", 1, "SENT"), ("beforeProvider", 0, "UNCERTAIN"), ("afterProvider", 1, "UNCERTAIN"),
])
def test_a_kill_sends_no_mail_twice(world, mailbox, step, sent, status):
    with mail_server(mailbox) as port:
        configure(world, PHOS_SMTP_URL=f"smtp://127.0.0.1:{port}")
        member, key = Member(world.world), str(uuid.uuid4())
        node = world.node("serve --no-worker", world.port)
        node.environment["PHOS_FAIL_POINT"] = step
        node.start().ready()
        with pytest.raises(Exception):
            send(member, idempotencyKey=key)
        assert node.process.wait(timeout=20) == -signal.SIGKILL
        node = world.node("serve", world.port).start().ready()
        # The caller who got no answer asks again.
        result = send(member, idempotencyKey=key)
        found = eventually(lambda: member.ask(EMAIL, id=result["email"]["id"])["email"],
                           lambda email: email["status"] != "SCHEDULED")
        assert found["status"] == status
        node.kill()
    assert len(mailbox.mails) == sent


@pytest.mark.parametrize("key, value", [
    ("PHOS_SMTP_URL", "http://mail.localhost"), ("PHOS_SMTP_URL", "smtp://"), ("PHOS_SMTP_URL", "smtp://a;AUTH=X:b@c.example"),
    ("PHOS_SMTP_URL", "smtp://c.example?tls=maybe"), ("PHOS_SMTP_CA_FILE", "/nowhere.pem"),
])
def test_a_setting_that_cannot_be_used_stops_the_start(world, key, value):
    configure(world, **{key: value})
    refused = world.run("serve")
    assert refused.returncode != 0 and key in refused.stderr
