"""Every door of an API, as its OpenAPI document names them: a new one is walked through without anybody thinking of it."""

import json
import re
from dataclasses import dataclass
from urllib.parse import quote

WRITING = ("POST", "PATCH", "PUT", "DELETE")


@dataclass
class Door:
    method: str
    path: str  # below the base of the API: "/orders/{id}"
    operation: dict
    document: dict

    def __str__(self):
        return f"{self.method} {self.path}"

    @property
    def kind(self):
        """The type of the records that it leads to: "orders"."""
        return self.path.split("/")[1]

    @property
    def parameters(self):
        return re.findall(r"{(\w+)}", self.path)

    @property
    def queries(self):
        """Its query members: {"filter[owner]": schema}."""
        found = (resolved(self.document, one) for one in self.operation.get("parameters", []))
        return {one["name"]: one["schema"] for one in found if one["in"] == "query"}

    @property
    def body_schema(self):
        content = resolved(self.document, self.operation.get("requestBody", {})).get("content", {})
        return next((one["schema"] for one in content.values()), None)

    def at(self, *values):
        """Its path with the values in place of its parameters, in their order."""
        rest = iter(values)
        return re.sub(r"{\w+}", lambda _: quote(next(rest), safe=""), self.path)

    def example(self, id_of):
        """A document that its schema allows, as full as it can be; `id_of(type)` names the records in it. None: it takes none."""
        return None if self.body_schema is None else example(self.document, self.body_schema, id_of)


def doors(document):
    """All operations of an OpenAPI document."""
    return [Door(method.upper(), path, operation, document) for path, item in document["paths"].items()
            for method, operation in item.items() if method in ("get", "put", "post", "patch", "delete")]


def resolved(document, schema):
    while "$ref" in schema:
        target = document
        for name in schema["$ref"].split("/")[1:]:
            target = target[name.replace("~1", "/").replace("~0", "~")]
        schema = target
    return schema


def example(document, schema, id_of):
    schema = resolved(document, schema)
    if "const" in schema:
        return schema["const"]
    if "enum" in schema:
        return schema["enum"][0]
    for choice in ("oneOf", "anyOf"):
        if choice in schema:
            return example(document, schema[choice][0], id_of)
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = kind[0]
    if kind == "object":
        members = {name: example(document, one, id_of) for name, one in schema.get("properties", {}).items()
                   if resolved(document, one).get("description") != "Is ignored." and name != "meta" or name in schema.get("required", [])}
        if isinstance(members.get("type"), str) and "id" in members:
            members["id"] = id_of(members["type"])
        return members
    if kind == "array":
        return [example(document, schema["items"], id_of)]
    return {"string": "Words", "integer": 1, "number": 1, "boolean": True}.get(kind)


def texts_of(resource):
    """The texts among the attributes of a resource object."""
    return {value for value in resource.get("attributes", {}).values() if isinstance(value, str) and len(value) > 3}


def references_in(resource):
    """(name, type, id) of everything that a resource object names."""
    for name, relationship in resource.get("relationships", {}).items():
        data = relationship.get("data") or []
        for one in data if isinstance(data, list) else [data]:
            yield name, one["type"], one["id"]


def all_of(api, path):
    """All resource objects of a collection, page by page."""
    found = []
    path += ("&" if "?" in path else "?") + "page[size]=100"
    while path:
        answer = api.get(path)
        assert answer.status == 200, f"{path}: {answer.status} {answer.text}"
        found += answer.json["data"]
        path = answer.json.get("links", {}).get("next")
    return found


def canonical(document):
    return json.dumps(document, sort_keys=True)
