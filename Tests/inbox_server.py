"""A mailbox server of the test's own: Dovecot, with one user."""

import contextlib
import imaplib
import os
import pathlib
import shutil
import subprocess
import tempfile

from programs import free_port, wait_until_it_listens

CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{cert}
ssl_key = <{key}
auth_mechanisms = plain login
auth_failure_delay = 0
first_valid_uid = 1
mail_location = maildir:{folder}/mail
{users}
passdb {{
  driver = passwd-file
  args = scheme=plain {folder}/passwords
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/mail
}}
service imap-login {{
  {chroot}
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  {chroot}
}}
"""


class Inbox:
    def __init__(self, folder, port, tls_port, user):
        self.folder, self.port, self.tls_port, self.user = folder, port, tls_port, user

    def set_password(self, password):
        self.password = password
        (self.folder / "passwords").write_text(f"{self.user}:{{PLAIN}}{password}\n")

    @contextlib.contextmanager
    def _session(self):
        with imaplib.IMAP4("127.0.0.1", self.port) as session:
            session.login(self.user, self.password)
            yield session

    def deliver(self, message):
        with self._session() as session:
            status, data = session.append("INBOX", None, None, message.as_bytes())
            assert status == "OK", data

    def flags(self):
        """What is marked on every mail, without marking anything."""
        with self._session() as session:
            session.select("INBOX", readonly=True)
            return session.fetch("1:*", "(FLAGS)")[1]


@contextlib.contextmanager
def inbox_server(credentials, user, password):
    """`credentials` are the key and the certificate that it proves itself with."""
    # Its mail is read by a user of no rights, who gets into no folder of pytest's.
    folder = pathlib.Path(tempfile.mkdtemp(prefix="inbox"))
    is_root = os.getuid() == 0
    uid, gid = (65534, 65534) if is_root else (os.getuid(), os.getgid())
    key, cert = (shutil.copy(path, folder) for path in credentials)
    (folder / "mail").mkdir()
    folder.chmod(0o755)
    if is_root:
        os.chown(folder / "mail", uid, gid)
    port, tls_port = free_port(), free_port()
    inbox = Inbox(folder, port, tls_port, user)
    inbox.set_password(password)
    (folder / "passwords").chmod(0o644)
    me = f"default_internal_user = {os.environ.get('USER', 'nobody')}\ndefault_login_user = {os.environ.get('USER', 'nobody')}"
    (folder / "dovecot.conf").write_text(CONFIG.format(
        folder=folder, port=port, tls_port=tls_port, key=key, cert=cert, uid=uid, gid=gid,
        users="" if is_root else me, chroot="" if is_root else "chroot ="))
    process = subprocess.Popen(["/usr/sbin/dovecot", "-F", "-c", folder / "dovecot.conf"])
    try:
        wait_until_it_listens(process, port, folder / "log")
        yield inbox
    finally:
        process.terminate()
        process.wait(timeout=10)
        shutil.rmtree(folder, ignore_errors=True)
