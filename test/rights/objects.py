"""Kinds of objects for the matrix, each made through the pages in each of its states, asked by everybody on every
address that it has, by pages and by the interface: drafts of imports and of merged tables, files open and masked, a
date's page, a plan before, while and after it is shown to the public, a yearly report likewise."""

import json
import re
import time
from urllib.parse import quote

OPEN, ANY, NOBODY = 'open', 'any', 'nobody'
PDF = b'%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'


def multipart(browser, path, fields, name, filename, data):
    """Posts a form with one file; where it leads."""
    mark = b'zhunsheng-matrix'
    parts = [(f'name="{k}"', str(v).encode()) for k, v in [('csrf', browser.csrf), *fields.items()]]
    parts.append((f'name="{name}"; filename="{filename}"', data))
    body = b''.join(b'--' + mark + b'\r\nContent-Disposition: form-data; ' + head.encode() + b'\r\n\r\n' + value + b'\r\n'
                    for head, value in parts) + b'--' + mark + b'--\r\n'
    status, said, where = browser.ask('POST', path, body, {'Content-Type': f'multipart/form-data; boundary={mark.decode()}'})
    if status != 303:
        raise SystemExit(f'{browser.name} {path}: {status} {re.findall("class=.error[^>]*><strong>(.*?)</p>", said.decode(), re.S)}')
    return where.split('?')[0]


class Objects:
    def __init__(self, matrix, check):
        self.m, self.w, self.check = matrix, matrix.w, check
        self.sifa = self.w.people['sifa']

    def api(self, path):
        return json.loads(self.sifa.get('/api/v1' + path)[1])

    def form(self, who, path, fields):
        return self.w.people[who].form(path, path, fields)

    def asked(self, what, may, *paths, posts=()):
        """`may`: OPEN, ANY, NOBODY, competences, or names of the people who may."""
        names = isinstance(may, set)
        for method, path in [('GET', p) for p in paths] + [('POST', p) for p in posts]:
            by = may if isinstance(may, list) else []
            for who in (sorted(self.w.can) if names else self.m.some(what + path, by)):
                allowed = who in may if names else may in (OPEN, ANY) or bool(by and self.w.can[who] & set(by))
                if method == 'POST' and allowed:
                    continue
                status, _ = self.m.ask(who, method, path)
                denied = status in (401, 403, 404)
                self.check(f'{what}: {who} {method} {path}', status < 500 and denied != allowed, status)
            status, _, where = self.w.people['stranger'].ask(method, path, None if method == 'GET' else b'x=1')
            out = status in (401, 403, 404) or where.startswith('/login')
            self.check(f'{what}: stranger {method} {path}', out != (may == OPEN), status)

    # ---- drafts ----

    def drafts(self):
        text = open('demo/plan.txt', encoding='utf-8').read().replace('法治', '依法', 1).encode()
        one = multipart(self.sifa, '/plan/import', {}, 'file', 'plan.txt', text)
        self.asked('a plan read in', ['import-plan', 'adopt-plan'], one, one + '/tasks', one + '/file', one + '/text',
                   one + '/reading.json', one + '/names', one + '/confirm', posts=(one, one + '/names', one + '/confirm'))
        plan = self.api('/procedures/plan-adoption/matters')['matters'][0]
        units = self.api(f"/procedures/task/matters/{self.m.o['task']}")['fields']['movers']
        start = self.form('sifa', '/new/round/start', {
            'plan': plan['fields']['plan'], 'title': '试报送', 'office': plan['fields']['office'], 'asked': units[0],
            'due': '2099-01-01'})
        n = start.split('/')[-1]
        table = self.sifa.get(f"/forms/{n}/unit/{units[0].split('/')[1]}")[1]
        one = multipart(self.sifa, f'/forms/{n}', {}, 'files', 'table.xlsx', table)
        self.check('a table that came back waits', '/forms/in/' in one, one)
        page = self.sifa.get(one)[1].decode()
        row = re.findall(re.escape(one) + r'/row/\d+/\d+', page)
        back = re.findall(re.escape(one) + r'/back/\d+', page)
        self.asked('a table that came back', ['supervise-task'], one, *row[:1], *back[:1], posts=(one, *row[:1]))
        dates = re.findall(start + r'/clock/[a-z-]+', self.sifa.get(start)[1].decode())
        self.check('a date has a page', dates, start)
        self.asked('a date', ANY, *dates[:1])

    # ---- files ----

    def reads(self, state):
        """Who belongs to a unit of the task, as the mask of its reports says."""
        f = state['fields']
        inside = {u for k in ('lead', 'movers', 'units') for u in f.get(k, [])} | {f.get('office'), f.get('substitute')}
        mine, other = (f"units/{self.m.o['unit']}", f"units/{self.m.o['otherunit']}")
        posts = {who: {mine} for who in self.w.can}
        posts.update(nobody=set(), ended=set(), two={mine, other})
        return {who for who in self.w.can if posts[who] & inside}

    def files(self):
        for who, n in (('danwei1', self.m.o['task']), ('danwei2', self.m.o['other'])):
            b, path = self.w.people[who], f'/m/task/{n}/do/'
            today = {'done': self.m.o['today'], 'seen': '', 'key': f'matrix{n}'}
            multipart(b, path + 'countersign', {**today, 'signer': '张某'}, 'scan', '签字页.pdf', PDF)
            multipart(b, path + 'progress', {
                **today, 'key': f'more{n}', 'report': '已经完成', 'evidence.n': 1, 'evidence.0.class': 'check',
                'evidence.0.form': 'upload', 'evidence.0.value': '材料'}, 'evidence.0.files', '材料.pdf', PDF + n.encode())
            state = self.api(f'/procedures/task/matters/{n}')
            scan = state['fields']['scan'][0]['digest']
            shown = state['fields']['evidence'][0]['files'][0]['digest']
            both = [f'/m/task/{n}/file/%s', f'/api/v1/procedures/task/matters/{n}/files/%s']
            self.asked('a file', ANY, *(p % scan for p in both))
            self.asked('a masked file', self.reads(state) - {'standin'} | ({'standin'} & self.stands_in(both[0] % shown)),
                       *(p % shown for p in both))
            elsewhere = self.m.o['other'] if n == self.m.o['task'] else self.m.o['task']
            self.asked("another matter's file", NOBODY, f'/m/task/{elsewhere}/file/{shown}',
                       f'/api/v1/procedures/task/matters/{elsewhere}/files/{shown}')

    # ---- handed over ----

    def handed(self):
        """The list of a hand-over tells of many matters: for its parties only, who hold no power by that."""
        persons = {e['values'].get('login'): e['subject'] for e in self.api('/registers/persons/entries?limit=200')['entries']}
        me, plan = self.api('/me'), self.api('/procedures/plan-adoption/matters')['matters'][0]['fields']
        task = next(t for t in self.api('/procedures/task/matters?limit=100')['matters'] if t['fields'].get('answerable'))
        self.form('sifa', '/new/reminder/remind', {'office': plan['office'], 'unit': task['fields']['body'],
                                                   'tasks': task['subject'], 'text': '请抓紧', 'handler': me['person']})
        over = self.form('sifa', '/new/hand-over/begin', {
            'unit': plan['office'], 'giver': me['person'], 'receiver': persons['xsupervise-task'],
            'head': persons['nobody'], 'cause': '轮岗'})
        self.asked('a list of what is handed over', {'sifa', 'xsupervise-task'}, f'{over}/list', f'{over}/list.docx')
        self.asked('a list of what is no hand-over', NOBODY, f"/m/{task['subject']}/list", f"/m/{task['subject']}/list.docx")

    # ---- published, and not ----

    def found(self, word, wanted):
        """Whether a stranger finds it; the index may be a moment behind."""
        for _ in range(50):
            page = self.w.people['stranger'].get('/search?q=' + quote(word))[1].decode()
            hits = json.loads(self.w.people['stranger'].get('/api/v1/search?q=' + quote(word))[1])['found']
            if bool(hits) == wanted and ('<ol class="found">' in page) == wanted:
                break
            time.sleep(0.2)
        self.check(f'a stranger {"finds" if wanted else "does not find"} {word}', bool(hits) == wanted, len(hits))
        self.check('the page says the same', ('<ol class="found">' in page) == wanted)

    def plan(self):
        plan = self.api('/procedures/plan-adoption/matters')['matters'][0]
        n, title = plan['subject'].split('/')[1], plan['title']
        inner = (f'/m/plan-adoption/{n}', f'/api/v1/procedures/plan-adoption/matters/{n}',
                 f'/api/v1/procedures/plan-adoption/matters/{n}/timeline')
        for state, may, act in (('unpublished', NOBODY, {'secrecy': '经保密审查，可以公开。'}), ('published', OPEN, {}),
                                ('taken down', NOBODY, {'secrecy': '经保密审查，可以公开。'}), ('published again', OPEN, None)):
            self.asked(f'a plan {state}', may, f'/open/{n}')
            self.asked(f'a plan {state}', ANY, *inner)
            listed = f'/open/{n}"' in self.w.people['stranger'].get('/open')[1].decode()
            self.check(f'a plan {state} is {"" if may == OPEN else "not "}listed', listed == (may == OPEN))
            self.found(title, may == OPEN)
            if act is not None:
                self.form('sifa', f'/publish/{n}', act)

    def yearly(self):
        plan = self.api('/procedures/plan-adoption/matters')['matters'][0]['fields']
        start = self.form('sifa', '/new/yearly-report/start', {
            'plan': plan['plan'], 'title': '鉴湖年度报告', 'year': '2026', 'office': plan['office'], 'asked': plan['office'],
            'collect-by': '2099-01-01'})
        n = start.split('/')[-1]
        both = (f'/yearly/{n}', f'/yearly/{n}/report.docx', f'/m/yearly-report/{n}',
                f'/api/v1/procedures/yearly-report/matters/{n}')
        self.asked('a yearly report begun', ANY, *both)
        for act, fields in (('compile', {'summary': '鉴湖全年工作', 'missing': '尚未报送'}), ('send-up', {'addressees': '县委'})):
            self.form('sifa', f'/m/yearly-report/{n}/do/{act}', fields)
        self.asked('a yearly report sent up', ANY, *both)
        self.found('鉴湖', False)
        self.form('sifa', f'/m/yearly-report/{n}/do/publish', {'secrecy': '经保密审查，可以公开。'})
        self.found('鉴湖', True)
        self.asked('a yearly report published', ANY, *both)

    def stands_in(self, path):
        """Who stands in reads what the post reads: a rule of its own, proved in units_apart; here it is only asked."""
        return {'standin'} if self.m.ask('standin', 'GET', path)[0] == 200 else set()

    def all(self):
        self.drafts()
        self.files()
        self.handed()
        self.plan()
        self.yearly()
