// Every page of the site, as each kind of reader finds it: the links are followed from the first
// page on, the table of routes says what must have been seen, and each page is looked at on a phone
// and a desk, in normal and large type.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { typeSet, layoutFaults, strayWords, smallTargets, axeFaults, sizes, test, check } from './lib.mjs';

const root = join(import.meta.dirname, '../..');

// GET routes of src/web/pages/routes.c, but for what is no page.
const noPages = ['/static/{name}', '/health', '/health/ready', '/metrics', '/type', '/style', '/search/suggest'];
function routesRead() {
	const table = readFileSync(join(root, 'src/web/pages/routes.c'), 'utf8');
	return [...table.matchAll(/HTTP_GET,\s*"([^"]+)"/g)].map(m => m[1]).filter(r => !noPages.includes(r))
		.map(pattern => ({ pattern, literal: pattern.replace(/\{.*/, '').length,
			re: new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`) }))
		.sort((a, b) => b.pattern.split('{')[0].length - a.pattern.split('{')[0].length);
}

// Addresses that differ only in numbers, in the order or the choice of rows show the same page.
const choosing = ['order', 'down', 'all', 'plan', 'after', 'before', 'from', 'start', 'term', 't', 'm', 'to', 'unit'];
function kindOf(url) {
	const path = url.pathname.replace(/\/(\d+|[0-9a-f]{16,64})(?=[/.]|$)/g, '/n').replace(/^(\/law\/\w+)\/[^/]+$/, '$1/n');
	const asked = [...url.searchParams.keys()].filter(k => !choosing.includes(k)).sort();
	return asked.length && !isFile(path) ? `${path}?${asked.join('&')}` : path;
}

const isFile = path => /\.(xlsx|docx|csv|zip|json|txt|db)$|\/proof$|\/back\/|\/file\/|^\/forms\/\d+\/unit\//.test(path);

// One page in all four sizes: the type changes in place, as the server would change its one class.
const spent = { ask: 0, goto: 0, layout: 0, axe: 0, words: 0 };
const timed = async (what, p) => { const b = performance.now(); try { return await p; } finally { spent[what] += performance.now() - b; } };
async function lookAt(page, given, picture, deep) {
	const faults = page.problems.filter(p => !p.includes('status of 4'));
	page.problems.length = 0;
	await page.evaluate(() => document.querySelectorAll('details:not(.menu)').forEach(d => { d.open = true; }));
	for (const size of sizes) {
		await page.setViewportSize({ width: size.width, height: size.height });
		await typeSet(page, size.type);
		faults.push(...(await timed('layout', layoutFaults(page))).map(f => `${size.name}: ${f}`));
		if (picture)
			await page.screenshot({ path: `${picture}-${size.name}.png`, fullPage: true });
		if (size.name === '360')
			faults.push(...(await smallTargets(page)).map(f => `small target: ${f}`));
	}
	faults.push(...(await timed('words', strayWords(page, given))).map(w => `stray word: ${w}`));
	const title = await page.title(), h1 = await page.locator('h1').allTextContents();
	if (h1.length !== 1 || !h1[0].trim() || !title.startsWith(h1[0].trim()))
		faults.push(`title “${title}”, headings “${h1.join('” “')}”`);
	if (deep)
		faults.push(...(await timed('axe', axeFaults(page, true))).map(f => `axe: ${f}`));
	return faults;
}

// as: opens a page for an account or, null, for anybody; seeds: addresses that few links lead to.
export function sweep(env, { server, as, seeds }) {
	const seen = new Set(), routes = routesRead(), looked = new Set(), axed = new Set(); // axe looks once at each kind of page
	const note = path => {
		const route = routes.find(r => r.re.test(path));
		if (route)
			seen.add(route.pattern);
	};

	const readers = [['sifa', 2], ['zhengfuban', 1], ['danwei1', 1], ['danwei3', 1], ['shenji', 1], [null, 1]];
	for (const [who, most] of readers)
		test(`whole every page ${who ? `as ${who}` : 'as anybody'}`, async () => {
			const page = await as(who);
			const given = Object.keys(server.accounts);
			const queue = ['/', '/login', '/login/code', '/nowhere', ...(who === 'sifa' ? seeds() : [])].map(h => new URL(h, server.url));
			const counts = new Map(), known = new Set(), faults = [];
			let pages = 0;
			for (const url of queue) {
				url.hash = '';
				const kind = kindOf(url), n = counts.get(kind) || 0;
				if (url.origin !== server.url || url.pathname === '/type' || known.has(url.href) || n >= most)
					continue;
				known.add(url.href);
				if (isFile(url.pathname)) {
					counts.set(kind, n + 1);
					const got = await page.request.get(url.href);
					if (got.status() !== 200)
						faults.push(`${url.pathname}: ${got.status()}`);
					note(url.pathname);
					continue;
				}
				counts.set(kind, n + 1);
				// The same page for another reader is looked at only where it differs: what the server
				// sends says whether it does.
				const answer = await timed('ask', page.request.get(url.href));
				const body = await answer.text();
				if (answer.status() >= 400 && url.pathname !== '/nowhere')
					faults.push(`${url.pathname}${url.search}: ${answer.status()} linked from ${url.from}`);
				note(url.pathname);
				note(new URL(answer.url()).pathname);
				if (!/^text\/html/.test(answer.headers()['content-type'])) // what is sent as a file is no page
					continue;
				for (const [, href] of body.matchAll(/<a\s[^>]*?href="([^"]*)"/g)) {
					const to = new URL(href.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#39;', "'"), answer.url());
					to.from = url.pathname + url.search;
					queue.push(to);
				}
				const main = body.match(/<main[^]*<\/main>/)[0].replace(/value="[^"]*"/g, '');
				const same = `${kind}\n${main}`;
				if (looked.has(same))
					continue;
				looked.add(same);
				await timed('goto', page.goto(url.href, { waitUntil: 'domcontentloaded' }));
				pages++;
				const name = `${who || 'public'}${kind.replace(/[^\w]+/g, '-')}${n || ''}`;
				await page.setViewportSize({ width: 1280, height: 900 });
				faults.push(...(await lookAt(page, given, env.pictures && join(env.pictures, name), !axed.has(kind)))
					.map(f => `${url.pathname}${url.search} ${f}`));
				axed.add(kind);
			}
			if (process.env.SWEEP_LIST)
				console.log([...counts].map(([k, n]) => `${who} ${k} ${n}`).join('\n'));
			if (process.env.SWEEP_TIME)
				console.log(`${who}: ${pages} pages`, spent);
			await page.context().close();
			check(faults.slice(0, 60), `${faults.length} faults on ${pages} pages`);
		});

	test('whole every page leaves no route out', async () => {
		const missed = routes.map(r => r.pattern).filter(r => !seen.has(r));
		if (missed.length)
			throw new Error(`never seen: ${missed.join(' ')}`);
	});
}
