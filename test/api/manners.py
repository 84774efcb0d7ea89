"""Manners of acts by the interface: withdrawn, reopened, reassigned, returned, handed over. Each reason is asked."""

from checks import expect, tried


def do(c, what, n, form, done=None):
    body = {"form": form}
    if done:
        body["done"] = done
    return tried(what, lambda: c.call("do." + what, {"n": n}, body=body))


def number(subject):
    return subject.split("/")[1]


def opened(c, what, form):
    status, new, _ = tried(what, lambda: c.call("open." + what, body={"form": form}))
    expect(what, (status, new.get("refusals")), (201, None))
    return number(new.get("subject", "x/0"))


def stage(c, family, n):
    return tried("stage", lambda: c.call("matter." + family, {"n": n}))[1]["stage"]["id"]


def with_reason(c, what, n, form, reason):
    status, no, _ = do(c, what, n, form)
    expect(what + " asks why", (status, [r["field"] for r in no.get("refusals", [])]), (422, ["reason"]))
    status, done, _ = do(c, what, n, dict(form, reason=reason))
    expect(what, (status, done.get("refusals")), (200, None))
    line = tried("timeline", lambda: c.call("timeline." + what.split(".")[0], {"n": n}))[1]["timeline"]
    expect(what + " is told", any(e.get("reason") == reason for e in line), True)


def rounds(c, plan, office, unit):
    form = {"plan": plan, "title": "试报送", "office": office, "asked": [unit], "due": "2099-01-01"}
    n = opened(c, "round.start", form)
    with_reason(c, "round.withdraw", n, {}, "发起有误")
    expect("withdrawn", stage(c, "round", n), "withdrawn")
    n = opened(c, "round.start", form)
    expect("closed", do(c, "round.close", n, {})[0], 200)
    with_reason(c, "round.reopen", n, {}, "又有单位补报")
    expect("open again", stage(c, "round", n), "open")


def handler(c, n):
    return tried("handler", lambda: c.call("matter.reminder", {"n": n}))[1]["fields"]["handler"]


def post_of(c, person):
    return next(e["subject"] for e in tried("posts", lambda: c.call("entries.posts", query="?limit=200"))[1]["entries"]
                if e["values"].get("holder") == person)


def hand_over(c, xitong, anquan, n, office, people):
    """The reminder goes from xitong to anquan; all three confirm, once the list was sent back."""
    me, giver, receiver = people
    for by, person in ((anquan, me), (anquan, giver), (c, receiver)):
        status, no, _ = tried("power", lambda: by.call(
            "entry.add.competences", body={"values": {"post": post_of(c, person), "what": "hand-over"}}))
        expect("a power to hand over", (status, no.get("refusals")), (201, None))
    h = opened(c, "hand-over.begin", {"unit": office, "giver": giver, "receiver": receiver, "head": me, "cause": "轮岗"})
    expect("listed", do(c, "hand-over.list", h, {})[0], 200)
    expect("one confirms", do(xitong, "hand-over.confirm", h, {"consent": "agree"})[0], 200)
    with_reason(c, "hand-over.relist", h, {}, "清单有误")
    expect("listed again", do(c, "hand-over.list", h, {})[0], 200)
    for who in (xitong, anquan, c):
        expect("nothing moves before all agree", handler(c, n), giver)
        status, no, _ = do(who, "hand-over.confirm", h, {"consent": "agree"})
        expect("confirmed", (status, no.get("refusals")), (200, None))
    expect("it is handed over", (stage(c, "hand-over", h), handler(c, n)), ("done", receiver))


def stand_in(xitong):
    """What its register says that an entry is called: in the list and by itself."""
    two = []
    for name in ("缺某", "代某"):
        status, new, _ = tried("person", lambda: xitong.call("entry.add.persons", body={"values": {"name": name}}))
        expect("a person", (status, new.get("refusals")), (201, None))
        two.append(new["subject"])
    day = tried("day", lambda: xitong.call("entry.persons", {"n": two[0].split("/")[1]}))[1]["from"]
    status, new, _ = tried("stand-in", lambda: xitong.call("entry.add.stand-ins", body={"values": {
        "absent": two[0], "stand-in": two[1], "first": day, "last": day, "reason": "年休假"}}))
    expect("stands in", (status, new.get("refusals")), (201, None))
    one = tried("entry", lambda: xitong.call("entry.stand-ins", {"n": new["subject"].split("/")[1]}))[1]
    listed = tried("entries", lambda: xitong.call("entries.stand-ins"))[1]["entries"]
    expect("called by who for whom", {one["name"], *(e["name"] for e in listed)}, {"代某代缺某"})


def manners(c, xitong, anquan):
    tasks = tried("tasks", lambda: c.call("matters.task", query="?filter.stage=issued&limit=200"))[1]["matters"]
    names = {e["subject"]: e["values"]["name"] for e in
             tried("units", lambda: c.call("entries.units", query="?limit=200"))[1]["entries"]}
    unit, task = next((u, t) for t in tasks for u in t["fields"]["movers"] if names.get(u) == "县市场监管局")
    office = next(u for u, name in names.items() if name == "县司法局")
    people = [tried("me", lambda: who.call("me"))[1]["person"] for who in (c, xitong, anquan)]
    rounds(c, task["fields"]["plan"], office, unit)
    n = opened(c, "reminder.remind", {"office": office, "unit": unit, "tasks": [task["subject"]], "text": "请抓紧办理",
                                      "handler": people[0]})
    with_reason(c, "reminder.reassign", n, {"handler": people[1]}, "工作调整")
    expect("reassigned", handler(c, n), people[1])
    expect("to the same is no change",
           do(c, "reminder.reassign", n, {"handler": people[1], "reason": "误"})[0], 422)
    hand_over(c, xitong, anquan, n, office, people)
    stand_in(xitong)
