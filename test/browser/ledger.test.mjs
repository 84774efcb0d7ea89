// The programme's tables: the ledger, the board with its reminders, the table of a unit.
import { runStart, pageOpen, pageFaults, login, sizes, test, check } from './lib.mjs';

const wide = sizes[2];

function expect(truth, what) {
	if (!truth)
		throw new Error(what);
}

export default async function (env) {
	// In December: three tasks were late when the plan was taken over, others end this month.
	const server = await runStart(env.binary, 'demo/plan.txt', '2026-12-15');
	env.atEnd.push(() => server.stop());

	const open = async (who, size = wide) => {
		const page = await pageOpen(env.browser, server.url, size);
		await login(page, server.url, who, server.accounts[who].password);
		return page;
	};
	const picture = name => env.pictures && { folder: env.pictures, name };
	const unitOf = async (page, who) => { // the address of the account's unit, from the ledger
		await page.goto(`${server.url}/ledger`);
		return page.getAttribute(`td a[href^="/unit/"]:text-is("${server.accounts[who].unit}")`, 'href');
	};

	test('ledger filters, sorts and opens tasks', async () => {
		const page = await open('sifa');
		const rows = () => page.$$eval('tbody tr:not(.part)', l => l.length);
		await page.goto(`${server.url}/ledger`);
		expect(await rows() === 24, `shows ${await rows()} of 24 tasks`);
		expect(await page.$$eval('tr.part', l => l.length) === 5, 'five parts of the plan');
		expect(await page.$$eval('thead th', l => l.map(e => e.textContent.trim()).join(' ')) ===
			'序号 措施 具体任务 责任领导 牵头单位 配合单位 完成时限 成果形成 进展', 'columns of the paper');
		await page.fill('#q', '规范性文件');
		await page.click('form.search .button');
		expect(await rows() === 3, `finds ${await rows()} tasks by their text`);
		await page.goto(`${server.url}/ledger?need=takeover`);
		const late = await page.$$eval('tbody .badge', l => l.map(e => e.textContent));
		expect(late.length > 0 && late.every(t => t === '接管时已逾期'), `takeover: ${late}`);
		await page.goto(`${server.url}/ledger?order=due`);
		const days = (await page.$$eval('td.day', l => l.map(e => e.textContent.trim()))).filter(d => /^\d/.test(d));
		expect(days.join() === [...days].sort().join(), 'sorted by their day');
		expect(await page.getAttribute('th[aria-sort] a', 'href').then(h => h.includes('down=1')), 'and back');
		await page.goto(`${server.url}/ledger?stage=issued&due=always&order=due&down=1`);
		expect((await page.$$eval('td.day', l => l.map(e => e.textContent.trim()))).every(d => d === '长期坚持'), 'continuous');
		const task = await page.getAttribute('tbody th a', 'href');
		expect((await page.goto(server.url + task)).status() === 200, 'a row opens its task');
		await page.context().close();
	});

	test('ledger prints on A3 with its head on every page', async () => {
		const page = await open('sifa');
		await page.goto(`${server.url}/ledger?all=1`);
		await page.emulateMedia({ media: 'print' });
		expect(await page.$eval('thead', e => getComputedStyle(e).display) === 'table-header-group', 'head repeats');
		expect(await page.$eval('form.search', e => getComputedStyle(e).display) === 'none', 'no form on paper');
		const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
		const box = pdf.match(/\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/);
		expect(box && Math.round(box[1]) === 1191 && Math.round(box[2]) === 842, `paper ${box}`);
		await page.context().close();
	});

	test('ledger board: ticked rows become one text a unit in two clicks, then numbers', async () => {
		const page = await open('sifa');
		await page.goto(`${server.url}/board`);
		const groups = await page.$$eval('section.group caption', l => l.map(e => e.textContent));
		expect(groups[0] === '即将到期' && groups[1] === '接管时已逾期', `groups ${groups}`);
		const ticks = await page.$$('section.group:first-of-type input[name=t]');
		expect(ticks.length >= 1, 'rows to tick');
		await page.$eval('[data-tick-all]', e => e.click()); // first click: all of the group
		expect((await page.$$('input[name=t]:checked')).length === ticks.length, 'only this group is ticked');
		await page.click('.stay button'); // second click
		const texts = await page.$$eval('textarea[readonly]', l => l.map(e => e.value));
		expect(texts.length > 0 && texts.every(t => t.includes('即将到期') && t.includes('余 16 天到期')), texts.join('\n'));
		check(await pageFaults(page, picture('programme-letters')), 'letters');
		await page.goto(`${server.url}/board`);
		expect(!(await page.textContent('main')).includes('未办结的提醒'), 'nothing was recorded by looking');
		await page.goBack();
		await page.$eval('main details', e => { e.open = true; });
		await page.fill('main details textarea', '请在年底前完成。');
		await page.click('.buttons .button');
		expect(page.url().includes('/board/sent?m='), `went to ${page.url()}`);
		const sent = await page.$$eval('textarea[readonly]', l => l.map(e => e.value));
		expect(sent.length === texts.length && sent[0].includes('〔2026〕1号') && sent[0].includes('请在年底前完成。'), sent[0]);
		check(await pageFaults(page, picture('programme-sent')), 'sent');
		await page.goto(`${server.url}/board`);
		expect((await page.textContent('main')).includes('未办结的提醒'), 'open reminders are listed');
		check(await pageFaults(page), 'board with reminders');
		await page.context().close();
	});

	test('ledger board: a unit sees its own rows and reminds nobody', async () => {
		const page = await open('danwei1');
		await page.goto(`${server.url}/board`);
		expect(await page.$('input[name=t]') === null, 'no boxes');
		const units = await page.$$eval('section.group tr.part', l => l.map(e => e.textContent.trim()));
		expect(units.every(u => u === server.accounts.danwei1.unit), `sees ${units}`);
		expect((await page.goto(`${server.url}/board/letter?t=1-1`)).status() === 403, 'letters are refused');
		await page.context().close();
	});

	test('ledger unit: signs all, saves what changed, refuses beside the row', async () => {
		const page = await open('danwei1');
		const unit = await unitOf(page, 'danwei1');
		await page.goto(server.url + unit);
		const n = (await page.$$('input[name=t]')).length;
		await page.click('button[value=sign-all]');
		expect((await page.textContent('.panel')).includes(`共 ${n} 项`), 'signed in one click');
		expect(await page.$('button[value=sign-all]') === null, 'nothing left to sign');
		await page.click('.stay .button');
		expect((await page.textContent('.summary')).includes('没有改动过的进展'), 'nothing changed, nothing saved');
		await page.goto(server.url + unit);
		await page.fill('td textarea >> nth=0', '已经形成初稿。');
		await page.click('.stay .button');
		expect((await page.textContent('.panel')).includes('共 1 项'), 'one row changed, one act');
		expect(await page.inputValue('td textarea >> nth=0') === '已经形成初稿。', 'the last text stands there');
		// One text for two tasks.
		await page.check('input[name=t] >> nth=0');
		await page.check('input[name=t] >> nth=1');
		await page.fill('#same', '两项任务合并推进。');
		await page.click('button[value=same]');
		expect((await page.textContent('.panel')).includes('共 2 项'), 'one text answers two tasks');
		expect(await page.inputValue('td textarea >> nth=1') === '两项任务合并推进。', 'in the second too');
		// One of two is refused; the other is done, and what was typed stays.
		await page.check('input[name=t] >> nth=0');
		await page.check('input[name=t] >> nth=1');
		await page.fill('td textarea >> nth=0', '');
		await page.fill('td textarea >> nth=1', '已经全部完成。');
		await page.click('button[value=apply]');
		expect((await page.$$('.summary li')).length === 1, 'one refusal');
		expect((await page.$$('td p.wrong')).length === 1, 'beside its row');
		check(await pageFaults(page, picture('programme-refused')), 'refused');
		await page.goto(server.url + unit);
		const states = await page.$$eval('td.state .badge', l => l.map(e => e.textContent));
		expect(states.filter(s => s === '申请销号' || s === '已报送').length === 1, `states ${states}`);
		await page.context().close();
	});

	test('ledger unit: a text that somebody changed meanwhile is not overwritten', async () => {
		const first = await open('danwei2'), second = await open('danwei2');
		const unit = await unitOf(first, 'danwei2');
		await first.goto(server.url + unit);
		await first.click('button[value=sign-all]');
		await first.goto(server.url + unit);
		await second.goto(server.url + unit);
		await first.fill('td textarea >> nth=0', '第一稿。');
		await first.click('.stay .button');
		await second.fill('td textarea >> nth=0', '第二稿。');
		await second.click('.stay .button');
		expect((await second.$$('td p.wrong')).length === 1, 'refused as stale');
		expect(await second.inputValue('td textarea >> nth=0') === '第二稿。', 'what was typed stays');
		await first.goto(server.url + unit);
		expect(await first.inputValue('td textarea >> nth=0') === '第一稿。', 'the first stands');
		await first.context().close();
		await second.context().close();
	});

	test('ledger unit: the office enters for a unit, others do not', async () => {
		const page = await open('sifa');
		const unit = await unitOf(page, 'danwei3');
		await page.goto(server.url + unit);
		expect((await page.textContent('.notice')).includes('代录'), 'says so');
		await page.click('button[value=sign-all]');
		await page.fill('td textarea >> nth=0', '据该单位报回的表格录入。');
		await page.click('.stay .button');
		expect((await page.textContent('.panel')).includes('共 1 项'), 'entered');
		const own = await open('danwei3');
		await own.goto(server.url + unit);
		expect(await own.inputValue('td textarea >> nth=0') === '据该单位报回的表格录入。', 'the unit sees it');
		const other = await open('danwei1');
		await other.goto(server.url + unit);
		expect(await other.$('td textarea') === null, 'another unit cannot enter');
		expect(!(await other.content()).includes('据该单位报回的表格录入'), 'nor read it');
		const answer = await other.request.post(server.url + unit, { form: { csrf:
			await other.getAttribute('input[name=csrf]', 'value'), do: 'sign-all', key: 'x' } });
		expect(answer.status() === 403, `a post is refused: ${answer.status()}`);
		for (const p of [page, own, other])
			await p.context().close();
	});
}
