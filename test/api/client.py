"""One connection to the interface, and its description: every reply that passes through here is held against it."""

import http.client
import json
import re
import warnings

warnings.filterwarnings("ignore", category=DeprecationWarning)
from jsonschema import Draft202012Validator, FormatChecker, RefResolver  # noqa: E402

METHODS = ("get", "put", "post", "delete", "patch")


class Operation:
    def __init__(self, path, method, spec):
        self.path, self.method, self.spec = path, method.upper(), spec
        self.id = spec["operationId"]
        self.by_status = {}


class Description:
    def __init__(self, text):
        self.doc = json.loads(text)
        self.resolver = RefResolver("", self.doc)
        self.operations = {}
        for path, item in self.doc["paths"].items():
            for method, spec in item.items():
                one = Operation(path, method, spec)
                assert one.id not in self.operations, one.id
                self.operations[one.id] = one
        self.validators = {}

    def resolve(self, thing):
        while isinstance(thing, dict) and "$ref" in thing:
            thing = self.resolver.resolve(thing["$ref"])[1]
        return thing

    def parameters(self, op):
        return [self.resolve(p) for p in op.spec.get("parameters", [])]

    def validator(self, schema):
        key = json.dumps(schema, sort_keys=True)
        if key not in self.validators:
            self.validators[key] = Draft202012Validator(
                schema, resolver=self.resolver, format_checker=FormatChecker())
        return self.validators[key]

    def response(self, op, status):
        responses = op.spec["responses"]
        found = responses.get(str(status)) or responses.get("%dXX" % (status // 100))
        return self.resolve(found) if found else None

    def faults(self, op, status, content_type, body):
        """What of this reply the description does not say; a list of texts."""
        response = self.response(op, status)
        if response is None:
            return ["status %d is not described" % status]
        bare = (content_type or "").split(";")[0]
        media = response["content"].get(bare)
        if media is None:
            return ["content type %r at status %d is not described" % (bare, status)]
        if bare == "application/octet-stream":
            return []
        try:
            value = body.decode("utf-8")
            if bare.endswith("json"):
                value = json.loads(value)
        except ValueError as e:
            return ["body: %s" % e]
        faults = ["%s: %s" % ("/".join(map(str, e.path)), e.message[:300])
                  for e in self.validator(media["schema"]).iter_errors(value)]
        if bare == "application/problem+json" and not faults and value["status"] != status:
            faults.append("says status %d" % value["status"])
        return faults


class Client:
    def __init__(self, base, description=None, token=None):
        self.host, self.port = re.match(r"http://([^:/]+):(\d+)", base).groups()
        self.description, self.token = description, token
        self.connection = None

    def raw(self, method, target, headers=None, body=None):
        """status, headers (lower case), body; one try more when a kept connection was closed meanwhile."""
        headers = dict(headers or {})
        if self.token:
            headers.setdefault("Authorization", "Bearer " + self.token)
        for attempt in (0, 1):
            if not self.connection:
                self.connection = http.client.HTTPConnection(self.host, int(self.port), timeout=30)
            try:
                self.connection.request(method, target, body, headers)
                reply = self.connection.getresponse()
                return reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read()
            except (http.client.HTTPException, ConnectionError, OSError):
                self.connection.close()
                self.connection = None
                if attempt:
                    raise

    def call(self, op_id, args=None, query="", body=None, headers=None):
        """An operation by its id; faults of the reply raise AssertionError."""
        op = self.description.operations[op_id]
        target = op.path
        for name, value in (args or {}).items():
            target = target.replace("{%s}" % name, str(value))
        assert "{" not in target, target
        headers = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body = json.dumps(body, ensure_ascii=False).encode()
            headers.setdefault("Content-Type", "application/json")
        status, got, data = self.raw(op.method, target + query, headers, body)
        faults = self.description.faults(op, status, got.get("content-type"), data)
        assert not faults, "%s %s -> %d: %s" % (op.method, target + query, status, "; ".join(faults[:3]))
        if status < 300 and body is not None and headers.get("Content-Type") == "application/json":
            fits = self.description.validator(op.spec["requestBody"]["content"]["application/json"]["schema"])
            faults = [e.message[:300] for e in fits.iter_errors(json.loads(body))]
            assert not faults, "%s was taken, but the description forbids it: %s" % (op.id, faults[:3])
        op.by_status.setdefault(status, 0)
        op.by_status[status] += 1
        is_json = "json" in (got.get("content-type") or "")
        return status, json.loads(data) if is_json else data, got
