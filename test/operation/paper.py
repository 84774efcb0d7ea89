"""Printed numbers that several want at the same moment, through several processes: each goes to exactly one.

paper.py people TOKEN BASE: a person of the body whose numbers they are; prints it.
paper.py race TOKEN BASE...: with the token of that person. For each number of a block as many matters as there are
connections, two to each base, name it at once; then it is named and noted as void at once; overlapping blocks are
given at once; one act is sent with its key to all bases at once. Ends with 0 when each time one got it, the others
were told why, and the block says the same.
"""

import http.client
import json
import sys
import threading

CONNECTIONS, NUMBERS, VOIDS, GIVES = 2, 12, 8, 6
SERIES = "某司登存〔2026〕"
CAN = ["give-numbers", "account-numbers", "decide-case", "investigate-case"]
command, token, bases = sys.argv[1], sys.argv[2], sys.argv[3:]
wrong = []


class Line:
    """One connection to one process."""

    def __init__(self, base):
        self.connection = http.client.HTTPConnection(base.split("//")[1], timeout=120)

    def ask(self, method, path, body=None, key=None):
        head = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
        if key:
            head["Idempotency-Key"] = key
        self.connection.request(method, "/api/v1" + path, None if body is None else json.dumps(body).encode(), head)
        reply = self.connection.getresponse()
        return reply.status, json.loads(reply.read())

    def made(self, path, body):
        status, reply = self.ask("POST", path, body)
        if status != 201:
            sys.exit("%s: %d %s" % (path, status, json.dumps(reply, ensure_ascii=False)[:500]))
        return reply["subject"]

    def fields(self, subject):
        return self.ask("GET", path_of(subject))[1]["fields"]


def body_of(line):
    """The office for the rule of law, whose numbers they are here."""
    return line.ask("GET", "/procedures/task/matters?limit=1")[1]["matters"][0]["fields"]["office"]


def path_of(subject):
    return "/procedures/%s/matters/%s" % tuple(subject.split("/"))


def at_once(asks):
    """Sends (line, path, body, key) on their own lines in the same moment; the answers in their order."""
    answers, ready = [None] * len(asks), threading.Barrier(len(asks))

    def one(i, line, path, body, key):
        ready.wait()
        answers[i] = line.ask("POST", path, body, key)

    threads = [threading.Thread(target=one, args=(i, *ask)) for i, ask in enumerate(asks)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return answers


def got(what, answers, *told):
    """Which of them got it: one, and each other is told one of these rules with the words that go with it."""
    winners = [i for i, (status, _) in enumerate(answers) if status in (200, 201)]
    if len(winners) != 1:
        wrong.append("%s went to %d" % (what, len(winners)))
    for status, reply in answers:
        if status in (200, 201):
            continue
        said = [(r["rule"], r["message"]) for r in reply.get("refusals", [])]
        if status != 422 or len(said) != 1 or said[0] not in told:
            wrong.append("%s: %d %s" % (what, status, json.dumps(reply, ensure_ascii=False)[:400]))
    return winners[0] if winners else None


def people():
    line = Line(bases[0])
    unit = body_of(line)
    person = line.made("/registers/persons/entries", {"values": {"name": "号段甲"}})
    post = line.made("/registers/posts/entries", {"values": {"unit": unit, "title": "保管", "holder": person}})
    for what in CAN:
        line.made("/registers/competences/entries", {"values": {"post": post, "what": what}})
    print(person)


def give(unit, first, last):
    return {"form": {"giver": unit, "body": unit, "paper": "holding-notice", "series": SERIES, "first": first, "last": last}}


def use(n):
    return {"form": {"urgent": True, "items": [{"what": "账册一本", "place": "店内"}], "paper-notice": "%s%04d" % (SERIES, n)}}


def held(line, unit):
    return line.made("/procedures/evidence-holding/open/approve", {"form": {"body": unit, "cause": "无证经营"}})


def row(line, block, n):
    rows = [r for r in line.fields(block).get("numbers", []) if r["n"] == n]
    if len(rows) != 1:
        wrong.append("the block has %d rows of %d" % (len(rows), n))
    return rows[0] if rows else {}


USED = ("number-used", "该号码已登记为“已用”，不能再次使用")
VOID = ("number-used", "该号码已登记为“作废”，不能再次使用")
ONCE = ("once", "该号码已有去向")
OVERLAP = ("overlap", "其中有号码已在别的号段里发放")


def race_uses(lines, unit, block):
    for n in range(1, NUMBERS + 1):
        matters = [held(lines[0], unit) for _ in lines]
        answers = at_once([(l, path_of(m) + "/do/hold-by-hand", use(n), None) for l, m in zip(lines, matters)])
        winner = got("number %d" % n, answers, USED)
        for i, m in enumerate(matters):
            stage = "held" if i == winner else "approved"
            if lines[-1].ask("GET", path_of(m))[1]["stage"]["id"] != stage:
                wrong.append("%s of number %d is not %s" % (m, n, stage))
        r = row(lines[-1], block, n)
        if winner is not None and (r.get("state"), r.get("matter")) != ("used", matters[winner]):
            wrong.append("number %d: the block says %s" % (n, r))


def race_voids(lines, unit, block):
    for n in range(NUMBERS + 1, NUMBERS + VOIDS + 1):
        m = held(lines[0], unit)
        void = {"form": {"number": n, "reason": "写错", "kept": "票据柜"}}
        answers = at_once([(lines[n % len(lines)], path_of(m) + "/do/hold-by-hand", use(n), None),
                           (lines[(n + 1) % len(lines)], path_of(block) + "/do/void", void, None)])
        winner = got("number %d" % n, answers, VOID, ONCE)
        if winner is not None and row(lines[0], block, n).get("state") != ("used", "void")[winner]:
            wrong.append("number %d: the block says otherwise" % n)


def race_gives(lines, unit):
    for k in range(GIVES):
        first = 1000 + 10 * k
        answers = at_once([(l, "/procedures/number-block/open/give", give(unit, first + i, first + 9), None)
                           for i, l in enumerate(lines)])
        got("block %d" % first, answers, OVERLAP)


def race_twins(lines, unit):
    """The same act, sent again because no answer came: it is done once, and all are told so."""
    block = lines[0].made("/procedures/number-block/open/give", give(unit, 5001, 5001))
    m = held(lines[0], unit)
    answers = at_once([(l, path_of(m) + "/do/hold-by-hand", use(5001), "paper-twin") for l in lines])
    if [s for s, _ in answers if s != 200] or sum(not a["replayed"] for _, a in answers) != 1:
        wrong.append("one act, several times: %s" % answers)
    row(lines[0], block, 5001)


def race():
    lines = [Line(base) for _ in range(CONNECTIONS) for base in bases]
    unit = body_of(lines[0])
    block = lines[0].made("/procedures/number-block/open/give", give(unit, 1, NUMBERS + VOIDS))
    race_uses(lines, unit, block)
    race_voids(lines, unit, block)
    race_gives(lines, unit)
    race_twins(lines, unit)
    status, reply = lines[0].ask("POST", path_of(block) + "/do/close", {"form": {}})
    if status != 200:
        wrong.append("every number is accounted for, but: %s" % reply)
    print("; ".join(wrong[:4]) or "raced")
    sys.exit(bool(wrong))


people() if command == "people" else race()
