"""A tour through every operation of the interface: the description is one, and every reply is as it says.

tour.py BASE TOKEN READER STRANGER_TOKEN XITONG ANQUAN
"""

import json
import re
import sys

import checks
from checks import expect, tried
from client import Client, Description, Draft202012Validator
from library import library
from manners import manners

# ---- the description itself ----

def refs(node, out):
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            out.add(node["$ref"])
        for value in node.values():
            refs(value, out)
    elif isinstance(node, list):
        for value in node:
            refs(value, out)


def check_description(d):
    """What OpenAPI 3.1 asks of a document and can be judged without its own schema at hand."""
    doc = d.doc
    expect("version", doc["openapi"], "3.1.0")
    expect("members", set(doc) <= {"openapi", "info", "servers", "paths", "components", "security", "tags"}, True)
    expect("info", bool(doc["info"]["title"] and doc["info"]["version"]), True)
    wanted = set()
    refs(doc, wanted)
    broken = []
    for ref in sorted(wanted):
        try:
            d.resolver.resolve(ref)
        except Exception:  # any failure is a broken reference
            broken.append(ref)
    expect("references that lead nowhere", broken, [])
    used = {r.rsplit("/", 1)[1] for r in wanted if "/schemas/" in r}
    expect("schemas that nobody names", sorted(set(doc["components"]["schemas"]) - used), [])
    for name, schema in doc["components"]["schemas"].items():
        try:
            Draft202012Validator.check_schema(schema)
        except Exception as e:
            expect("schema " + name, str(e), "")
        expect("name " + name, bool(re.fullmatch(r"[A-Za-z0-9._-]+", name)), True)
    for op in d.operations.values():
        parameters = d.parameters(op)
        keys = [(p["in"], p["name"]) for p in parameters]
        holes = set(re.findall(r"{([^}]*)}", op.path))
        expect(op.id + ": parameters once", len(keys), len(set(keys)))
        expect(op.id + ": path", {n for where, n in keys if where == "path"}, holes)
        expect(op.id + ": required in the path",
               all(p.get("required") for p in parameters if p["in"] == "path"), True)
        expect(op.id + ": a summary", bool(op.spec["summary"]) and "<" not in op.spec["summary"], True)
        expect(op.id + ": a way it succeeds", any(s[0] == "2" for s in op.spec["responses"]), True)
        for status, response in op.spec["responses"].items():
            response = d.resolve(response)
            expect(op.id + ": a word for " + status, bool(response["description"]), True)
        for p in parameters:
            Draft202012Validator.check_schema(d.resolve(p["schema"]))


# ---- reading everything ----

def read_all(c):
    ops = c.description.operations
    for name in ("health", "me", "registers", "procedures", "record", "checkpoint", "description"):
        expect(name, tried(name, lambda: c.call(name))[0], 200)
    expect("proof", tried("proof", lambda: c.call("proof", {"seq": 1}))[0], 200)
    expect("no proof", tried("proof", lambda: c.call("proof", {"seq": 99999999}))[0], 404)
    expect("clock", tried("clock", lambda: c.call("clock", query="?start=2026-09-21&term=20%20workdays"))[1].get(
        "last_day"), "2026-10-26")
    expect("no clock", tried("clock", lambda: c.call("clock", query="?term=soon"))[0], 422)
    seen = {}
    for op in ops.values():
        kind, _, of = op.id.partition(".")
        if kind in ("register", "procedure"):
            expect(op.id, tried(op.id, lambda: c.call(op.id))[0], 200)
        if kind in ("entries", "matters"):
            status, page, _ = tried(op.id, lambda: c.call(op.id, query="?limit=3"))
            expect(op.id, status, 200)
            rows = page.get(kind, [])
            if page.get("next"):
                more = tried(op.id, lambda: c.call(
                    op.id, query="?limit=3&after=" + page["next"].replace('"', "%22").replace(",", "%2C")))
                again = [r["subject"] for r in more[1].get(kind, [])]
                expect(op.id + ": the next page has others",
                       bool(again) and not set(again) & {r["subject"] for r in rows}, True)
            seen[op.id] = [r["subject"] for r in rows]
    for listed, subjects in seen.items():
        kind, of = listed.split(".", 1)
        one = "entry" if kind == "entries" else "matter"
        for subject in subjects[:2] or [of + "/999999999"]:
            n = subject.split("/")[1]
            want = 200 if subjects else 404
            expect(subject, tried(subject, lambda: c.call("%s.%s" % (one, of), {"n": n}))[0], want)
            past = "entry.history." if one == "entry" else "timeline."
            expect(past + subject, tried(subject, lambda: c.call(past + of, {"n": n}))[0], want)
            expect("file of " + subject, tried(subject, lambda: c.call(
                one + ".file." + of, {"n": n, "digest": "0" * 64}))[0] in (403, 404), True)
    return seen


def filter_all(c):
    """Each declared filter and list, with a value that is one."""
    samples = {"string": "x", "integer": "1", "boolean": "true"}
    for op in c.description.operations.values():
        if not op.id.startswith(("entries.", "matters.")):
            continue
        for p in c.description.parameters(op):
            schema = c.description.resolve(p["schema"])
            if p["name"] == "list":
                for name in schema["enum"]:
                    expect("%s list=%s" % (op.id, name),
                           tried(op.id, lambda: c.call(op.id, query="?list=" + name))[0], 200)
            if not p["name"].startswith("filter."):
                continue
            value = "units/1" if "pattern" in schema else samples[schema.get("type", "string")]
            if schema.get("format") == "date":
                value = "2026-01-01"
            expect("%s %s" % (op.id, p["name"]),
                   tried(op.id, lambda: c.call(op.id, query="?%s=%s" % (p["name"], value)))[0] in (200, 400), True)
        expect(op.id + ": an unknown parameter", tried(op.id, lambda: c.call(op.id, query="?colour=red"))[0], 400)
        expect(op.id + ": an unknown list", tried(op.id, lambda: c.call(op.id, query="?list=red"))[0], 400)
        expect(op.id + ": not a page", tried(op.id, lambda: c.call(op.id, query="?after=red"))[0], 400)


# ---- acting ----

def act(c):
    key = {"Idempotency-Key": "tour-1"}
    new = {"values": {"name": "县档案馆", "kind": "government", "led": "local"}, "from": "2026-01-01"}
    status, done, head = tried("add", lambda: c.call("entry.add.units", body=new, headers=key))
    expect("an entry is added", status, 201)
    n = done.get("subject", "units/0").split("/")[1]
    expect("where it is", head.get("location"), "/api/v1/registers/units/entries/" + n)
    status, again, _ = tried("again", lambda: c.call("entry.add.units", body=new, headers=key))
    expect("the same again", (status, again.get("subject"), again.get("replayed")), (200, "units/" + n, True))
    other = dict(new, values=dict(new["values"], name="县图书馆"))
    status, no, _ = tried("other", lambda: c.call("entry.add.units", body=other, headers=key))
    expect("the same key for something else", (status, no["refusals"][0]["code"]), (422, "key"))
    status, no, _ = tried("twice", lambda: c.call("entry.add.units", body=new))
    expect("a key that is taken", (status, no["refusals"][0]["field"]), (422, "name"))
    expect("and why", no["refusals"][0]["message"], "已有“县档案馆”")

    status, entry, _ = tried("get", lambda: c.call("entry.units", {"n": n}))
    expect("it is there", entry["values"]["name"], "县档案馆")
    body = {"values": dict(entry["values"], short="县档"), "seen": entry["seen"], "from": "2026-02-01"}
    expect("it is changed", tried("put", lambda: c.call("entry.put.units", {"n": n}, body=body))[0], 200)
    expect("as it is now", tried("get", lambda: c.call("entry.units", {"n": n}))[1]["values"].get("short"), "县档")
    expect("as of a day", tried("get", lambda: c.call("entry.units", {"n": n}, "?day=2026-01-15"))[1]["values"].get(
        "short"), None)
    stale = dict(body, values=dict(entry["values"], short="档案"))
    status, no, _ = tried("stale", lambda: c.call("entry.put.units", {"n": n}, body=stale))
    expect("somebody was first", (status, no["refusals"][0]["code"]), (409, "seen"))
    wrong = {"values": {"name": 7, "kind": "nothing", "colour": "red", "led": None}, "from": "soon"}
    status, no, _ = tried("wrong", lambda: c.call("entry.put.units", {"n": n}, body=wrong))
    expect("what is wrong is told at once", (status, {r["field"] for r in no["refusals"]} >= {"name", "colour", "from"}),
           (422, True))
    end = {"last_day": "2026-03-31", "reason": "并入县图书馆"}
    expect("it ends", tried("end", lambda: c.call("entry.end.units", {"n": n}, body=end))[0], 200)
    expect("it is over", tried("get", lambda: c.call("entry.units", {"n": n}))[0], 404)
    status, past, _ = tried("history", lambda: c.call("entry.history.units", {"n": n}))
    expect("its history", [e["kind"] for e in past["history"]], ["entry-put", "entry-put", "entry-ended"])

    person = {"values": {"name": "孙小寒", "phone": "0991-1234567"}, "from": "2026-01-01"}
    status, done, _ = tried("person", lambda: c.call("entry.add.persons", body=person))
    expect("a person", status, 201)
    n = done["subject"].split("/")[1]
    entry = tried("person", lambda: c.call("entry.persons", {"n": n}))[1]
    expect("what is personal is sealed", list(entry["values"]["phone"]), ["sealed"])
    body = {"values": dict(entry["values"], name="孙大寒"), "from": "2026-01-02", "seen": entry["seen"]}
    expect("and stays so", tried("person", lambda: c.call("entry.put.persons", {"n": n}, body=body))[0], 200)
    body = {"values": {"name": "孙大寒", "phone": {"sealed": "1:p1"}}, "from": "2026-01-03"}
    expect("another's is not taken", tried("person", lambda: c.call("entry.put.persons", {"n": n}, body=body))[0], 422)
    refused = tried("end", lambda: c.call("entry.end.persons", {"n": n}, body={"last_day": None, "reason": "调离"}))
    expect("null is not the same as nothing", (refused[0], refused[1]["refusals"][0]["field"]), (422, "last_day"))
    end = {"last_day": "2026-03-31", "reason": " "}
    expect("nobody leaves without a reason",
           tried("end", lambda: c.call("entry.end.persons", {"n": n}, body=end))[1]["refusals"][0]["field"], "reason")


def destroy(c, anquan):
    """Personal values of an entry, also of one that has ended, by who may and by nobody else."""
    person = {"values": {"name": "钱小满", "phone": "0991-7654321"}, "from": "2026-01-01"}
    n = tried("person", lambda: c.call("entry.add.persons", body=person))[1]["subject"].split("/")[1]
    part = tried("person", lambda: c.call("entry.persons", {"n": n}))[1]["values"]["phone"]["sealed"]
    end = {"last_day": "2026-03-31", "reason": "调离"}
    expect("who leaves", tried("end", lambda: c.call("entry.end.persons", {"n": n}, body=end))[0], 200)
    body = {"part": part, "reason": "保存期限届满"}
    ask = lambda what, sent: tried(what, lambda: c.call("entry.destroy.persons", {"n": n}, body=sent))  # noqa: E731
    status, no, _ = ask("not by everybody", body)
    expect("not by everybody", (status, no["refusals"][0]["code"]), (422, "by"))
    me = tried("me", lambda: c.call("me"))[1]["person"]
    post = next(e["subject"] for e in tried("posts", lambda: c.call("entries.posts", query="?limit=200"))[1]["entries"]
                if e["values"].get("holder") == me)
    give = {"values": {"post": post, "what": "destroy-data"}}
    expect("the power", tried("give", lambda: anquan.call("entry.add.competences", body=give))[0], 201)
    expect("not without a reason", ask("a reason", dict(body, reason=" "))[1]["refusals"][0]["field"], "reason")
    expect("only what is there", ask("a part", dict(body, part="7:p1"))[1]["refusals"][0]["field"], "part")
    expect("destroyed", ask("destroy", body)[0], 200)
    expect("once", ask("again", body)[0], 422)
    past = tried("history", lambda: c.call("entry.history.persons", {"n": n}))[1]["history"]
    expect("it is told", (past[-1]["kind"], past[-1]["reason"]), ("destroyed", "保存期限届满"))


def act_on_matters(c):
    status, page, _ = tried("tasks", lambda: c.call("matters.task", query="?filter.stage=issued&limit=50"))
    did = None
    for row in page["matters"]:
        one = tried("task", lambda: c.call("matter.task", {"n": row["subject"].split("/")[1]}))[1]
        if any(a["id"] == "sign" and a["allowed"] for a in one["actions"]):
            did = one
            break
    expect("a task to sign for", did is not None, True)
    n = did["subject"].split("/")[1]
    body = {"seen": did["seen"]}
    head = {"Idempotency-Key": "tour-sign"}
    status, done, _ = tried("sign", lambda: c.call("do.task.sign", {"n": n}, body=body, headers=head))
    expect("signed for", status, 200)
    status, done, _ = tried("sign", lambda: c.call("do.task.sign", {"n": n}, body=body, headers=head))
    expect("the same again", (status, done["replayed"]), (200, True))
    one = tried("task", lambda: c.call("matter.task", {"n": n}))[1]
    expect("it moved on", one["stage"]["id"] in ("signed", "ongoing"), True)
    status, no, _ = tried("verify", lambda: c.call("do.task.verify", {"n": n}, body={}))
    expect("not at this stage", (status, no["refusals"][0]["code"]), (422, "at"))
    body = {"form": {"report": "已完成初稿", "evidence": [{"class": "一类"}, 7]}}
    status, no, _ = tried("progress", lambda: c.call("do.task.progress", {"n": n}, body=body))
    expect("a row that is none", (status, no["refusals"][0]["field"]), (422, "evidence"))
    expect("progress", tried("progress", lambda: c.call(
        "do.task.progress", {"n": n}, body={"form": {"report": "已完成初稿"}}))[0], 200)
    line = tried("timeline", lambda: c.call("timeline.task", {"n": n}))[1]["timeline"]
    expect("all of it is told", [e.get("action") for e in line], ["open", "sign", "progress"])
    return n


def correct(c):
    plan = tried("plan", lambda: c.call("matters.plan-adoption"))[1]["matters"][0]
    n = plan["subject"].split("/")[1]
    name = next(k for k, v in plan["fields"].items() if k == "title" and isinstance(v, str))
    body = {"form": {name: plan["fields"][name] + "（更正）", "reason": "笔误"}}
    status, no, _ = tried("correct", lambda: c.call("do.plan-adoption.correct", {"n": n}, body=body))
    expect("corrected", (status, no.get("refusals")), (200, None))
    line = tried("timeline", lambda: c.call("timeline.plan-adoption", {"n": n}))[1]["timeline"]
    expect("it is told", (line[-1]["kind"], line[-1].get("reason")), ("corrected", "笔误"))
    body = {"form": {"rule": "none", "reason": "无"}}
    expect("no such doubt", tried("settle", lambda: c.call("do.plan-adoption.settle", {"n": n}, body=body))[0], 422)


def upload(c, other, n):
    def part(name, data):
        return (b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n%s\r\n--x--\r\n"
                % (name.encode(), data))
    head = {"Content-Type": "multipart/form-data; boundary=x"}
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    status, file, _ = tried("upload", lambda: c.call("files", body=part("a.pdf", pdf), headers=head))
    expect("a file", status, 201)
    expect("no file", tried("upload", lambda: c.call("files", body=b"--x--\r\n", headers=head))[0] in (400, 422), True)
    expect("a program", tried("upload", lambda: c.call("files", body=part("a.exe", b"MZ\0\0"), headers=head))[0], 422)
    cite = {"form": {"signer": "张某 2026-06-01", "scan": [{"digest": file["digest"], "name": "扫描件.pdf"}]}}
    status, no, _ = tried("cite", lambda: other.call("do.task.countersign", {"n": n}, body=cite))
    expect("another's file is not cited", (status, no["refusals"][0]["field"]), (422, "scan"))
    expect("one's own is", tried("cite", lambda: c.call("do.task.countersign", {"n": n}, body=cite))[0], 200)
    status, data, _ = tried("file", lambda: c.call("matter.file.task", {"n": n, "digest": file["digest"]}))
    expect("and comes back", (status, data == pdf), (200, True))


def call_the_rest(c):
    """Every operation that was not yet called, with a body that is empty or wrong: a refusal that is described."""
    for op in c.description.operations.values():
        if op.by_status:
            continue
        args = {name: "999999999" for name in re.findall(r"{([^}]*)}", op.path)}
        body = {} if "requestBody" in op.spec else None
        expect(op.id + " is refused", tried(op.id, lambda: c.call(op.id, args, body=body))[0] in (404, 422), True)


def refuse(c, base, reader, stranger):
    """Who may not, and what is no request."""
    url = "/api/v1/registers/units/entries"
    body = json.dumps({"values": {"name": "乙", "kind": "government", "led": "local"}}).encode()
    kind = {"Content-Type": "application/json"}
    for what, client, headers, data, wanted in (
            ("a stranger", stranger, kind, body, 401),
            ("a token that only reads", reader, kind, body, 403),
            ("no content type", c, {}, body, 415),
            ("a form", c, {"Content-Type": "application/x-www-form-urlencoded"}, b"a=1", 415),
            ("no JSON", c, kind, b"{", 400),
            ("a list", c, kind, b"[]", 400),
            ("a member twice", c, kind, b'{"from":"2026-01-01","from":"2026-01-02"}', 400),
            ("a real number", c, kind, b'{"seen":1.5}', 400),
            ("a large number", c, kind, b'{"seen":9007199254740993}', 400),
            ("too deep", c, kind, b'{"a":' * 1000 + b"1" + b"}" * 1000, 400),
            ("U+0000", c, kind, b'{"values":{"name":"\\u0000"}}', 400),
            ("no UTF-8", c, kind, b'{"values":{"name":"\xff"}}', 400),
            ("an unknown member", c, kind, b'{"colour":1}', 422),
            ("a key with a blank", c, dict(kind, **{"Idempotency-Key": "a b"}), body, 422),
            ("another site", c, dict(kind, Origin="https://elsewhere.example"), body, 403)):
        status, head, data = client.raw("POST", url, headers, data)
        op = c.description.operations["entry.add.units"]
        expect(what, (status, c.description.faults(op, status, head.get("content-type"), data)), (wanted, []))
    status, head, _ = c.raw("DELETE", url)
    expect("another method", (status, head.get("allow")), (405, "GET, HEAD, POST"))
    expect("an unknown register", c.raw("GET", "/api/v1/registers/nothing/entries")[0], 404)
    expect("a procedure is no register", c.raw("GET", "/api/v1/registers/task/entries")[0], 404)
    expect("no such address", c.raw("GET", "/api/v2/health")[1]["content-type"], "application/problem+json")
    expect("a token opens no page", c.raw("GET", "/ledger")[0], 303)
    expect("HEAD", c.raw("HEAD", "/api/v1/health")[0], 200)
    status, _, text = stranger.raw("GET", "/metrics")
    expect("metrics here", (status, b"zhunsheng_http_requests_total" in text), (200, True))
    expect("ready", stranger.raw("GET", "/health/ready")[2], b"ready\n")


def main():
    base, token, reader_token, other_token, *keepers = sys.argv[1:]
    stranger = Client(base)
    description = Description(stranger.raw("GET", "/api/v1/openapi.json")[2])
    check_description(description)
    c, reader = Client(base, description, token), Client(base, description, reader_token)
    other = Client(base, description, other_token)
    act(c)
    n = act_on_matters(c)
    correct(c)
    destroy(c, Client(base, description, keepers[1]))
    upload(c, other, n)
    library(c, Client(base, description))
    manners(c, *(Client(base, description, token) for token in keepers))
    read_all(c)
    filter_all(c)
    call_the_rest(c)
    refuse(c, base, reader, stranger)
    never = [op.id for op in description.operations.values() if not op.by_status]
    expect("operations that were never called", never, [])
    well = [op.id for op in description.operations.values() if any(s < 300 for s in op.by_status)]
    print("%d operations, %d of them answered with a success" % (len(description.operations), len(well)))
    expect("many succeed", len(well) > 70, True)
    print("%d passed, %d failed, 0 skipped" % (checks.passed, checks.failed))
    sys.exit(checks.failed > 0)


main()
