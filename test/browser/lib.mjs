// What every browser test uses: a browser, a server of its own, and the checks that hold on
// each page at every width and type size. Plain functions, no framework.
import { chromium } from 'playwright-core';
import { createRequire } from 'node:module';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, mkdtempSync, rmSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const require = createRequire(import.meta.url);
const axeSource = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export const sizes = [
	{ name: '360', width: 360, height: 740, type: 'normal' },
	{ name: '360-large', width: 360, height: 740, type: 'large' },
	{ name: '1280', width: 1280, height: 900, type: 'normal' },
	{ name: '1280-large', width: 1280, height: 900, type: 'large' },
];

// Latin text that may stand on a page: addresses, file types, digests in their own element.
const latinAllowed = /^(AB|XLSX|DOCX|CSV|PDF|TXT|UTF-8|GB18030|A3|A4|SM3|http|https|URL)$/;

// The browser without its windows, where Debian's package of it is there: it takes half the processor.
const shell = '/usr/bin/chromium-headless-shell';
export async function browserOpen() {
	return chromium.launch({
		executablePath: process.env.CHROMIUM || (existsSync(shell) ? shell : '/usr/bin/chromium'),
		headless: true,
		args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
			'--disable-background-networking', '--disable-component-update', '--disable-sync',
			'--disable-dev-shm-usage', '--lang=zh-CN', '--accept-lang=zh-CN'],
		env: { ...process.env, LANGUAGE: 'zh_CN', LANG: 'zh_CN.UTF-8' },
	});
}

// What is wrong with the record and the projections that a test has left; empty when nothing is.
function soundOf(binary, store) {
	const sound = spawnSync(join(import.meta.dirname, '../sound.sh'), [`sqlite:${store}`],
		{ env: { ...process.env, ZHUNSHENG: resolve(binary) }, encoding: 'utf8' });
	return sound.status === 0 ? '' : sound.stdout + sound.stderr || 'not judged';
}

// Starts `zhunsheng serve` on a store of its own, with accounts as pairs of login and password, on
// a free port, after `prepare(folder)` has done to the folder what it likes; stop() ends it and says
// whether it ended cleanly (a sanitizer's complaint is not clean).
export async function serverStart(binary, options = [], accounts = [], prepare = () => {}) {
	const folder = mkdtempSync(join(tmpdir(), 'zs-browser-'));
	prepare(folder);
	for (const [name, password] of accounts)
		execFileSync(binary, ['account', 'set', name, '--store', `sqlite:${folder}/store.db`],
			{ input: `${password}\n` });
	const child = spawn(binary, ['serve', '--store', `sqlite:${folder}/store.db`, '--port', '-1',
		...options], { stdio: ['ignore', 'pipe', 'pipe'] });
	let out = '', err = '';
	child.stderr.on('data', d => { err += d; });
	const ended = new Promise(resolve => child.on('exit', (code, signal) => resolve({ code, signal })));
	const url = await new Promise((resolve, reject) => {
		child.stdout.on('data', d => {
			out += d;
			const m = out.match(/就绪 (http:\S+)/);
			if (m)
				resolve(m[1]);
		});
		ended.then(() => reject(new Error(`server did not start: ${err}`)));
	});
	return {
		url, folder,
		async stop() {
			child.kill('SIGINT');
			const { code } = await ended;
			const sound = soundOf(binary, `${folder}/store.db`);
			rmSync(folder, { recursive: true, force: true });
			if (code !== 0 || err.includes('Sanitizer') || err.includes('runtime error'))
				throw new Error(`server ended with ${code}: ${err}`);
			if (sound)
				throw new Error(`what the test left is not in order: ${sound}`);
		},
	};
}

// Starts `zhunsheng run` on a new store made from a plan; accounts by login: { password, unit }.
export async function runStart(binary, plan = 'demo/plan.txt', today = '2018-06-01') {
	const root = join(import.meta.dirname, '../..');
	const folder = mkdtempSync(join(tmpdir(), 'zs-run-'));
	const child = spawn(binary, ['run', '--data', folder, '--plan', resolve(root, plan),
		'--today', today], { stdio: ['ignore', 'pipe', 'pipe'] });
	let out = '', err = '';
	child.stderr.on('data', d => { err += d; });
	const ended = new Promise(done => child.on('exit', code => done(code)));
	const url = await new Promise((done, reject) => {
		child.stdout.on('data', d => {
			out += d;
			const m = out.match(/就绪 (http:\S+)/);
			if (m)
				done(m[1]);
		});
		ended.then(() => reject(new Error(`server did not start: ${err}`)));
	});
	const accounts = {};
	for (const line of readFileSync(join(folder, 'demo-accounts.txt'), 'utf8').split('\n')) {
		const m = line.match(/^(\S+)\s+(\S+)\s{2,}(\S+)\s{2,}(\S+)/);
		if (m)
			accounts[m[1]] = { password: m[2], unit: m[3] };
	}
	return {
		url, folder, accounts,
		async stop() {
			child.kill('SIGINT');
			const code = await ended;
			const sound = soundOf(binary, `${folder}/zhunsheng.db`);
			rmSync(folder, { recursive: true, force: true });
			if (code !== 0 || err.includes('Sanitizer') || err.includes('runtime error'))
				throw new Error(`server ended with ${code}: ${err}`);
			if (sound)
				throw new Error(`what the test left is not in order: ${sound}`);
		},
	};
}

export async function pageOpen(browser, url, size) {
	const context = await browser.newContext({
		viewport: { width: size.width, height: size.height }, locale: 'zh-CN' });
	await context.addCookies([{ name: 'type', value: size.type, url }]);
	const page = await context.newPage();
	page.setDefaultTimeout(10000);
	page.size = size;
	page.problems = [];
	page.on('console', m => { if (m.type() === 'error') page.problems.push(`console: ${m.text()}`); });
	page.on('pageerror', e => page.problems.push(`script: ${e.message}`));
	return page;
}

export async function login(page, url, name, password) {
	await page.goto(`${url}/login`);
	await page.fill('#login', name);
	await page.fill('#password', password);
	await page.click('main button');
}

// Another size of the type, as the server would have sent the page: one class, and from which width
// on tables are cards.
export async function typeSet(page, type) {
	await page.evaluate(async type => {
		document.documentElement.className = type;
		const cards = document.querySelector('link[media]');
		const wide = (type === 'large') + document.body.matches('.landscape');
		cards.media = `screen and (max-width: ${[48, 64, 100][wide]}em)`;
		if (!cards.sheet)
			await new Promise(done => { cards.onload = done; });
	}, type);
}

// With RULES=1: rules of the style sheets that had nothing to say on any page looked at. What a state makes of
// a thing (hovered, focused, before, after) is used when the thing is.
let idle;
async function rulesSeen(page) {
	idle = await page.evaluate(known => {
		const selectors = rules => [...rules].flatMap(r => r.selectorText ? [r.selectorText]
			: r.cssRules ? selectors(r.cssRules) : []);
		const bare = text => text.replace(/::?(before|after|placeholder|-(webkit|moz)-[\w-]+|hover|focus[\w-]*|target)/g, '').trim();
		known ||= [...document.styleSheets].flatMap(s => selectors(s.cssRules));
		return known.filter(s => !document.querySelector(s.split(',').map(one => bare(one) || '*').join()));
	}, idle);
}
export const rulesIdle = () => idle || [];

// What is wrong with the layout: wider than the window outside a region that scrolls, clipped,
// crushed to a column of single characters, controls over one another, holes left in the words.
export async function layoutFaults(page) {
	if (process.env.RULES)
		await rulesSeen(page);
	return page.evaluate(() => {
		const faults = [];
		const root = document.documentElement;
		const describe = e => `<${e.tagName.toLowerCase()} class="${e.className}"> ${(e.textContent || '').replace(/\s+/g, ' ').trim().slice(0, 24)}`;
		const scrolls = v => v === 'auto' || v === 'scroll';
		const cuts = v => v === 'hidden' || v === 'clip';
		if (root.scrollWidth > root.clientWidth)
			faults.push(`page is ${root.scrollWidth} wide in ${root.clientWidth}`);
		const controls = []; // with their boxes: reading is cheap as long as nothing is changed in between
		const look = (e, inRegion, inDrawing, stays) => {
			if (e.matches('.heard, .skip, .cards thead, script, option'))
				return;
			const style = getComputedStyle(e), box = e.getBoundingClientRect();
			if (style.display === 'none')
				return;
			inRegion ||= e.matches('.scroll');
			inDrawing ||= e.matches('svg');
			stays ||= e.matches('.stay'); // stays in sight over what scrolls beneath
			if (box.width !== 0 && e.checkVisibility()) {
				if (!stays && e.matches('a[href], button, input:not([type=hidden]), select, textarea, summary'))
					controls.push({ e, rects: [...e.getClientRects()], files: e.closest('.files') });
				if (!inRegion && (box.right > root.clientWidth + 1 || box.left < -1))
					faults.push(`outside the window: ${describe(e)}`);
				if (!inDrawing) // drawings scale; what lies in them has no box
					boxed(e, style);
			}
			for (const child of e.children)
				look(child, inRegion, inDrawing, stays);
		};
		const boxed = (e, style) => {
			if (style.display !== 'inline' && !scrolls(style.overflowX) &&
			    e.scrollWidth > e.clientWidth + 1 && e.clientWidth > 0 && !(e instanceof HTMLInputElement))
				faults.push(`wider than its box: ${describe(e)}`);
			if (style.display !== 'inline' && cuts(style.overflowY) && e.scrollHeight > e.clientHeight + 1)
				faults.push(`higher than its box: ${describe(e)}`);
			if (scrolls(style.overflowX) && !e.matches('[tabindex], textarea, input'))
				faults.push(`scrolls without being focusable: ${describe(e)}`);
			// A text of a dozen characters in a column that holds not even four of them.
			const own = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.nodeValue.trim()).join('');
			const inner = e.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
			if (style.display !== 'inline' && own.length >= 12 && inner < 4 * parseFloat(style.fontSize))
				faults.push(`crushed to ${Math.round(inner)}: ${describe(e)}`);
		};
		for (const e of document.body.children)
			look(e, false, false, false);
		for (let i = 0; i < controls.length; i++)
			for (let j = i + 1; j < controls.length && j < i + 40; j++) {
				const a = controls[i], b = controls[j];
				if (a.e.contains(b.e) || b.e.contains(a.e) || a.files && a.files === b.files)
					continue;
				for (const p of a.rects)
					for (const q of b.rects)
						if (Math.min(p.right, q.right) - Math.max(p.left, q.left) > 1 &&
						    Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 4)
							faults.push(`over one another: ${describe(a.e)} / ${describe(b.e)}`);
			}
		return [...new Set(faults)].slice(0, 5); // the first say where to look
	});
}

// Words that no reader should meet: Latin letters, ids, holes that were not filled. `given` is what
// people themselves have typed, such as login names.
export async function strayWords(page, given = []) {
	const found = await page.evaluate(() => {
		const texts = [document.title], found = [];
		const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
		while (walk.nextNode()) {
			const e = walk.currentNode.parentElement;
			if (e.closest('script, style'))
				continue;
			if (!e.closest('code, .code'))
				texts.push(walk.currentNode.nodeValue);
			else if (e.closest('code') && !/^(zhunsheng .*|\/\S+|\S+\.\w{2,4}|[0-9a-f]{8,}|[a-z0-9.\/+=-]+\+[0-9a-f]{8}\+\S+|[0-9A-Z-]{4,}( [0-9A-Z]{2,4})*)$/.test(walk.currentNode.nodeValue.trim()))
				texts.push(walk.currentNode.nodeValue); // a digest, a key, a code: nothing else
		}
		for (const e of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]'))
			for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
				texts.push(e.getAttribute(name) || '');
		for (const e of document.querySelectorAll('input[type=text]:not(.code), textarea'))
			texts.push(e.value);
		for (const said of texts) {
			const text = said.replace(/\S+\.(txt|csv|xlsx|docx|pdf)(?!\w)/g, ''); // a file has the name it was given
			found.push(...(text.match(/[A-Za-z][A-Za-z0-9_.-]*[A-Za-z0-9]/g) || []));
			found.push(...(text.match(/[{}]|（\s*）|《\s*》|「\s*」|：：|。。|，，|、、|、。|：$(?=.)|\b\d+\/\d+\/|\b[a-z]+\/\d+/g) || []));
		}
		return found;
	});
	return [...new Set(found.filter(w => !latinAllowed.test(w) && !given.includes(w)))];
}

// Interactive things at least 24 by 24 pixels, unless they stand inside a sentence.
export async function smallTargets(page) {
	return page.evaluate(() => {
		const small = [];
		for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, summary')) {
			const box = e.getBoundingClientRect(), style = getComputedStyle(e);
			if (box.width === 0 || e.closest('.skip') || (style.display === 'inline' && e.closest('p, li, dd, td, th')))
				continue;
			if (box.width < 24 || box.height < 24)
				small.push(`${e.tagName.toLowerCase()} ${Math.round(box.width)}x${Math.round(box.height)} ${(e.textContent || e.name || '').trim().slice(0, 16)}`);
		}
		return small;
	});
}

// axe costs more to load and to warm than to run: for each server one page keeps it, and what another
// page has become, scripts and all, is put into that one, in the same window.
const stages = new Map(); // by the address of the server
async function stageOf(page) {
	const { origin } = new URL(page.url());
	if (!stages.has(origin)) {
		// What scripts have styled stands in attributes there, which the policy of a page refuses.
		const context = await page.context().browser().newContext({ locale: 'zh-CN', bypassCSP: true });
		const stage = await context.newPage();
		await stage.goto(`${origin}/login`);
		await stage.evaluate(axeSource);
		stages.set(origin, stage);
	}
	return stages.get(origin);
}

// brief: of long lists axe sees the first rows only, as the others are made alike and it takes its time.
export async function axeFaults(page, brief) {
	const seen = await page.evaluate(brief => {
		const whole = document.documentElement.cloneNode(true);
		for (const list of brief ? whole.querySelectorAll('tbody, ol, ul, select, form, fieldset') : [])
			for (const e of [...list.children].slice(list.matches('form, fieldset') ? 40 : 6))
				e.remove();
		const part = e => ({ attributes: [...e.attributes].map(a => [a.name, a.value]), inside: e.innerHTML });
		const head = whole.querySelector('head');
		return { root: part(whole).attributes, head: head.innerHTML, body: part(whole.querySelector('body')) };
	}, brief);
	const stage = await stageOf(page);
	await stage.setViewportSize(page.viewportSize());
	return stage.evaluate(async ({ root, head, body }) => {
		const dress = (e, attributes) => {
			e.getAttributeNames().forEach(name => e.removeAttribute(name));
			attributes.forEach(([name, value]) => e.setAttribute(name, value));
		};
		dress(document.documentElement, root);
		dress(document.body, body.attributes);
		document.body.innerHTML = body.inside;
		const bare = text => text.replace(/<title>[^]*<\/title>/, '');
		document.title = head.match(/<title>([^]*)<\/title>/)?.[1] ?? '';
		if (bare(document.head.innerHTML) !== bare(head)) {
			document.head.innerHTML = head;
			await Promise.all([...document.querySelectorAll('link[rel=stylesheet]')].map(link =>
				new Promise(done => { link.onload = link.onerror = done; })));
		}
		const result = await window.axe.run(document, { resultTypes: ['violations'],
			runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } });
		return result.violations.map(v => `${v.id}: ${v.nodes.slice(0, 2).map(n => n.html.slice(0, 100)).join(' | ')}`);
	}, seen);
}

// All of the above for one page at one size; a picture too when a folder is given.
export async function pageFaults(page, picture, given) {
	const faults = [...page.problems.filter(p => !p.includes('status of 4'))];
	page.problems.length = 0;
	if (picture) {
		mkdirSync(picture.folder, { recursive: true });
		await page.screenshot({ path: join(picture.folder, `${picture.name}.png`), fullPage: true });
	}
	faults.push(...(await layoutFaults(page)));
	faults.push(...(await strayWords(page, given)).map(w => `stray word: ${w}`));
	faults.push(...(await smallTargets(page)).map(w => `small target: ${w}`));
	if (page.size.type === 'normal') // what axe finds does not depend on the size of the type
		faults.push(...(await axeFaults(page)).map(w => `axe: ${w}`));
	return faults;
}

// ---- a runner of a few lines ----

const tests = [];
export function test(name, run) {
	tests.push({ name, run });
}

export async function runAll(only) {
	let passed = 0, failed = 0;
	for (const t of tests) {
		if (only && !t.name.startsWith(only))
			continue;
		const begin = performance.now();
		try {
			await t.run();
			passed++;
		} catch (e) {
			failed++;
			console.log(`FAILED ${t.name}\n    ${String(e.message || e).replaceAll("\n", "\n    ")}${(e.stack || "").split("\n").find(l => l.includes(".test.mjs")) || ""}`);
		}
		if (process.env.TIMES)
			console.log(`${((performance.now() - begin) / 1000).toFixed(1)} s ${t.name}`);
	}
	console.log(`${passed} passed, ${failed} failed, 0 skipped`);
	return failed === 0;
}

export function check(faults, where) {
	if (faults.length)
		throw new Error(`${where}\n${faults.join('\n')}`);
}
