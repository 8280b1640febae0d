"""A shop in Python that loads Parley: one clerk, two customers' users, orders in a dictionary, roles that say no.

    host.py <libparley-host.so> <plugin.so> <database> [port]

Its back office is /admin/orders/<id>, its APIs are /admin/api and /api; people say who they are by HTTP Basic.
"""

import base64
import ctypes as c
import html
import json
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import parley
from parley import Ref, Str

PLUGIN = "parley-conversations"
MOST_BYTES = 1 << 20  # of a body
# login: password, type, id, customer, permissions of its role
PEOPLE = {
    "clerk": ("secret", "users", "1", "", {"view", "create", "edit", "assign", "perform"}),  # may not delete
    "amanda": ("secret", "customerusers", "1", "1", {"view", "create"}),
    "brian": ("secret", "customerusers", "2", "2", {"view", "create"}),
    "nora": ("secret", "customerusers", "3", "2", {"view"}),  # may not create
}
RECORDS = {
    "users": {"1": {"name": "Carl Clerk"}},
    "customers": {"1": {"name": "Cole Tools"}, "2": {"name": "Lee Bikes"}},
    "customerusers": {"1": {"name": "Amanda Cole", "customers": "1"}, "2": {"name": "Brian Lee", "customers": "2"},
                      "3": {"name": "Nora Lee", "customers": "2"}},
    "orders": {"17": {"name": "ORD-17", "customers": "1", "customerusers": "1"},
               "18": {"name": "ORD-18", "customers": "2", "customerusers": "2"}},
}
TRAITS = {"users": parley.RECORD | parley.IS_USER, "customers": parley.IS_CUSTOMER,
          "customerusers": parley.RECORD | parley.IS_CUSTOMER_USER, "orders": parley.RECORD}


def person_of(call):
    actor = (str(call.actor.type), str(call.actor.id))
    return next((person for person in PEOPLE.values() if person[1:3] == actor), None)


def may_see(call, kind, id):
    """The back office sees everything, customers what is their customer's, and whom they talk to."""
    record = RECORDS.get(kind, {}).get(id)
    if record is None or call.application == parley.BACKOFFICE or kind == "users":
        return record is not None
    person = person_of(call)
    return person is not None and (id if kind == "customers" else record["customers"]) == person[3]


def scopes(_host, call, requests, count, request_size, result, _errors):
    for index in range(count):
        request = parley.ScopeRequest.from_address(requests + index * request_size)
        person = person_of(call.contents)
        if str(call.contents.actor.type) == "system":
            scope = parley.Scope(level=parley.GLOBAL, version=1)
        elif person is None or str(request.permission) not in person[4]:
            scope = parley.Scope(level=parley.NONE, version=1)
        elif person[1] == "users":
            scope = parley.Scope(level=parley.GLOBAL, version=1)
        else:
            scope = parley.Scope(level=parley.USER, version=1, customer=Ref("customers", person[3]))
        if status := result.contents.put(result, index, scope):
            return status


def visible(_host, call, refs, count, answers, _errors):
    for index in range(count):
        answers[index] = may_see(call.contents, str(refs[index].type), str(refs[index].id))


def resolve(_host, call, refs, count, result, _errors):
    for ref in refs[:count]:
        kind, id = str(ref.type), str(ref.id)
        record = RECORDS.get(kind, {}).get(id)
        if record is None:
            answer = parley.Record(ref=ref)
        else:
            page = parley.HAS_PAGE if kind == "orders" and call.contents.application == parley.BACKOFFICE else 0
            answer = parley.Record(ref=ref, flags=parley.EXISTS | page, title=record["name"])
            if "customers" in record:
                answer.customer = Ref("customers", record["customers"])
            if kind == "customerusers":
                answer.customer_user = Ref(kind, id)
            elif "customerusers" in record:
                answer.customer_user = Ref("customerusers", record["customerusers"])
        if status := result.contents.put(result, answer):
            return status


def put_documents(kind, ids, call, result):
    for id in ids:
        if may_see(call.contents, kind, id):
            body = {"type": kind, "id": id, "attributes": {"name": RECORDS[kind][id]["name"]}}
            document = parley.Document(ref=Ref(kind, id), json=json.dumps(body))
            if status := result.contents.document(result, document):
                return status
    return 0


KEPT = []  # what the library goes on using: tables and functions


def keep(value):
    KEPT.append(value)
    return value


def register(_context, host, registry, errors):
    both = parley.BACKOFFICE | parley.STOREFRONT
    for kind, traits in TRAITS.items():
        label = json.dumps({"en": kind.capitalize()})
        name = parley.Attribute(type=1, flags=parley.TITLE, applications=both, name="name", label='{"en":"Name"}')
        entity = keep(parley.Entity(
            type=kind, label=label, plural_label=label, traits=traits, attributes=c.pointer(name), attribute_count=1,
            attribute_size=c.sizeof(name), backoffice_actions=parley.LIST | parley.GET,
            storefront_actions=parley.LIST | parley.GET,
            query=lambda _self, call, _query, result, _errors, kind=kind: put_documents(kind, RECORDS[kind], call, result),
            get_many=lambda _self, call, get, result, _errors, kind=kind: put_documents(
                kind, [str(key) for key in get.contents.ids[:get.contents.id_count]], call, result)))
        if status := registry.contents.add_entity(host, entity, errors):
            return status


class Shop:
    """The library with the plugin in it."""

    def __init__(self, library, plugin, database):
        self.library = c.CDLL(library)
        tables = keep({"parley.access/1": parley.Access(scopes=scopes, visible=visible),
                       "parley.records/1": parley.Records(resolve=resolve)})
        options = keep(parley.Options(
            name="Shop in Python", version="1", settings=json.dumps({"conversations.enabled": True}),
            security_schemes=json.dumps({"basic": {"type": "http", "scheme": "basic"}}),
            get_extension=lambda _host, name: c.addressof(tables[str(name.contents)]) if str(name.contents) in tables else 0))
        errors = keep(parley.ErrorSink(report=lambda _sink, error: print(error.contents.detail, file=sys.stderr)))
        self.runtime, loaded = c.c_void_p(), c.c_void_p()
        self.must("create", c.byref(options), c.byref(self.runtime), errors)
        self.must("register", self.runtime, keep(parley.Work(parley.guarded(register))), None, errors)
        self.must("load", self.runtime, c.byref(Str(plugin)), c.byref(loaded), errors)
        self.must("start", loaded, c.byref(Str(json.dumps({"database": database}))), errors)

    def must(self, what, *arguments):
        *others, errors = arguments
        if getattr(self.library, "parley_runtime_" + what)(*others, c.byref(errors)) != 0:
            raise SystemExit(f"parley_runtime_{what} failed")

    def handle(self, person, method, base, path, query, headers, body):
        application = parley.BACKOFFICE if person[1] == "users" else parley.STOREFRONT
        call = parley.Call(application=application, time_left_us=parley.NO_DEADLINE, actor=Ref(*person[1:3]), locale="en")
        lines = (parley.Header * len(headers))(*[parley.Header(Str(name), Str(value)) for name, value in headers])
        request = parley.HttpRequest(method=method, base=base, path=path, query=query, headers=lines,
                                     header_count=len(headers), body=body)
        answer = {"status": 500, "headers": [], "body": b""}

        def begin(_sink, status, fields, count):
            answer.update(status=status, headers=[(str(each.name), str(each.value)) for each in fields[:count]])

        def write(_sink, data, size):
            answer["body"] += c.string_at(data, size)

        result = parley.HttpSink(begin=begin, write=write)
        self.library.parley_http_handle(self.runtime, c.byref(call), c.byref(request), c.byref(result))
        return answer

    def asset(self, path):
        found = []
        result = parley.AssetSink(put=lambda _sink, asset: found.append(
            (str(asset.contents.content_type), bytes(asset.contents.bytes))))
        self.library.parley_runtime_asset(self.runtime, c.byref(Str(PLUGIN)), c.byref(Str(path)), c.byref(result))
        return found[0] if found else None

    def close(self):
        self.library.parley_runtime_destroy(self.runtime)


PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{name}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/conversations.css"><script type="module" src="/assets/conversations.js"></script>
</head><body><main><h1>Order {name}</h1><h2>Activity</h2>
<parley-activity-panel api-base="/admin/api" application="backoffice" locale="en" time-zone="UTC" actor-type="users"
 actor-id="{actor}" record-type="orders" record-id="{id}" url-template="/admin/{{type}}/{{id}}"></parley-activity-panel>
</main></body></html>"""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    shop = None

    def person(self):
        scheme, _, given = self.headers.get("Authorization", "").partition(" ")
        try:
            login, _, password = base64.b64decode(given).decode().partition(":") if scheme == "Basic" else ("", "", "")
        except ValueError:
            return None
        person = PEOPLE.get(login)
        return person if person is not None and person[0] == password else None

    def send(self, status, content_type, body, headers=()):
        self.send_response(status)
        for name, value in [("Content-Length", str(len(body))), *headers] + ([("Content-Type", content_type)] * bool(content_type)):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body if self.command != "HEAD" else b"")

    def answer(self):
        length = self.headers.get("Content-Length", "0")
        too_long = length.isdecimal() and int(length) > MOST_BYTES
        if "Transfer-Encoding" in self.headers or not length.isdecimal() or too_long:
            self.close_connection = True  # what is left of the body must not be read as the next request
            return self.send(413 if too_long else 400, "text/plain", b"The body has no length, or is too long.")
        body = self.rfile.read(int(length))
        path, _, query = self.path.partition("?")
        person = self.person()
        if path.startswith("/assets/"):
            asset = self.shop.asset(path[len("/assets/"):])
            return self.send(200, *asset) if asset else self.send(404, "text/plain", b"There is no such file.")
        side = "users" if path.startswith("/admin/") else "customerusers"
        if person is None or person[1] != side:
            return self.send(401, "text/plain", b"Who are you?", [("WWW-Authenticate", 'Basic realm="shop"')])
        if self.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            return self.send(403, "text/plain", b"This came from another site.")
        base = "/admin/api" if side == "users" else "/api"
        if path.startswith(base + "/"):
            answer = self.shop.handle(person, self.command, base, path[len(base):], query, self.headers.items(), body)
            return self.send(answer["status"], None, answer["body"], answer["headers"])
        order = path.removeprefix("/admin/orders/")
        if side == "users" and order in RECORDS["orders"]:
            name = html.escape(RECORDS["orders"][order]["name"])
            return self.send(200, "text/html", PAGE.format(name=name, id=order, actor=person[2]).encode())
        return self.send(404, "text/plain", b"There is no such page.")

    do_GET = do_HEAD = do_POST = do_PATCH = do_DELETE = do_OPTIONS = do_PUT = answer


def main():
    library, plugin, database, *port = sys.argv[1:]
    Handler.shop = Shop(library, plugin, database)
    server = ThreadingHTTPServer(("127.0.0.1", int(port[0]) if port else 8000), Handler)
    print(f"Listening on http://127.0.0.1:{server.server_port}", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
        Handler.shop.close()


if __name__ == "__main__":
    main()
