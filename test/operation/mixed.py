"""Everything at once against one log: acts, files, pages, lists, searches, logins and logouts, through several connections.

mixed.py SECONDS TOKEN LOGIN PASSWORD ACKNOWLEDGED BASE...: four threads for each base. The key of each act that was
answered with "done" is appended to ACKNOWLEDGED once the answer is there. A server that is gone ends its threads; an
answer of 5xx, or that says neither done nor refused, is told and ends with 1.
"""

import http.client
import json
import os
import random
import re
import sys
import threading
import time
import urllib.parse
from collections import Counter

until = time.monotonic() + float(sys.argv[1])
token, login, password, acknowledged = sys.argv[2:6]
bases = [b.split("//")[1] for b in sys.argv[6:]]
THREADS = 4
PAGES = ["/", "/units", "/ledger", "/board", "/plan", "/forms", "/metrics", "/health/ready", "/open", "/statutes",
         "/yearly", "/ledger.csv", "/ledger.xlsx", "/clock", "/search?q=%E6%B3%95%E5%BE%8B", "/me",
         "/search?q=%E6%89%A7%E6%B3%95%E7%9B%91%E7%9D%A3"]
READS = ["/registers", "/registers/units/entries?limit=50", "/procedures/task/matters?limit=50", "/record", "/me",
         "/record/checkpoint", "/openapi.json", "/clock?start=2026-09-21&term=20%20workdays"]
out = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
run = "%x" % random.getrandbits(32)
said, wrong = Counter(), []


class Worker(threading.Thread):
    def __init__(self, base, name):
        super().__init__()
        self.base, self.name, self.n, self.cookie, self.tasks = base, name, 0, None, []
        self.random = random.Random(name)
        self.connection = http.client.HTTPConnection(base, timeout=60)

    def ask(self, method, path, body=None, kind="application/json", cookie=None, key=None):
        headers = {"Cookie": cookie} if cookie else {"Authorization": "Bearer " + token}
        if body is not None:
            headers["Content-Type"] = kind
        if key:
            headers["Idempotency-Key"] = key
        self.connection.request(method, path, body, headers)
        reply = self.connection.getresponse()
        text = reply.read()
        said[reply.status // 100] += 1
        if reply.status >= 500:
            wrong.append("%s %s: %d" % (method, path, reply.status))
        return reply, text

    def act(self, path, body):
        self.n += 1
        key = "%s-%s-%d" % (run, self.name, self.n)
        reply, text = self.ask("POST", "/api/v1" + path, json.dumps(body), key=key)
        if reply.status in (200, 201):
            os.write(out, (key + "\n").encode())
            return True
        elif reply.status // 100 != 4:
            wrong.append("%s: %d %s" % (path, reply.status, text[:200]))

    def unit(self):
        name = "并行单位%s-%s-%d" % (run, self.name, self.n)
        self.act("/registers/units/entries",
                 {"values": {"name": name, "kind": "government", "led": "local"}, "from": "2026-01-01"})

    def report(self):
        if not self.tasks:
            listed = json.loads(self.ask("GET", "/api/v1/procedures/task/matters?limit=50")[1])
            self.tasks = [m["subject"].split("/")[1] for m in listed["matters"]]
        pdf = b"%%PDF-1.4 1 0 obj<</Type/Catalog>>endobj %d trailer<</Root 1 0 R>> %%%%EOF\n" % self.random.getrandbits(60)
        part = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + pdf + b"\r\n--x--\r\n"
        reply, text = self.ask("POST", "/api/v1/files", part, "multipart/form-data; boundary=x")
        if reply.status != 201:
            return
        evidence = [{"class": "document", "form": "upload", "value": "材料", "files": [{"digest": json.loads(text)["digest"], "name": "a.pdf"}]}]
        said["files cited"] += bool(self.act("/procedures/task/matters/%s/do/progress" % self.random.choice(self.tasks),
                                             {"form": {"report": "进展", "evidence": evidence}}))

    def enter(self):
        self.connection.request("POST", "/login", urllib.parse.urlencode({"login": login, "password": password}),
                                {"Content-Type": "application/x-www-form-urlencoded"})
        reply = self.connection.getresponse()
        reply.read()
        cookie = reply.getheader("Set-Cookie")
        self.cookie = cookie.split(";")[0] if cookie else None

    def leave(self):
        """The session ends, while other threads read and act with theirs."""
        page = self.ask("GET", "/me", cookie=self.cookie)[1].decode()
        csrf = re.search('name="csrf" value="([^"]+)"', page)
        if csrf:
            self.ask("POST", "/logout", urllib.parse.urlencode({"csrf": csrf[1]}), "application/x-www-form-urlencoded",
                     cookie=self.cookie)
            said["logouts"] += 1
        self.cookie = None

    def turn(self):
        what = self.random.random()
        if what < 0.3:
            self.unit()
        elif what < 0.45:
            self.report()
        elif what < 0.65:
            self.ask("GET", "/api/v1" + self.random.choice(READS))
        elif what < 0.68 or not self.cookie:
            self.enter()
        elif what < 0.7:
            self.leave()
        else:
            self.ask("GET", self.random.choice(PAGES), cookie=self.cookie)

    def run(self):
        while time.monotonic() < until:
            try:
                self.turn()
            except (OSError, http.client.HTTPException):
                return
            if self.random.random() < 0.1:
                self.connection.close()


threads = [Worker(base, "%d%d" % (k, i)) for k, base in enumerate(bases) for i in range(THREADS)]
for t in threads:
    t.start()
for t in threads:
    t.join()
print("; ".join(sorted(set(wrong))[:5]) or "%s answers" % dict(said))
sys.exit(bool(wrong))
