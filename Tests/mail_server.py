"""A mail server of the test's own: aiosmtpd, with certificates made by openssl."""

import asyncio
import base64
import contextlib
import ssl
import subprocess
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult


def certificate(folder, name):
    """A certificate for the name, signed by itself."""
    key, cert = folder / f"{name}.key", folder / f"{name}.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={name}",
                    "-addext", f"subjectAltName=DNS:{name}", "-keyout", key, "-out", cert],
                   check=True, capture_output=True)
    return key, cert


class Mailbox:
    """Takes mail, or does what it is told to do to the next ones."""

    def __init__(self, password="p@ss word"):
        self.password = password.encode()
        self.mails = []
        self.logins = []
        self.replies = []
        self.lose_answer = threading.Event()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if "nobody" in address:
            return "550 5.1.1 No such user here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if self.replies:
            return self.replies.pop(0)
        self.mails.append((envelope.mail_from, list(envelope.rcpt_tos), envelope.content, session.ssl is not None))
        if self.lose_answer.is_set():
            server.transport.abort()
            await asyncio.sleep(0)
        return "250 OK"

    def authenticate(self, server, session, envelope, mechanism, data):
        if isinstance(data, bytes):
            self.logins.append((mechanism, data.decode()))
            return AuthResult(success=b"good-token" in data)
        self.logins.append((mechanism, data.login.decode()))
        return AuthResult(success=data.password == self.password, handled=False)


class Server(SMTP):
    async def auth_XOAUTH2(self, _, args):
        response = base64.b64decode(args[1]) if len(args) > 1 else await self.challenge_auth("")
        return self.event_handler.authenticate(self, self.session, self.envelope, "XOAUTH2", response)


@contextlib.contextmanager
def mail_server(mailbox, *, context=None, implicit_tls=False, login=False, starttls=True):
    """Its port. `context` is what it proves itself with."""
    class Controlled(Controller):
        def factory(self):
            return Server(mailbox, tls_context=None if implicit_tls or not starttls else context, hostname="mail.localhost",
                          authenticator=mailbox.authenticate if login else None, auth_required=login,
                          auth_require_tls=False, data_size_limit=1 << 20)

    controller = Controlled(mailbox, hostname="127.0.0.1", port=0, ssl_context=context if implicit_tls else None,
                            ready_timeout=10)
    # The port is the kernel's choice: what Controller does at its start connects to the one it was given.
    loop = asyncio.new_event_loop()
    started = {}

    async def serve():
        started["server"] = await loop.create_server(controller.factory, "127.0.0.1", 0, ssl=controller.ssl_context)
        started["port"] = started["server"].sockets[0].getsockname()[1]

    # In a thread of its own: the one of a test may run another loop.
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    asyncio.run_coroutine_threadsafe(serve(), loop).result(10)
    try:
        yield started["port"]
    finally:
        loop.call_soon_threadsafe(started["server"].close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


def server_context(key, cert):
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(cert, key)
    return context
