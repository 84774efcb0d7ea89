"""Statutes and the search, which are open: run.sh has taken in two editions of a statute of its own."""

import time
from urllib.parse import quote

from checks import expect, tried

BEES = quote("养蜂法")


def article(c, key, query=""):
    return tried(key + query, lambda: c.call("article", {"name": BEES, "article": quote(key)}, query))


def statutes(c):
    held = tried("statutes", lambda: c.call("statutes"))[1]["statutes"]
    bees = [s for s in held if s["name"] == "养蜂法"]
    expect("it is in the library", [(s["editions"], s["from"], s["state"]) for s in bees], [(2, "2020-07-01", "good")])
    expect("so is what law/ cites", any(s["name"] == "行政处罚法" and not s["editions"] for s in held), True)
    one = tried("statute", lambda: c.call("statute", {"name": BEES}))[1]
    expect("its editions", [(e["from"], e.get("last_day")) for e in one["editions"]],
           [("2001-05-01", "2020-06-30"), ("2020-07-01", None)])
    expect("its contents", [a["label"] for a in one["contents"]], ["第一条", "第二条", "第三条"])
    old = tried("statute", lambda: c.call("statute", {"name": BEES}, "?day=2010-01-01"))[1]
    expect("as of a day", (old["shown"], old["state"]), ("2001-05-01", "good"))
    early = tried("statute", lambda: c.call("statute", {"name": BEES}, "?day=1990-01-01"))[1]
    expect("before there was any", early["state"], "unknown")
    expect("by its whole name", tried("statute", lambda: c.call(
        "statute", {"name": quote("中华人民共和国行政处罚法")}))[1]["name"], "行政处罚法")
    expect("no such statute", tried("statute", lambda: c.call("statute", {"name": quote("养鱼法")}))[0], 404)
    expect("no such day", tried("statute", lambda: c.call("statute", {"name": BEES}, "?day=2020-02-30"))[0], 400)


def articles(c):
    now, then = article(c, "2")[1], article(c, "第二条", "?day=2020-06-30")[1]
    expect("an article", (now["text"], now["from"]), ("夏天搬箱。", "2020-07-01"))
    expect("on the last day of the old one", (then["text"], then["last_day"]), ("春天搬箱。", "2020-06-30"))
    expect("none of that number", article(c, "9")[0], 404)
    gist = tried("gist", lambda: c.call("article", {"name": quote("行政处罚法"), "article": "54"}))[1]
    expect("a gist where there is no text", (bool(gist.get("gist")), "text" in gist), (True, False))


def found(c, words, more=""):
    """The index may lag behind what was just done; then it says so."""
    for _ in range(100):
        status, page, _ = tried("search " + words + more, lambda: c.call("search", query="?q=" + quote(words) + more))
        if not page.get("index_is_behind"):
            break
        time.sleep(0.1)
    return status, page.get("found", [])


def search(c, stranger):
    for who in (c, stranger):
        status, hits = found(who, "搬箱")
        expect("both editions are found", (status, {(h["kind"], h["in_force"]) for h in hits}),
               (200, {("statute", True), ("statute", False)}))
        expect("the one in force", [h["day"] for h in found(who, "搬箱", "&in_force=true")[1]], ["2020-07-01"])
        expect("what is found says so", all("搬箱" in h["excerpt"] for h in hits), True)
    inside = found(c, "县市场监管局", "&kind=units")[1]
    expect("inside is found by who is inside", any(h.get("subject", "").startswith("units/") for h in inside), True)
    expect("and by nobody else", found(stranger, "县市场监管局")[1], [])
    issued = {t["subject"] for t in tried("tasks", lambda: c.call(
        "matters.task", query="?filter.stage=issued&limit=200"))[1]["matters"]}
    at = {h["subject"] for h in found(c, "公布", "&kind=task&stage=issued")[1]}
    expect("of one stage", (bool(at), at <= issued), (True, True))
    unit = next(h["subject"] for h in inside if h["title"] == "县市场监管局")
    of = {h["subject"] for h in found(c, "公布", "&kind=task&unit=" + unit)[1]}
    named = {t["subject"] for t in tried("tasks", lambda: c.call("matters.task", query="?limit=200"))[1]["matters"]
             if unit in str(t["fields"])}
    expect("of one unit", (bool(of), of <= named), (True, True))
    for more in ("&unit=" + unit, "&kind=task&stage=issued"):
        expect("the public does not ask by them" + more, found(stranger, "公布", more)[0], 400)
    for query in ("?q=a&unit=task/1", "?q=a&unit=units/x", "?q=a&stage=issued", "?q=a&kind=task&stage=none", "", "?q=", "?q=%20", "?q=a&kind=nothing", "?q=a&from=soon", "?q=a&in_force=maybe", "?q=a&skip=1000",
                  "?q=a&skip=-1", "?q=" + "x" * 501):
        expect("no search " + query[:40], tried(query, lambda: c.call("search", query=query))[0], 400)


def library(c, stranger):
    for who in (c, stranger):
        statutes(who)
        articles(who)
    search(c, stranger)
