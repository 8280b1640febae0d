"""A small browser: keeps cookies, sends forms with their token, talks to the API as a page's script would."""

import base64
import http.client
import json
import re
import socket
from dataclasses import dataclass, field
from urllib.parse import urlencode

from support.waiting import LONGEST

MEDIA_TYPE = "application/vnd.api+json"
PASSWORD = "parley-demo"


@dataclass
class Answer:
    status: int
    headers: dict
    all_headers: list
    text: str
    url: str = ""
    json: dict = field(default=None)

    @property
    def details(self):
        return [error["detail"] for error in self.json.get("errors", [])]

    @property
    def heading(self):
        found = re.findall(r"<h1>(.*?)</h1>", self.text)
        assert len(found) == 1, f"{self.url}: {len(found)} headings of the first level"
        return found[0]


class Browser:
    def __init__(self, host):
        self.host = host
        self.cookies = {}

    def send(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.host.port, timeout=LONGEST)
        headers = dict(headers or {})
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, path, body=body, headers=headers)
        response = connection.getresponse()
        text = response.read().decode()
        answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.getheaders(), text, path)
        connection.close()
        for name, value in answer.all_headers:
            if name.lower() == "set-cookie":
                pair, _, attributes = value.partition(";")
                cookie, _, content = pair.partition("=")
                self.cookies[cookie] = content
                if "Max-Age=0" in attributes:
                    del self.cookies[cookie]
        if "json" in answer.headers.get("content-type", "") and text:
            answer.json = json.loads(text)
        return answer

    def get(self, path, follow=True, **headers):
        answer = self.send("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
        if follow and answer.status == 303:
            return self.get(answer.headers["location"])
        return answer

    def post_form(self, path, fields, follow=True, headers=None):
        headers = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        answer = self.send("POST", path, urlencode(fields), headers)
        if follow and answer.status == 303:
            return self.get(answer.headers["location"])
        return answer

    def submit(self, page, action, fields=None, follow=True):
        """Sends the form of a page that goes to `action`, with its hidden fields."""
        for form in re.findall(r"<form.*?</form>", page.text, re.DOTALL):
            if f'action="{action}"' in form:
                hidden = dict(re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', form))
                return self.post_form(action, {**hidden, **(fields or {})}, follow)
        raise AssertionError(f"{page.url} has no form to {action}")

    def csrf_token(self):
        base = "/admin/" if "parley_backoffice" in self.cookies else "/"
        return re.search(r'name="csrf_token" value="(\w+)"', self.get(base.rstrip("/") or "/").text).group(1)

    def api(self, method, path, document=None, token=True, **headers):
        headers = {"Accept": MEDIA_TYPE, **{k.replace("_", "-"): v for k, v in headers.items()}}
        body = None
        if document is not None:
            body = json.dumps(document)
            headers["Content-Type"] = MEDIA_TYPE
        if method != "GET" and token:
            headers["X-CSRF-Token"] = self.csrf_token()
        return self.send(method, path, body, headers)


def log_in(host, login, password=PASSWORD):
    """A browser in which a user (by name) or a customer user (by e-mail address) is logged in."""
    browser = Browser(host)
    path = "/login" if "@" in login else "/admin/login"
    answer = browser.post_form(path, {"username": login, "password": password}, follow=False)
    assert answer.status == 303, f"{login} cannot log in: {answer.status}"
    return browser


def basic(login, password=PASSWORD):
    return "Basic " + base64.b64encode(f"{login}:{password}".encode()).decode()


def raw(host, request):
    """Sends bytes as they are; answers everything that comes back."""
    with socket.create_connection(("127.0.0.1", host.port), timeout=LONGEST) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        chunks = []
        while chunk := connection.recv(65536):
            chunks.append(chunk)
    return b"".join(chunks).decode()
