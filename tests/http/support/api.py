"""A person's program at the API: HTTP Basic, JSON:API, and nothing that another program would not have."""

import http.client
import json

from support.browser import MEDIA_TYPE, Answer, basic
from support.waiting import LONGEST


class Api:
    """`base`: "/admin/api" or "/api". Headers: keyword arguments; None leaves one out that would be sent else."""

    def __init__(self, host, login, base=None):
        self.host = host
        self.base = base or ("/api" if "@" in login else "/admin/api")
        self.headers = {"Accept": MEDIA_TYPE, "Authorization": basic(login)}

    def send(self, method, path, document=None, **headers):
        sent = dict(self.headers)
        body = document
        if document is not None:
            sent["Content-Type"] = MEDIA_TYPE
            if not isinstance(document, (bytes, str)):
                body = json.dumps(document)
        sent.update({name.replace("_", "-"): value for name, value in headers.items()})
        connection = http.client.HTTPConnection("127.0.0.1", self.host.port, timeout=LONGEST)
        address = path if path.startswith(self.base + "/") else self.base + path
        connection.request(method, address, body, {k: v for k, v in sent.items() if v is not None})
        response = connection.getresponse()
        text = response.read().decode()
        connection.close()
        answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.getheaders(), text,
                        address)
        if "json" in answer.headers.get("content-type", "") and text:
            answer.json = json.loads(text)
        return answer

    def get(self, path, **headers):
        return self.send("GET", path, **headers)

    def create(self, kind, attributes=None, **relationships):
        """Creates a resource; answers its resource object. Relationships: ("users", "1"), a list of those, or None."""
        answer = self.send("POST", f"/{kind}", resource(kind, attributes, **relationships))
        assert answer.status == 201, f"{answer.status} {answer.text}"
        return answer.json["data"]


def identifier(ref):
    return None if ref is None else {"type": ref[0], "id": ref[1]}


def linkage(refs):
    return {"data": [identifier(ref) for ref in refs] if isinstance(refs, list) else identifier(refs)}


def resource(kind, attributes=None, id=None, **relationships):
    """A document with one resource object."""
    data = {"type": kind, "attributes": attributes or {},
            "relationships": {name: linkage(refs) for name, refs in relationships.items()}}
    if id is not None:
        data["id"] = id
    return {"data": data}


def places(answer):
    """Where the errors of an answer lie: their pointer, parameter or header."""
    return sorted(next(iter(error.get("source", {}).values()), "") for error in answer.json["errors"])


def varying(answer):
    """Status, headers and body, without what differs between any two answers."""
    own = {"date", "x-request-id"}
    return answer.status, sorted((k.lower(), v) for k, v in answer.all_headers if k.lower() not in own), answer.text
