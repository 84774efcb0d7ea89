"""matrix.py BASE BINARY STORE LAW ACCOUNTS: every route, every role, many objects, both handlers. What is expected comes
from the definitions under LAW and from the table below, which says for each route which competences open it; the
program is asked and never consulted. A route that is in no line of the table fails, and so does a post that was
refused and wrote something. Last line: N passed, N failed, 0 skipped."""

import json
import os
import re
import sys
from urllib.parse import quote

from objects import Objects
from world import Browser, World, competences

ANY = 'any'  # whoever has an account
OPEN = 'open'  # the public too

# (method, pattern) → who may. Empty: nobody finds the thing that the matrix asks for, whoever asks.
RECORD = ['read-record', 'audit']
UPKEEP = ['read-record', 'audit', 'keep-system']
IMPORT = ['import-plan', 'adopt-plan']
ACCOUNTS = ['keep-security', 'grant']
PAGES = {
    ('GET', '/'): OPEN, ('GET', '/login'): OPEN, ('POST', '/login'): OPEN, ('GET', '/login/code'): OPEN,
    ('POST', '/login/code'): OPEN, ('GET', '/type'): OPEN, ('GET', '/static/{name}'): OPEN, ('GET', '/health'): OPEN,
    ('GET', '/health/ready'): OPEN, ('GET', '/metrics'): OPEN, ('GET', '/clock'): OPEN,
    ('GET', '/clock/sheet'): OPEN, ('GET', '/clock/sheet.docx'): OPEN, ('GET', '/open'): OPEN,
    ('GET', '/open/verify'): OPEN, ('POST', '/open/verify'): OPEN, ('GET', '/open/{plan}'): [],
    ('GET', '/style'): [], ('POST', '/style'): [], ('GET', '/search'): OPEN, ('GET', '/search/suggest'): OPEN, ('GET', '/search/{id}'): OPEN,
    ('GET', '/statutes'): OPEN, ('GET', '/statutes/{name}'): OPEN, ('GET', '/statutes/{name}/compare'): OPEN,
    ('GET', '/statutes/{name}/{article}'): OPEN, ('GET', '/law'): OPEN, ('GET', '/law/{kind}/{id}'): OPEN,
    ('POST', '/logout'): None, ('POST', '/me/others'): ANY, ('GET', '/me'): ANY, ('POST', '/me/password'): ANY,
    ('GET', '/me/factor'): ANY, ('POST', '/me/factor'): ANY,
    ('GET', '/me/tokens'): ANY, ('POST', '/me/tokens'): ANY, ('POST', '/me/tokens/end'): [],
    ('POST', '/person/{n}/account/token'): [],
    ('GET', '/unit/{n}'): ANY, ('POST', '/unit/{n}'): ['report-task'],
    ('GET', '/ledger/chart'): ANY, ('GET', '/ledger'): ANY, ('GET', '/board'): ANY, ('GET', '/plan'): ANY,
    ('GET', '/plan/{n}'): ANY, ('GET', '/board/sent'): ANY, ('GET', '/board/forms'): ANY, ('GET', '/units'): ANY,
    ('GET', '/task/{n}'): ANY, ('GET', '/register/{family}'): ANY, ('GET', '/matters/{family}'): ANY, ('GET', '/unit/{n}/people'): ANY,
    ('GET', '/m/{family}/{n}'): ANY, ('GET', '/m/{family}/{n}/do/{action}'): ANY,
    ('GET', '/new/{family}/{action}'): ANY, ('GET', '/yearly'): ANY,
    ('GET', '/yearly/{n}'): [], ('GET', '/yearly/{n}/report.docx'): [],
    ('GET', '/ledger.xlsx'): ANY, ('GET', '/ledger.csv'): ANY, ('GET', '/ledger.docx'): ANY,
    ('GET', '/ledger/brief.docx'): ANY,
    ('GET', '/forms'): ['supervise-task'], ('POST', '/forms'): ['supervise-task'],
    ('GET', '/forms/in/{id}'): [], ('POST', '/forms/in/{id}'): [], ('GET', '/forms/in/{id}/row/{file}/{row}'): [],
    ('POST', '/forms/in/{id}/row/{file}/{row}'): [], ('GET', '/forms/in/{id}/back/{file}'): [],
    ('GET', '/forms/{n}'): ['supervise-task'], ('POST', '/forms/{n}'): ['supervise-task'],
    ('GET', '/forms/{n}/all.zip'): ['supervise-task'], ('GET', '/forms/{n}/unit/{unit}'): ['supervise-task'],
    ('GET', '/plan/import'): IMPORT, ('POST', '/plan/import'): IMPORT, ('GET', '/plan/import/{id}'): IMPORT,
    ('POST', '/plan/import/{id}'): IMPORT, ('GET', '/plan/import/{id}/tasks'): IMPORT,
    ('GET', '/plan/import/{id}/file'): IMPORT, ('GET', '/plan/import/{id}/text'): IMPORT, ('GET', '/plan/import/{id}/reading.json'): IMPORT,
    ('GET', '/plan/import/{id}/names'): IMPORT, ('POST', '/plan/import/{id}/names'): IMPORT,
    ('GET', '/plan/import/{id}/confirm'): IMPORT, ('POST', '/plan/import/{id}/confirm'): IMPORT,
    ('GET', '/board/letter'): ['supervise-task'], ('POST', '/board/letter'): ['supervise-task'],
    ('POST', '/unit/{n}/confirm'): ['keep-units'],
    ('GET', '/post/{n}/powers'): ['grant'], ('POST', '/post/{n}/powers'): ['grant'],
    ('GET', '/person/{n}/account'): ACCOUNTS, ('POST', '/person/{n}/account'): ACCOUNTS,
    ('POST', '/person/{n}/account/close'): ACCOUNTS, ('POST', '/person/{n}/account/unlock'): ACCOUNTS,
    ('POST', '/person/{n}/account/factor'): ACCOUNTS,
    ('POST', '/m/{family}/{n}/do/{action}'): ['keep-units'], ('POST', '/new/{family}/{action}'): ['keep-units'],
    ('GET', '/m/{family}/{n}/file/{digest}'): [], ('GET', '/m/{family}/{n}/clock/{id}'): [],
    ('GET', '/m/{family}/{n}/clock/{id}/sheet.docx'): [], ('GET', '/m/{family}/{n}/list'): [],
    ('GET', '/m/{family}/{n}/list.docx'): [],
    ('GET', '/m/{family}/{n}/sealed/{place}'): ['keep-units', 'destroy-data'],
    ('POST', '/m/{family}/{n}/sealed/{place}'): ['keep-units', 'destroy-data'],
    ('GET', '/publish'): ['publish-progress'], ('GET', '/publish/{plan}'): ['publish-progress'],
    ('POST', '/publish/{plan}'): ['publish-progress'],
    ('GET', '/record'): RECORD, ('GET', '/record/access'): ['audit'],
    ('GET', '/record/access.xlsx'): ['audit'], ('GET', '/record/access.csv'): ['audit'],
    ('GET', '/record/powers'): ['audit', 'read-record', 'grant', 'keep-security', 'keep-system'],
    ('GET', '/record/check'): UPKEEP, ('GET', '/record/upkeep'): UPKEEP, ('GET', '/record/checkpoint.txt'): UPKEEP,
    ('POST', '/record/verify'): UPKEEP, ('POST', '/record/sign'): ['read-record', 'keep-system'],
    ('GET', '/record/{seq}'): RECORD, ('GET', '/record/{seq}/proof'): RECORD,
    ('GET', '/api/v1/openapi.json'): OPEN, ('GET', '/api/v1/health'): OPEN, ('GET', '/api/v1/clock'): OPEN,
    ('GET', '/api/v1/me'): ANY, ('GET', '/api/v1/registers'): ANY, ('GET', '/api/v1/registers/{register}'): ANY,
    ('GET', '/api/v1/registers/{register}/entries'): ANY, ('GET', '/api/v1/registers/{register}/entries/{n}'): ANY,
    ('GET', '/api/v1/registers/{register}/entries/{n}/history'): ANY,
    ('GET', '/api/v1/registers/{register}/entries/{n}/files/{digest}'): [],
    ('GET', '/api/v1/procedures'): ANY, ('GET', '/api/v1/procedures/{procedure}'): ANY,
    ('GET', '/api/v1/procedures/{procedure}/matters'): ANY, ('GET', '/api/v1/procedures/{procedure}/matters/{n}'): ANY,
    ('GET', '/api/v1/procedures/{procedure}/matters/{n}/timeline'): ANY,
    ('GET', '/api/v1/procedures/{procedure}/matters/{n}/files/{digest}'): [],
    ('GET', '/api/v1/record'): UPKEEP, ('GET', '/api/v1/record/checkpoint'): UPKEEP,
    ('GET', '/api/v1/record/{seq}/proof'): RECORD,
    ('POST', '/api/v1/registers/{register}/entries'): ['keep-units'],
    ('PUT', '/api/v1/registers/{register}/entries/{n}'): ['keep-units'],
    ('POST', '/api/v1/registers/{register}/entries/{n}/end'): ['keep-units'],
    ('POST', '/api/v1/registers/{register}/entries/{n}/destroy'): ['destroy-data'],
    ('GET', '/api/v1/statutes'): OPEN, ('GET', '/api/v1/statutes/{name}'): OPEN,
    ('GET', '/api/v1/statutes/{name}/articles/{article}'): OPEN, ('GET', '/api/v1/search'): OPEN,
    ('POST', '/api/v1/procedures/{procedure}/open/{action}'): ['import-plan'],
    ('POST', '/api/v1/procedures/{procedure}/matters/{n}/do/{action}'): ['report-task', 'supervise-task'],
    ('POST', '/api/v1/files'): ANY,
}
NOT_YOURS = ('没有办理此事的职权', '没有查阅这份个人信息的职权', '"rule":"by"', '"code":"by"')

passed = failed = asked = 0


def check(what, good, seen=''):
    global passed, failed
    if good:
        passed += 1
    else:
        failed += 1
        print(f'FAILED {what}: {seen}')


def routes_read():
    pages = open('src/web/pages/routes.c', encoding='utf-8').read()
    api = open('src/api/routes.c', encoding='utf-8').read()
    api = api.replace('#define', '//')
    for name, text in (('REGISTER', '/api/v1/registers/{register}'), ('PROCEDURE', '/api/v1/procedures/{procedure}'),
                       ('API_PREFIX', '/api/v1')):
        api = re.sub(r'\b' + name + r' "', f'"{text}', api)
        api = re.sub(r'\b' + name + r',', f'"{text}",', api)
    return [(m, p) for m, p in re.findall(r'\{ HTTP_(GET|POST|PUT|DELETE), "([^"]*)"', pages + api)]


def actions_read(law):
    """What begins a matter or an entry, and by whom: {family: {action: [competences]}}; and which field of a matter
    names the unit that its people must belong to."""
    out, units = {}, {}
    for folder, _, names in os.walk(law):
        if folder.endswith(('.no', '.ok')):
            continue
        for name in names:
            text = open(os.path.join(folder, name), encoding='utf-8').read() if name.endswith('.yaml') else ''
            kind = re.match(r'(register|procedure): (\S+)', text)
            if kind and kind[1] == 'register':
                out.setdefault(kind[2], {})['put'] = by_read(re.search(r'^by: (.*)$', text, re.M)[1])
            elif kind:
                unit = re.search(r'^unit: (\S+)', text, re.M)
                units[kind[2]] = unit[1] if unit else ''
                part = re.search(r'^actions:\n((?:[ #].*\n|\n)*)', text, re.M)
                for block in re.split(r'^  (?=[a-z][a-z-]*:)', part[1] if part else '', flags=re.M)[1:]:
                    by = re.search(r'\bby: (\[[^\]]*\]|[a-z-]+)', block)
                    if re.search(r'\bof: (?!any|\{)', block):
                        out.setdefault('of', set()).add(f"{kind[2]}.{block.split(':')[0]}")
                    if by and re.search(r'\bat: new\b', block):
                        out.setdefault(kind[2], {})[block.split(':')[0]] = by_read(by[1])
    return out, units


def by_read(text):
    return re.findall(r'[a-z][a-z-]*', text.split('#')[0])


class Matrix:
    def __init__(self, world, objects):
        self.w, self.o = world, objects

    def path_of(self, pattern):
        o = self.o
        path = pattern
        first = pattern.split('/')[1] if pattern.count('/') else ''
        numbers = {'unit': o['unit'], 'post': o['post'], 'person': o['person'], 'plan': o['plan'], 'task': o['task'],
                   'm': o['person'], 'forms': '1', 'yearly': '1'}
        if '/procedures/' in pattern:
            number, family = o['task'], 'task'
        elif '/registers/' in pattern:
            number, family = o['person'], 'persons'
        else:
            number, family = numbers.get(first, '1'), 'hand-over' if first == 'matters' else 'persons'
        action = {'new': 'put', 'm': 'put'}.get(first, 'progress' if '/matters/' in pattern else 'open')
        for key, value in {'n': number, 'family': family, 'register': 'persons', 'procedure': 'plan-adoption' if '/open/' in
                           pattern else 'task', 'action': action, 'unit': o['unit'], 'seq': '3', 'id': 'x' * 20,
                           'file': '1', 'row': '1', 'digest': '0' * 64, 'place': o['place'], 'plan': o['plan'],
                           'name': quote('行政处罚法') if 'statutes' in pattern else 'zhunsheng.css', 'article': '54'}.items():
            path = path.replace('{' + key + '}', value)
        return path.replace('/open/open', '/open/import')

    def ask(self, who, method, path, **fields):
        global asked
        asked += 1
        browser = self.w.people[who]
        if method == 'GET':
            status, body, _ = browser.get(path)
        elif path.startswith('/api/'):
            status, body, _ = browser.ask(method, path, b'{}', {'Content-Type': 'application/json',
                                                                'X-CSRF-Token': browser.csrf})
        else:
            status, body, _ = browser.send(path, {'key': f'{who}{path}', 'done': self.o['today'], **fields})
        return status, body.decode('utf-8', 'replace')

    def judge(self, who, method, pattern, rule):
        path = self.path_of(pattern)
        status, body = self.ask(who, method, path)
        denied = status in (401, 403, 404) or any(word in body for word in NOT_YOURS)
        what = f'{who} {method} {path}'
        check(f'{what} breaks nothing', status < 500, status)
        if rule == OPEN or rule == ANY:
            check(what, status not in (401, 403, 404) or rule == OPEN, status)
        elif not rule:
            check(what, denied or status == 405, status)
        elif not self.w.can[who] & set(rule):
            check(what, denied, status)
        else:
            # Of the unit that keeps the plan, which an empty form does not name.
            elsewhere = ('/publish/{plan}', '/api/v1/procedures/{procedure}/open/{action}')
            missing = '/forms/{n}' in pattern or '/import/{id}' in pattern
            check(what, not denied or (missing and status == 404) or pattern in elsewhere, status)

    def stranger(self, method, pattern, rule):
        browser = self.w.people['stranger']
        path = self.path_of(pattern)
        status = browser.get(path)[0] if method == 'GET' else browser.ask(method, path, b'x=1')[0]
        if rule != OPEN:
            check(f'stranger {method} {path}', status in (303, 401, 403, 404, 405), status)
            where = browser.ask(method, path)[2]
            check(f'stranger {method} {path} leads to the login', not where or where.startswith('/login'), where)

    def some(self, turn, by):
        """Who may, the odd ones, and eight of the others, not the same at every turn."""
        names = sorted(self.w.can)
        start = sum(map(ord, turn))
        odd = {'nobody', 'ended', 'standin', 'two', 'xaudit', 'xkeep-system', 'xgrant'}
        return sorted(odd | {names[(start + i * 5) % len(names)] for i in range(8)} |
                      {name for name in names if self.w.can[name] & set(by)})

    def seq(self):
        return json.loads(self.w.people['shenji'].get('/api/v1/record')[1])['seq']


def generic(m, families, units):
    """Every beginning of every definition, with an empty form, for everybody who may and eight who may not, other
    ones each time: the door judges the right first."""
    before = m.seq()
    elsewhere = families.pop('of', set())  # of another unit than the matter's own, which an empty form cannot name
    for family, action, by, own_turn in [(f, a, b, t) for t in (False, True) for f in sorted(families)
                                         for a, b in sorted(families[f].items())]:
        if own_turn and before is not None:
            check('beginnings that were refused wrote nothing', m.seq() == before, m.seq() - before)
            before = None
        if by != ['system']:
            own = {units[family]: f"units/{m.o['unit']}"} if units.get(family) else {}
            for who in m.some(family + action, by):
                may = bool(m.w.can[who] & set(by))
                if may != own_turn or (may and f'{family}.{action}' in elsewhere):
                    continue
                status, body = m.ask(who, 'POST', f'/new/{family}/{action}', **own)
                denied = status in (403, 404) or any(word in body for word in NOT_YOURS)
                check(f'{who} begins {family}.{action}', denied != may, f'{status}, by {by}')


def units_apart(m):
    """A task is reported by who reports for its unit, and by nobody of another."""
    for who, task, may in (('xreport-task', m.o['task'], True), ('xreport-task', m.o['other'], False),
                           ('two', m.o['task'], True), ('two', m.o['other'], True), ('nobody', m.o['task'], False),
                           ('ended', m.o['task'], False), ('standin', m.o['task'], True)):
        for path in (f'/m/task/{task}/do/progress', f'/api/v1/procedures/task/matters/{task}/do/progress'):
            status, body = m.ask(who, 'POST', path)
            denied = status in (403, 404) or any(word in body for word in NOT_YOURS)
            check(f'{who} reports {path}', denied != may, status)


def people_make(w, unit, other):
    for what in competences(w.law):
        person = w.person('x' + what)
        w.grant(w.post(unit, what, holder=person), what)
        w.enter('x' + what, [what])
    w.person('nobody')
    w.enter('nobody', [])
    two = w.person('two')
    w.grant(w.post(unit, '一岗', holder=two), 'report-task')
    w.grant(w.post(other, '二岗', holder=two), 'report-task')
    w.enter('two', ['report-task'])
    regular, standin = w.person('regular'), w.person('standin')
    w.grant(w.post(unit, 'AB岗', holder=regular, deputy=standin), 'report-task')
    w.enter('standin', ['report-task'])
    ended = w.person('ended')
    gone = w.post(unit, '离任岗', holder=ended)
    w.grant(gone, 'report-task')
    w.people['xitong'].form(f'/m/{gone}/do/put', f'/m/{gone}/do/put',
                            {'unit': unit, 'title': '离任岗', 'holder': '', 'deputy': ''})
    w.enter('ended', [])


def outside(w):
    """Half a login, a locked account, a closed one, a cookie that nobody gave."""
    w.account('closed', 'persons/1')
    w.account('locked', 'persons/1')
    peers = Browser(w.address, 'locked')
    for _ in range(5):
        peers.send('/login', {'login': 'locked', 'password': 'not the word'})
    check('a locked account stays out', not Browser(w.address).login('locked', w.passwords['locked']))
    strange = Browser(w.address)
    strange.cookies['session'] = 'A' * 43
    check('a cookie that nobody gave', strange.get('/ledger')[0] == 303)
    held = w.people['nobody'].cookies['session']
    w.people['nobody'].send('/logout', {})
    strange.cookies['session'] = held
    check('a session that has ended', strange.get('/ledger')[0] == 303)


def main():
    base, binary, store, law, file = sys.argv[1:]
    accounts = dict(line.split()[:2] for line in open(file, encoding='utf-8'))
    w = World(base.removeprefix('http://'), binary, store, law, accounts)
    mine = re.findall(r'/unit/(\d+)"', w.people['danwei1'].get('/')[1].decode())[0]
    other = re.findall(r'/unit/(\d+)"', w.people['danwei2'].get('/')[1].decode())[0]
    tasks = [re.findall(r'href="/task/(\d+)"', w.people[d].get('/')[1].decode())[0] for d in ('danwei1', 'danwei2')]
    for d, n in zip(('danwei1', 'danwei2'), tasks):
        w.people[d].form(f'/m/task/{n}/do/sign', f'/m/task/{n}/do/sign', {})
    people_make(w, f'units/{mine}', f'units/{other}')
    person = w.people['xitong'].form('/new/persons/put', '/new/persons/put', {'name': '赵小满', 'phone': '13800000000'})
    place = re.findall(rb'/sealed/(\d+:p\d+)', w.people['xitong'].get(person)[1])[0].decode()
    post = w.post(f'units/{mine}', '空岗').removeprefix('posts/')
    plan = re.findall(rb'/plan/(\d+)"', w.people['sifa'].get('/plan')[1])[0].decode()
    w.account('plain', person.removeprefix('/m/'))
    w.people['stranger'] = Browser(w.address)
    today = re.search(rb'name="done"[^>]* value="([^"]*)"', w.people['xitong'].get('/new/posts/put')[1])
    m = Matrix(w, {'today': today[1].decode() if today else '', 'unit': mine, 'task': tasks[0], 'other': tasks[1], 'otherunit': other,
                   'person': person.split('/')[-1], 'post': post,
                   'plan': plan, 'place': place})
    routes = routes_read()
    check('routes are found', len(routes) > 100, len(routes))
    for route in routes:
        check(f'{route} is in the matrix', route in PAGES)
    for route in PAGES:
        check(f'{route} is a route', route in routes)
    before = m.seq()
    # First those who may not, then those who may: what changes the world comes last.
    for method, pattern in [r for r in routes if PAGES.get(r) is not None]:
        rule = PAGES[(method, pattern)]
        m.stranger(method, pattern, rule)
        for who in m.some(method + pattern, rule if isinstance(rule, list) else []):
            if not (isinstance(rule, list) and w.can[who] & set(rule)) and (method == 'GET' or rule not in (ANY, OPEN)):
                m.judge(who, method, pattern, rule)
    check('what was refused wrote nothing', m.seq() == before, m.seq() - before)
    generic(m, *actions_read(law))
    units_apart(m)
    Objects(m, check).all()
    for method, pattern in [r for r in routes if isinstance(PAGES.get(r), list)]:
        for who in sorted(w.can):
            if w.can[who] & set(PAGES[(method, pattern)]):
                m.judge(who, method, pattern, PAGES[(method, pattern)])
    outside(w)
    print(f'{asked} asked')
    print(f'{passed} passed, {failed} failed, 0 skipped')
    return failed > 0


sys.exit(main())
