"""What the parts of the tour count together."""

passed = failed = 0


def expect(what, got, wanted):
    global passed, failed
    if got == wanted:
        passed += 1
    else:
        failed += 1
        print("FAILED %s: %r, not %r" % (what, got, wanted))


def tried(what, step):
    """Status, reply and headers; a reply that is not as described counts as one failure and goes on as nothing."""
    global failed
    try:
        return step()
    except AssertionError as e:
        failed += 1
        print("FAILED %s: %s" % (what, e))
        return 0, {}, {}
