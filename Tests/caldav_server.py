"""Radicale, a real CalDAV server, with one user and one calendar."""

import base64
import os
import pathlib
import subprocess
import sys

from http_client import send
from programs import free_port, wait_until_it_listens


class CalDAVServer:
    user = "berta"
    password = "correct horse"

    def __init__(self, folder, storage="multifilesystem"):
        self.folder = folder
        self.storage = storage
        self.process = None

    def __enter__(self):
        port = free_port()
        users = self.folder / "users"
        users.write_text(f"{self.user}:{self.password}\n")
        config = self.folder / "config"
        config.write_text(
            f"[server]\nhosts = 127.0.0.1:{port}\n"
            f"[auth]\ntype = htpasswd\nhtpasswd_filename = {users}\nhtpasswd_encryption = plain\ndelay = 0\n"
            f"[storage]\ntype = {self.storage}\nfilesystem_folder = {self.folder / 'collections'}\n")
        self.log = open(self.folder / "radicale.log", "wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "radicale", "--config", str(config)], stdout=self.log, stderr=self.log,
            env=os.environ | {"PYTHONPATH": str(pathlib.Path(__file__).parent)})
        self.url = f"http://127.0.0.1:{port}/"
        self.calendar = f"{self.url}{self.user}/work/"
        wait_until_it_listens(self.process, port, self.folder / "radicale.log")
        status, text = self.request("MKCALENDAR", self.calendar)
        assert status == 201, text
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=10)
        self.log.close()

    def request(self, method, url, body=None):
        token = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        return send(method, url, body, {"Authorization": f"Basic {token}", "Content-Type": "text/calendar"})

    def events(self):
        """Each stored VEVENT as a list of unfolded lines."""
        status, text = self.request("GET", self.calendar)
        assert status == 200, text
        lines = text.replace("\r\n ", "").replace("\r\n", "\n").split("\n")
        found, current = [], None
        for line in lines:
            if line == "BEGIN:VEVENT":
                current = []
            elif line == "END:VEVENT":
                found.append(current)
                current = None
            elif current is not None:
                current.append(line)
        return found
