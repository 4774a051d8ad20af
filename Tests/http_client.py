"""HTTP for the tests, with nothing but the standard library."""

import json
import urllib.error
import urllib.request


def send(method, url, body=None, headers=None, timeout=20):
    """Status and text of the answer; an error status is an answer too."""
    data = body if body is None or isinstance(body, bytes) else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers=headers or {})
    if data is not None and not request.has_header("Content-type"):
        request.add_header("Content-Type", "application/json")
    try:
        with urllib.request.urlopen(request, timeout=timeout) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode(errors="replace")


def send_json(method, url, body=None, headers=None):
    status, text = send(method, url, body, headers)
    assert 200 <= status < 300, f"{method} {url} answered {status}: {text[:500]}"
    return json.loads(text) if text else None
