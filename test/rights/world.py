"""The world of the matrix: people with one competence each and the odd ones beside them, made through the pages
by the three administrators, and a browser small enough to ask thousands of questions over one connection."""

import http.client
import os
import re
import subprocess
import urllib.parse


class Browser:
    """One person's cookies on one connection; the address is host and port."""

    def __init__(self, address, name=''):
        self.address, self.name, self.cookies, self.csrf = address, name, {}, ''
        self.connection = None

    def ask(self, method, path, body=None, headers=None):
        headers = dict(headers or {})
        if self.cookies:
            headers['Cookie'] = '; '.join(f'{k}={v}' for k, v in self.cookies.items())
        for again in (False, True):
            if self.connection is None:
                self.connection = http.client.HTTPConnection(self.address, timeout=60)
            try:
                self.connection.request(method, path, body, headers)
                answer = self.connection.getresponse()
                data = answer.read()
                break
            except (http.client.HTTPException, ConnectionError, OSError):
                self.connection = None
                if again:
                    raise
        for key, value in answer.getheaders():
            if key == 'Set-Cookie':
                name, _, rest = value.partition('=')
                value = rest.split(';')[0]
                if value and 'Max-Age=0' not in rest:
                    self.cookies[name] = value
                else:
                    self.cookies.pop(name, None)
        return answer.status, data, answer.getheader('Location') or ''

    def get(self, path):
        return self.ask('GET', path)

    def send(self, path, fields):
        """Posts what a form would: `fields` is a list of pairs or a dictionary."""
        pairs = list(fields.items()) if isinstance(fields, dict) else list(fields)
        body = urllib.parse.urlencode([('csrf', self.csrf)] + pairs)
        return self.ask('POST', path, body, {'Content-Type': 'application/x-www-form-urlencoded'})

    def login(self, login, password):
        status, _, _ = self.send('/login', {'login': login, 'password': password})
        if status != 303:
            return False
        found = re.search(rb'name="csrf" value="([^"]*)"', self.get('/me')[1])
        self.csrf = found.group(1).decode() if found else ''
        return True

    def form(self, page, action, fields):
        """Opens the page for its hidden fields, then posts: what a person does."""
        text = self.get(page)[1].decode()
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', text))
        day = re.search(r'name="done"[^>]* value="([^"]*)"', text)
        if day:
            hidden['done'] = day.group(1)
        hidden.update(fields)
        hidden.pop('csrf', None)
        status, body, where = self.send(action, hidden)
        if status != 303:
            said = re.findall(r'class="error[^>]*>(.*?)<', body.decode(), re.S)
            raise SystemExit(f'{self.name} {action}: {status} {said}')
        return where.split('?')[0]


def competences(law):
    """The closed list, read from its definition and not from the program."""
    text = open(os.path.join(law, 'kernel/competences.choices.yaml'), encoding='utf-8').read()
    return re.findall(r'^  ([a-z-]+):', text, re.M)


class World:
    def __init__(self, address, binary, store, law, accounts):
        self.address, self.binary, self.store, self.law = address, binary, store, law
        self.people = {}  # name → Browser
        self.can = {}  # name → competences that the person really has today
        self.passwords = dict(accounts)
        for login in ('xitong', 'anquan', 'shenji', 'sifa', 'danwei1', 'danwei2', 'zhengfuban'):
            self.people[login] = Browser(address, login)
            assert self.people[login].login(login, accounts[login]), login

    def account(self, login, person):
        subprocess.run([self.binary, 'account', 'set', login, '--store', self.store, '--person', person],
                       input=f'word of {login} 7\n', text=True, check=True, stdout=subprocess.DEVNULL)
        self.passwords[login] = f'word of {login} 7'

    def person(self, login):
        where = self.people['xitong'].form('/new/persons/put', '/new/persons/put', {'name': login, 'login': login})
        subject = where.removeprefix('/m/')
        self.account(login, subject)
        return subject

    def post(self, unit, title, **seats):
        where = self.people['xitong'].form('/new/posts/put', '/new/posts/put', {'unit': unit, 'title': title, **seats})
        return where.removeprefix('/m/')

    def grant(self, post, what):
        self.people['anquan'].form('/new/competences/put', '/new/competences/put', {'post': post, 'what': what})

    def enter(self, login, can):
        self.people[login] = Browser(self.address, login)
        assert self.people[login].login(login, self.passwords[login]), login
        self.can[login] = set(can)
