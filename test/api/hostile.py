"""Hostile requests made from the description: no 5xx, no write, the server alive, its memory bounded.

hostile.py BASE N SEED MAX_MB OFFICER OTHER READER    (three tokens: who may act, who may little, who may only read)

Each request is an operation of the description with one to three things wrong. A body that would be a legal act (it
fits the schema, and so do type and address) is never sent, so that whatever is answered with a success to a method
that changes something is a fault, and the head of the record must stand where it stood.
"""

import json
import random
import re
import socket
import sys
from collections import Counter
from urllib.parse import quote

from client import Client, Description

TEXTS = ["", " ", "准绳", "x" * 501, "长" * 20001, "y" * 300000, "\x00", "\x01\x02\x7f", "\u202e文", "\ufeff", "é" * 40,
         "<script>alert(1)</script>", "'; DROP TABLE event;--", "\" OR 1=1", "../../../../etc/passwd", "${jndi:ldap://x}",
         "%s%s%n%x", "\ud800", "persons/1", "units/999999999", "task/-1", "log", "series/x", "clock", "system",
         "1:p1", "0:open", "null", "true", "2026-02-30", "9999-99-99", "2200-12-31", "0000-00-00", "1899-12-31"]
NUMBERS = ["0", "-1", "1", "9007199254740991", "9007199254740993", "-9223372036854775809", "1e400", "-1e-400", "1.5",
           "9" * 1000, "0x10", "NaN", "Infinity", "01", "-0", "1e2"]
PATHS = ["0", "-1", "00", "9223372036854775808", "1e9", "%00", "1%00", "..", "..%2f..%2fetc%2fpasswd", "%c0%af", "%ff",
         "%", "%zz", "1'%20OR%201=1", "a" * 5000, "%E5%87%86", "1;2", "1%0d%0aX-Y:%201", "{n}", "", "%2e%2e", "1/../2"]
QUERIES = ["limit=0", "limit=-1", "limit=1e9", "limit=99999999999999999999", "limit=%00", "limit", "list=%27", "list=",
           "after=x", "after=%5B%5D", "after=%5B1%2C1%5D", "after=%5Bnull%2Cnull%5D", "after=%5B%22x%22%2C-1%5D",
           "after=" + "%5B" * 300, "day=2026-02-30", "day=", "day=%ff", "search=%ff", "search=" + "%27" * 600,
           "search=%25_%5C", "filter.=1", "filter.x=1", "filter.kind=" + "a" * 3000, "filter.stage=%00", "x=1", "=", "&&&",
           "%", "a=1&a=2", "limit=1&limit=2", "filter.unit=units/1", "filter.due=soon", "filter.closed=maybe",
           "start=2026-02-30", "term=" + "9" * 400 + "+days", "time=99:99", "&".join("p%d=1" % i for i in range(400))]
METHODS = [b"GET", b"POST", b"PUT", b"DELETE", b"PATCH", b"OPTIONS", b"TRACE", b"HEAD", b"FOO", b"get", b"P\x00ST",
           b"A" * 300]
TYPES = ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=",
         "multipart/form-data; boundary=x", "application/jsonx", "application/json; charset=gbk", "application/xml",
         "a" * 3000, "APPLICATION/JSON"]
HEADERS = ["Content-Length: 5", "Content-Length: -1", "Content-Length: 99999999999999999999", "Transfer-Encoding: chunked",
           "Transfer-Encoding: gzip, chunked", "X-Long: " + "a" * 20000, "Cookie: session=" + "a" * 5000, "Cookie: =;;=; a",
           "Authorization: Basic eDp5", "Authorization: Bearer " + "a" * 5000, "Authorization: Bearer", "Origin: null",
           "Origin: https://elsewhere.example", "Sec-Fetch-Site: cross-site", "X-Forwarded-For: 127.0.0.1, ::1, " + "9" * 99,
           "X-HTTP-Method-Override: PUT", "Host: elsewhere.example\r\nHost: two", "Idempotency-Key: " + "k" * 5000,
           "Idempotency-Key: a\tb", "Idempotency-Key: 准", "Expect: 100-continue", "Range: bytes=0-1,5-,-9", "Upgrade: h2c",
           "Connection: upgrade, close, x", "X-CSRF-Token: x", "If-None-Match: *", "Accept: " + "*/*," * 2000,
           "Accept-Encoding: br;q=nan", "X-A: b\nX-C: d", "X-Bad : 1", "no colon at all", " folded: yes", "Content-Encoding: gzip",
           "\r\n".join("X-%d: y" % i for i in range(300))]
RAW = [b"", b"{", b"}", b"[]", b"null", b"1", b'"x"', b"{}{}", b"\xff\xfe", b"\xef\xbb\xbf{}", b'{"a":1,}', b"{'a':1}",
       b'{"form":{"a":1},"form":{"a":2}}', b'{"form":' * 1000 + b"1" + b"}" * 1000, b"[" * 100000, b'{"a":"\xff"}',
       b'{"form":{"\\u0000":1}}', b'{"form":"\\ud800"}', b'{"values":{"name":"\x00"}}', b"// x\n{}", b'{"form":' + b" " * 900000,
       b"a" * 1100000, b"--x\r\n", b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x\"\r\n\r\n",
       b"--x\r\n" * 3000]


class Raw(str):
    """A number as it shall be written."""


def encode(value):
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return "{%s}" % ",".join("%s:%s" % (json.dumps(k), encode(v)) for k, v in value.items())
    if isinstance(value, list):
        return "[%s]" % ",".join(encode(v) for v in value)
    return json.dumps(value)


class Attacker:
    def __init__(self, base, description, seed, tokens):
        self.base, self.d, self.r, self.tokens = base, description, random.Random(seed), tokens
        self.host, port = re.match(r"http://([^:/]+):(\d+)", base).groups()
        self.port = int(port)
        self.operations = list(description.operations.values())
        self.subjects = ["1", "2", "999999999"]

    # ---- values ----

    def sample(self, schema, depth=0):
        """A value that fits, more or less."""
        schema, r = self.d.resolve(schema), self.r
        if "oneOf" in schema:
            return self.sample(r.choice(schema["oneOf"]), depth)
        if "enum" in schema:
            return r.choice(schema["enum"])
        if "const" in schema:
            return schema["const"]
        kind = schema.get("type", "string")
        if isinstance(kind, list):
            kind = kind[0]
        if kind == "object":
            return {k: self.sample(v, depth + 1) for k, v in schema.get("properties", {}).items()
                    if r.random() < 0.6 and depth < 5}
        if kind == "array":
            return [self.sample(schema["items"], depth + 1) for _ in range(r.randrange(3))]
        if kind == "integer":
            return r.randrange(1, 1000)
        if kind == "boolean":
            return r.random() < 0.5
        if schema.get("format") == "date":
            return "2026-0%d-1%d" % (r.randrange(1, 10), r.randrange(10))
        if "digest" in str(schema.get("pattern")) or "64" in str(schema.get("pattern")):
            return "%064x" % r.getrandbits(256)
        if "/" in str(schema.get("pattern")):
            return r.choice(["units/89", "persons/113", "task/158", "posts/1", "groups/90"])
        return r.choice(["甲", "农业农村局", "说明", "1"])

    def evil(self):
        r = self.r
        return r.choice([
            lambda: r.choice(TEXTS), lambda: Raw(r.choice(NUMBERS)), lambda: None, lambda: [], lambda: {},
            lambda: True, lambda: [r.choice(TEXTS)] * 3, lambda: {r.choice(TEXTS): r.choice(TEXTS)}, lambda: ["x"] * 3000,
            lambda: Raw("[" * 40 + "]" * 40), lambda: {"sealed": r.choice(TEXTS)},
            lambda: [{"digest": "%064x" % r.getrandbits(256), "name": r.choice(TEXTS), "size": Raw("-1")}]])()

    def damage(self, value):
        """One place of the value is not what it should be."""
        r = self.r
        if isinstance(value, dict) and value and r.random() < 0.8:
            key = r.choice(list(value))
            value[key] = self.damage(value[key]) if r.random() < 0.7 else self.evil()
            if r.random() < 0.2:
                value[r.choice(TEXTS)] = self.evil()
            return value
        if isinstance(value, list) and value and r.random() < 0.7:
            value[r.randrange(len(value))] = self.evil()
            return value
        return self.evil()

    def body(self, op):
        content = self.d.resolve(op.spec["requestBody"])["content"]
        if "application/json" not in content or self.r.random() < 0.2:
            return self.r.choice(RAW), "application/json" if self.r.random() < 0.6 else self.r.choice(TYPES)
        schema = content["application/json"]["schema"]
        for _ in range(20):
            text = encode(self.damage(self.sample(schema))).encode("utf-8", "surrogatepass")
            try:
                fits = self.d.validator(schema).is_valid(json.loads(text))
            except (ValueError, RecursionError):
                fits = False
            if not fits:
                return text, "application/json"
        return b"{", "application/json"

    # ---- requests ----

    def path(self, op, broken):
        def fill(hole):
            if broken:
                return self.r.choice(PATHS)
            return "%064x" % self.r.getrandbits(256) if hole[1] == "digest" else self.r.choice(self.subjects)
        path = re.sub(r"{([^}]*)}", fill, op.path)
        if broken and "{" not in op.path:
            at = self.r.randrange(len(path))
            path = path[:at] + self.r.choice(PATHS) + path[at:]
        return path

    def request(self):
        """The bytes, whether it is a method that changes something."""
        r = self.r
        op = r.choice(self.operations)
        wrong = {r.choice(["path", "query", "query", "method", "header", "type", "who"])
                 for _ in range(r.choice([0, 1, 1, 2, 3]) if "requestBody" in op.spec else r.choice([1, 1, 2]))}
        method = op.method.encode()
        body, kind = b"", None
        if "requestBody" in op.spec:
            body, kind = self.body(op)
        elif r.random() < 0.05:
            body, kind = r.choice(RAW), r.choice(TYPES + ["application/json"])
        if "method" in wrong:
            method = r.choice(METHODS)
        target = self.path(op, "path" in wrong)
        if "query" in wrong:
            target += "?" + r.choice(QUERIES)
        elif r.random() < 0.2 and op.method == "GET":
            target += "?filter.%s=%s" % (r.choice(["kind", "stage", "unit", "plan"]), quote(r.choice(TEXTS[:20]), errors="replace"))
        if "type" in wrong:
            kind = r.choice(TYPES)
        lines = ["Host: %s:%d" % (self.host, self.port)]
        token = r.choice(self.tokens)
        if token and "who" not in wrong:
            lines.append("Authorization: Bearer " + token)
        if kind is not None:
            lines.append("Content-Type: " + kind)
        if "header" in wrong:
            lines.append(r.choice(HEADERS))
        if body or op.method != "GET":
            lines.append("Content-Length: %d" % len(body))
        if r.random() < 0.3:
            lines.append("Idempotency-Key: k%d" % r.randrange(50))
        head = "%s HTTP/1.1\r\n%s\r\n\r\n" % (target, "\r\n".join(lines))
        return method + b" " + head.encode("utf-8", "surrogatepass") + body, op, method

    def send(self, data, method):
        """The reply's status and its text; 0 when the server only closed, as it may when this is no HTTP."""
        with socket.create_connection((self.host, self.port), timeout=20) as s:
            try:
                s.sendall(data)
            except OSError:
                pass  # refused before it was read to its end: the answer may be there all the same
            return self.receive(s, method)

    @staticmethod
    def more(s):
        """A server that waits for bytes that were announced learns that there are none."""
        s.settimeout(0.2)
        try:
            return s.recv(65536)
        except socket.timeout:
            s.shutdown(socket.SHUT_WR)
            s.settimeout(40)
            return s.recv(65536)

    @staticmethod
    def receive(s, method):
        got = b""
        try:
            while True:
                while b"\r\n\r\n" not in got:
                    more = Attacker.more(s)
                    if not more:
                        return 0, got
                    got += more
                head, _, rest = got.partition(b"\r\n\r\n")
                status = int(head.split(b" ", 2)[1])
                if status != 100:
                    break
                got = rest
            length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
            need = int(length.group(1)) if length and method != b"HEAD" else 0
            while len(rest) < need:
                more = s.recv(65536)
                if not more:
                    break
                rest += more
        except (OSError, ValueError, IndexError):
            return 0, got
        return status, head + b"\r\n\r\n" + rest


def metric(c, name):
    for line in c.raw("GET", "/metrics")[2].decode().splitlines():
        if line.startswith(name + " "):
            return int(line.split()[1])
    return 0


def main():
    base, n, seed, max_mb, officer, other, reader = sys.argv[1:8]
    n, seed = int(n), int(seed)
    stranger = Client(base)
    description = Description(stranger.raw("GET", "/api/v1/openapi.json")[2])
    c = Client(base, description, officer)
    a = Attacker(base, description, seed, [officer, officer, other, reader, None])
    for register in ("units", "persons", "posts"):
        a.subjects += [e["subject"].split("/")[1] for e in c.call("entries." + register)[1]["entries"][:3]]
    a.subjects += [m["subject"].split("/")[1] for m in c.call("matters.task")[1]["matters"][:3]]
    before = c.call("record")[1]["seq"]
    memory = metric(stranger, "zhunsheng_memory_bytes")
    said, faults = Counter(), []
    for i in range(n):
        data, op, method = a.request()
        status, text = a.send(data, method)
        said[status] += 1
        if status >= 500:
            faults.append((i, status, data, text))
        elif 200 <= status < 300 and method in (b"POST", b"PUT", b"DELETE"):
            faults.append((i, status, data, text))
    print("seed %d: %d requests, %s" % (seed, n, ", ".join("%s %d" % (k or "closed", v) for k, v in sorted(said.items()))))
    for i, status, data, text in faults[:10]:
        print("FAILED request %d -> %d:\n  %r\n  %r" % (i, status, data[:600], text[-600:]))
    failed = len(faults)
    after = c.call("record")[1]["seq"]
    if after != before:
        failed += 1
        print("FAILED the record grew from %d to %d" % (before, after))
    grown = (metric(stranger, "zhunsheng_memory_bytes") - memory) >> 20
    print("memory grew by %d MB" % grown)
    if grown > int(max_mb):
        failed += 1
        print("FAILED more than %s MB" % max_mb)
    if said[0] > n // 3:
        failed += 1
        print("FAILED most requests never reached the application")
    print("%d passed, %d failed, 0 skipped" % (n + 3 - failed, failed))
    sys.exit(failed > 0)


main()
