// A term with two pauses that overlap and an extension, on its matter's page, as a sheet on the page, on
// paper and as DOCX; then the notice of the next year comes late, from the command line: the server that
// runs shows the new days, the table of what moved, and counts the public's questions by it too.
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { serverStart, pageOpen, pageFaults, login, sizes, test, check } from './lib.mjs';
import { unzip } from './workbook.mjs';

const root = join(import.meta.dirname, '../..');
const notice = 'year: 2027\nnotices:\n  - address: https://example.org/2027\n' +
	'    off: { 元旦: [2027-01-01..2027-01-05] }\n';

export default async function (env) {
	let password, token, law, store;
	const run = (...args) => execFileSync(env.binary, args, { encoding: 'utf8' });
	const server = await serverStart(env.binary, ['--today', '2026-12-14'], [], folder => {
		store = `sqlite:${folder}/store.db`;
		law = join(folder, 'law');
		cpSync(join(root, 'law'), law, { recursive: true });
		writeFileSync(join(law, 'disclose.procedure.yaml'),
			readFileSync(join(root, 'test/law/clocks/disclose.procedure.yaml'), 'utf8')
				.replace(/by: (file|decide)-case/g, 'by: keep-units'));
		const accounts = run('plan', 'adopt', join(root, 'demo/plan.txt'), '--create-units',
			'--today', '2026-12-14', '--store', store);
		password = accounts.match(/^sifa\s+(\S+)/m)[1];
		run('law', 'publish', law, '--store', store);
		token = run('token', 'add', 'sifa', '--scope', 'write', '--note', '试用', '--store', store).trim();
	});
	env.atEnd.push(() => server.stop());
	const api = async (path, body) => {
		const answer = await fetch(`${server.url}/api/v1/${path}`, { method: body ? 'POST' : 'GET',
			headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
			body: body && JSON.stringify(body) });
		if (!answer.ok)
			throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
		return answer.json();
	};
	const expect = (is, what) => {
		if (!is)
			throw new Error(what);
	};
	let matter, begin, session;
	const open = async (size, path) => {
		const page = await pageOpen(env.browser, server.url, size);
		if (session)
			await page.context().addCookies(session);
		else
			await login(page, server.url, 'sifa', password);
		session ||= (await page.context().cookies()).filter(c => c.name === 'session');
		await page.goto(server.url + path);
		return page;
	};
	const looks = async (page, name) => check(await pageFaults(page,
		env.pictures && { folder: env.pictures, name: `${name}-${page.size.name}` }), name);

	test('annex a term with pauses and an extension', async () => {
		const mine = (await api('me')).unit;
		const unit = (await api('registers/units/entries?limit=100')).entries
			.find(e => e.values.name === mine).subject;
		begin = async day => (await api('procedures/disclose/open/receive',
			{ form: { body: unit }, done: day })).subject;
		matter = await begin('2026-11-16');
		await begin('2026-12-10');
		const n = matter.split('/')[1];
		for (const [action, day] of [['ask-third', '2026-11-23'], ['ask-maker', '2026-11-30'],
			['third', '2026-12-02'], ['maker', '2026-12-04'], ['extend', '2026-12-14']])
			await api(`procedures/disclose/matters/${n}/do/${action}`, { done: day });
		for (const size of sizes) {
			const page = await open(size, `/m/${matter}`);
			await looks(page, 'annex-matter');
			await page.goto(`${server.url}/m/${matter}/clock/answer`);
			const facts = await page.textContent('.facts'), steps = await page.textContent('.steps');
			expect(facts.includes('2026年11月23日至2026年12月1日（9日） 征求第三方意见，由演示甲中止、由演示甲恢复（依据：《政府信息公开条例》第三十三条）') &&
				facts.includes('2026年11月30日至2026年12月3日（4日） 征求共同制作机关意见'), `pauses: ${facts}`);
			expect(facts.includes('批准延长20个工作日') && facts.includes('2026年12月14日由'), `extension: ${facts}`);
			expect((await page.textContent('.answer')).includes('2027年1月25日'), 'the day');
			expect(steps.includes('2026-12-03（星期四）') && steps.includes('元旦放假') &&
				steps.includes('原期限至 2026-12-25'), `steps: ${steps}`);
			expect((await page.textContent('.panel')).includes('暂定'), 'provisional');
			await looks(page, 'annex-sheet');
			await page.context().close();
		}
	});

	test('annex on one sheet of paper and as a document', async () => {
		const page = await open(sizes[2], `/m/${matter}/clock/answer`);
		await page.emulateMedia({ media: 'print' });
		const pdf = await page.pdf({ format: 'A4', path: env.pictures && join(env.pictures, 'annex.pdf') });
		expect((pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g) || []).length === 1, 'one sheet');
		for (const hidden of ['.head', '.nav', '.crumbs', '.buttons'])
			expect(!await page.isVisible(hidden), `${hidden} is not printed`);
		await page.emulateMedia({ media: 'screen' });
		const file = await page.request.get(server.url + await page.getAttribute('a[href$="sheet.docx"]', 'href'));
		expect(decodeURIComponent(file.headers()['content-disposition']).endsWith("''答复计算说明.docx"), 'its name');
		const xml = unzip(await file.body()).get('word/document.xml').toString('utf8');
		for (const said of ['期限计算说明', '征求第三方意见，由演示甲中止、由演示甲恢复', '批准延长20个工作日', '届满日：2027年1月25日', '元旦放假'])
			expect(xml.includes(said), `the document says ${said}`);
		await page.goto(`${server.url}/m/${matter}/clock/nothing/sheet.docx`);
		expect((await page.title()).includes('没有找到'), 'no such clock');
		await page.context().close();
	});

	test('annex of the public calculator', async () => {
		for (const size of [sizes[0], sizes[2]]) {
			const page = await pageOpen(env.browser, server.url, size);
			await page.goto(`${server.url}/clock`);
			await page.fill('#start', '2026-09-03');
			await page.fill('#term', '30日');
			await page.click('summary');
			await page.fill('#off1', '2026-09-10');
			await page.fill('#to1', '2026-09-01');
			await page.click('form.search .button');
			expect((await page.textContent('.summary')).includes('不能早于第一日'), 'refused');
			await looks(page, 'annex-asked-wrong');
			await page.fill('#to1', '2026-09-14');
			await page.fill('#longer', '30日');
			await page.click('form.search .button');
			expect((await page.textContent('.answer')).includes('2026年11月9日（星期一）'), 'the day');
			await looks(page, 'annex-asked');
			await page.click('main a.button');
			expect((await page.textContent('.facts')).includes('2026年9月10日至2026年9月14日，共5日'), 'the sheet');
			await looks(page, 'annex-public');
			await page.context().close();
		}
	});

	test('annex a notice that comes late', async () => {
		const events = () => Number(run('record', 'verify', '--store', store).match(/：(\d+) 条记录/)[1]);
		const before = events();
		writeFileSync(join(law, 'kernel/workdays/2027.yaml'), notice);
		const said = run('law', 'publish', law, '--store', store);
		expect(said.includes('重新计算了 2 项期限'), said);
		expect(/依申请公开的期限（试验用） +答复 +2027-01-25 +2027-01-27/.test(said), said);
		expect(events() === before + 3, 'the notice, and an event for each open term that it moves');
		expect(run('law', 'publish', law, '--store', store).includes('公布了 0 个'), 'once');
		expect(events() === before + 3, 'the same again writes nothing');
		for (const size of [sizes[0], sizes[2]]) {
			const page = await open(size, '/record/upkeep');
			const moved = page.locator('table', { hasText: '现届满日' });
			expect((await moved.locator('tbody tr').count()) === 2, 'a row for each term');
			const rows = await moved.textContent();
			expect(rows.includes('2027-01-27') && rows.includes('依申请公开的期限'), rows);
			await looks(page, 'annex-moved');
			await page.goto(`${server.url}/m/${matter}`);
			expect((await page.textContent('.timeline')).includes('由2027年1月25日改为2027年1月27日'), 'the course says so');
			await page.goto(`${server.url}/m/${matter}/clock/answer`);
			expect((await page.textContent('.answer')).includes('2027年1月27日'), 'the sheet too');
			await looks(page, 'annex-after-notice');
			await page.context().close();
		}
		await begin('2026-12-14'); // what another process publishes a server follows with its next act
		const anyone = await pageOpen(env.browser, server.url, sizes[2]);
		await anyone.goto(`${server.url}/clock?start=2026-12-31&term=1个工作日`);
		expect((await anyone.textContent('.answer')).includes('2027年1月6日'), 'the public asks the same calendar');
		await anyone.context().close();
	});
}
