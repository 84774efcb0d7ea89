// The record for who may read it, what leaves as files, and what everybody sees.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runStart, pageOpen, pageFaults, login, sizes, test, check } from './lib.mjs';

export default async function (env) {
	const server = await runStart(env.binary);
	env.atEnd.push(() => server.stop());
	const wide = sizes[2];
	const picture = (name, size) => env.pictures && { folder: env.pictures, name: `${name}-${size.name}` };

	async function as(user, size = wide) {
		const page = await pageOpen(env.browser, server.url, size);
		await login(page, server.url, user, server.accounts[user].password);
		return page;
	}
	async function file(page, address) {
		const got = await page.context().request.get(`${server.url}${address}`);
		if (got.status() !== 200)
			throw new Error(`${address}: ${got.status()}`);
		return got.body();
	}
	function must(condition, what) {
		if (!condition)
			throw new Error(what);
	}

	test('public exports read back', async () => {
		const page = await as('sifa');
		const book = join(server.folder, 'ledger.xlsx');
		writeFileSync(book, await file(page, '/ledger.xlsx'));
		const read = path => JSON.parse(execFileSync(env.binary, ['plan', 'read', path, '--json']));
		const title = (plan, no) => plan.find(s => s.no === no)?.title;
		const strip = plan => plan.tasks.map(t => ({ no: t.no, text: t.text, lead: t.lead, units: t.units,
			leaders: t.leaders, deadline: t.deadline, milestones: t.milestones, classes: t.classes,
			section: title(plan.sections, t.section), measure: title(plan.measures, t.measure) }));
		const printed = read(join(import.meta.dirname, '../../demo/plan.txt'));
		const exported = read(book);
		must(exported.title === printed.title && exported.remainder === 0, 'title or remainder');
		must(printed.tasks.length > 5, 'too few tasks to prove anything');
		must(JSON.stringify(strip(exported)) === JSON.stringify(strip(printed)), 'tasks differ');
		for (const [address, magic] of [['/ledger.docx', 'PK'], ['/ledger/brief.docx', 'PK'], ['/ledger.csv', '\u{feff}序号']])
			must((await file(page, address)).toString('utf8').startsWith(magic), address);
		const one = (await file(page, '/ledger.csv?stage=waiting')).toString('utf8').trim().split('\r\n');
		must(one.length < printed.tasks.length, 'a filter filters the export');
		const auditor = await as('shenji');
		await auditor.goto(`${server.url}/record/access`);
		must((await auditor.textContent('main')).includes('导出：台账'), 'the export is noted');
		await page.context().close();
	});

	test('public record and proof', async () => {
		const page = await as('sifa');
		await page.goto(`${server.url}/record/check`);
		await page.click('text=校验全部记录');
		await page.waitForSelector('text=校验通过');
		check(await pageFaults(page, picture('record-verified', wide)), 'verified');
		await page.goto(`${server.url}/record`);
		await page.click('tbody tr:first-child a');
		// The server signs now and then by itself; what it has not signed yet is signed here.
		if (await page.locator('button:has-text("签署存证点")').count())
			await page.click('button:has-text("签署存证点")');
		await page.waitForSelector('text=下载存证条');
		check(await pageFaults(page, picture('record-event', wide)), 'one event');
		const address = await page.getAttribute('a:has-text("下载存证条")', 'href');
		const proof = join(server.folder, 'proof.txt');
		writeFileSync(proof, await file(page, address));
		await page.goto(`${server.url}/record/check`);
		const key = (await page.textContent('dd:has-text("+")')).trim();
		must(execFileSync(env.binary, ['record', 'check-proof', proof, '--key', key]).toString()
			.includes('证明成立'), 'the proof proves without the server');
		await page.context().close();

		const anyone = await pageOpen(env.browser, server.url, wide);
		await anyone.goto(server.url);
		await anyone.click('main a:text-is("核验文书和存证条")');
		await anyone.setInputFiles('input[type=file]', proof);
		await anyone.click('button:has-text("核验存证条")');
		await anyone.waitForSelector('text=存证条有效');
		must((await anyone.textContent('main')).includes('与本站现存的办理记录一致'), 'still there');
		check(await pageFaults(anyone, picture('open-verified', wide)), 'proof shown');
		const text = readFileSync(proof, 'utf8').replace(/^index \d+/m, 'index 3');
		await anyone.goto(`${server.url}/open/verify`);
		await anyone.fill('#proof', text);
		await anyone.click('button:has-text("核验存证条")');
		await anyone.waitForSelector('text=未通过核验');
		await anyone.context().close();
	});

	test('public record is not for everybody', async () => {
		const page = await as('danwei1');
		for (const address of ['/record', '/record/access', '/record/check', '/record/3', '/publish']) {
			const answer = await page.goto(`${server.url}${address}`);
			must(answer.status() === 403, `${address}: ${answer.status()}`);
		}
		await page.context().close();
	});

	test('public plan is off until published', async () => {
		const anyone = await pageOpen(env.browser, server.url, wide);
		await anyone.goto(`${server.url}/open`);
		must((await anyone.textContent('main')).includes('目前没有公示内容'), 'off at first');
		const page = await as('sifa');
		await page.goto(`${server.url}/publish`);
		check(await pageFaults(page, picture('publish', wide)), 'publisher');
		await page.click('tbody a');
		const shown = (await page.url()).replace('/publish/', '/open/');
		must((await anyone.goto(shown)).status() === 404, 'not yet');
		await page.click('main button');
		await page.waitForSelector('.summary');
		check(await pageFaults(page), 'refused without an opinion');
		await page.fill('#secrecy', '经保密审查，不含国家秘密和工作秘密，可以公开。');
		await page.click('main button');
		await page.waitForSelector('text=正在公示');

		await anyone.goto(shown);
		const text = await anyone.textContent('main');
		must(text.includes('推进中'), 'going on is said');
		const plan = JSON.parse(execFileSync(env.binary, ['plan', 'read',
			join(import.meta.dirname, '../../demo/plan.txt'), '--json']));
		const measures = plan.tasks.map(t => t.text).join();
		for (const name of new Set(plan.tasks.flatMap(t => [...t.lead, ...t.units, ...t.leaders])))
			must(measures.includes(name) || !text.includes(name), `${name} is named`);
		for (const word of ['超期', '逾期', '时限', '牵头', '责任', '待落实', '退回', '排名', '2018-', '2016-'])
			must(!text.includes(word) || measures.includes(word), `${word} is said`);
		const again = await anyone.context().request.get(shown);
		must(again.headers()['cache-control'].includes('no-cache'), 'asked every time');
		must((await anyone.context().request.get(shown,
			{ headers: { 'If-None-Match': again.headers().etag } })).status() === 304, 'known is not sent again');

		await page.goto(shown.replace('/open/', '/publish/'));
		await page.click('main button');
		await page.waitForSelector('text=未公示');
		must((await anyone.goto(shown)).status() === 404, 'taken away');
		await page.goto(shown.replace('/open/', '/publish/'));
		await page.fill('#secrecy', '经保密审查，可以公开。');
		await page.click('main button');
		await page.waitForSelector('text=正在公示');
		await anyone.context().close();
		await page.context().close();
	});

	test('public yearly report', async () => {
		const page = await as('sifa');
		await page.goto(`${server.url}/yearly`);
		check(await pageFaults(page), 'no report yet');
		await page.click('main a.button');
		await page.selectOption('#plan', { index: 1 });
		await page.selectOption('#office', { label: server.accounts.sifa.unit });
		await page.fill('#title', '法治政府建设2018年进展报告');
		await page.fill('#year', '2018');
		await page.check(`label:has-text("${server.accounts.danwei1.unit}") >> nth=0`);
		await page.fill('#collect-by', '2018-12-14');
		await page.click('main form button.button');
		await page.goto(`${server.url}/yearly`);
		await page.click('tbody a');
		const report = page.url();
		must((await page.textContent('main')).includes('2019年3月31日'), 'the term of publication');
		must((await page.textContent('.facts')).includes(server.accounts.danwei1.unit), 'who has not reported');
		check(await pageFaults(page, picture('yearly', wide)), 'collecting');
		const act = async (title, fill) => {
			await page.goto(report);
			await page.click(`main .buttons a:has-text("${title}") >> nth=0`);
			for (const [id, text] of Object.entries(fill))
				await page.fill(`#${id}`, text);
			await page.click('main form button.button');
			await page.waitForLoadState();
			if (await page.locator('.summary').count())
				throw new Error(`${title}: ${await page.textContent('.summary')}`);
		};
		await act('汇总', { summary: '全年各项任务有序推进。', missing: '机构调整，未报送' });
		await act('报告', { addressees: '县委、县人大常委会' });
		await act('向社会公开', { secrecy: '经保密审查，不含国家秘密' });
		must((await file(page, `${new URL(report).pathname}/report.docx`)).toString('latin1').startsWith('PK'), 'document');
		const anyone = await pageOpen(env.browser, server.url, wide);
		await anyone.goto(`${server.url}/open`);
		await anyone.click('main li a');
		must((await anyone.textContent('main')).includes('全年各项任务有序推进'), 'the report is public');
		must(!(await anyone.textContent('main')).includes('机构调整'), 'who did not report is not');
		check(await pageFaults(anyone), 'plan with its report');
		await anyone.context().close();
		await page.context().close();
	});
}
