// The whole path in one store: a plan adopted in the browser, forms sent to its units and returned
// files merged (one damaged, one of another round, one of another unit, one with rows changed, missing
// and twice, one as CSV); tasks signed, reported, sent back, verified; reminders; a plan from its first
// draft to its number; what is published; the record verified. Then every page of what has come of it.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runStart, pageOpen, pageFaults, login, sizes, test, check } from './lib.mjs';
import { unzip, fillIn, column } from './workbook.mjs';
import { sweep } from './sweep.mjs';

const root = join(import.meta.dirname, '../..');
const real = join(root, '../shared/sources/003_0a28174be0e00f4e.txt');
// Without it the demo county's plan of other years.
const another = () => ({ name: '方案.txt', mimeType: 'text/plain', buffer: Buffer.from(
	readFileSync(join(root, 'demo/plan.txt'), 'utf8').replaceAll('2026—2030年', '2016—2020年')) });
const plan = existsSync(real) ? { file: real, tasks: '174' } : { file: another(), tasks: '24' };

export default async function (env) {
	const server = await runStart(env.binary);
	env.atEnd.push(() => server.stop());
	const cookies = {}; // of those who logged in once: passwords are dear to check
	const as = async (who, size = sizes[2]) => {
		const page = await pageOpen(env.browser, server.url, size);
		page.setDefaultTimeout(30000);
		if (cookies[who]) {
			await page.context().addCookies(cookies[who]);
		} else if (who) {
			await login(page, server.url, who, server.accounts[who].password);
			cookies[who] = (await page.context().cookies()).filter(c => c.name === 'session');
		}
		return page;
	};
	const open = size => as('sifa', size);
	const seeds = []; // addresses that few links lead to, for the look at every page
	const looks = async (page, where) =>
		check(await pageFaults(page, env.pictures && { folder: env.pictures, name: `${where}-${page.size.name}` }), where);
	// The one primary button; every answer is a page.
	const next = async page => {
		const loaded = page.waitForEvent('load');
		await page.click('main button.button:not(.second)');
		await loaded;
	};
	const text = (page, where) => page.textContent(where);
	const expect = (is, what) => {
		if (!is)
			throw new Error(what);
	};

	test('whole import a plan', async () => {
		const page = await open(sizes[2]);
		await page.goto(`${server.url}/plan/import`);
		await next(page);
		expect((await text(page, '.summary')).includes('请选择文件'), 'no file is refused');
		await page.setInputFiles('#file', { name: '秘密.txt', mimeType: 'text/plain', buffer: Buffer.from('秘密★1年\n某县方案\n') });
		await next(page);
		expect((await text(page, '.summary')).includes('涉密'), 'a secret file is refused');
		await page.setInputFiles('#file', plan.file);
		await next(page);
		await page.waitForURL(/import\/[0-9a-f]{16}$/);
		expect((await text(page, '.figures')).includes(plan.tasks), 'tasks are counted');
		await looks(page, 'import-review');
		const take = page.locator('input[value=take]'), n = await take.count();
		for (let i = 0; i < n; i++)
			await take.nth(i).check();
		await next(page);
		if (n) {
			expect(await page.locator('input[name^=undo]').count() === n, 'what was put back is listed');
			expect(await page.locator('input[value=take]').count() === 0, 'and is no damage any more');
			await next(page);
		}
		await page.waitForURL(/names$/);
		await looks(page, 'import-names');
		for (const select of await page.locator('select').all())
			if (await select.inputValue() === '')
				await select.selectOption('unit');
		await next(page);
		await page.waitForURL(/confirm$/);
		await page.fill('#title', '方案甲');
		await page.fill('#outer', '2020-12-31');
		await looks(page, 'import-confirm');
		const last = page.url();
		await next(page);
		await page.waitForURL(/plan\/\d+$/);
		expect((await text(page, 'main')).includes('已印发'), 'the plan is adopted');
		await looks(page, 'plan');
		await page.goto(last);
		expect((await text(page, 'main')).includes('这份导入已经办结'), 'who goes back is told what became of it');
		await page.context().close();
	});

	test('whole the same plan again', async () => {
		const page = await open(sizes[0]);
		await page.goto(`${server.url}/plan/import`);
		await page.setInputFiles('#file', plan.file);
		await next(page);
		await page.waitForURL(/import\/[0-9a-f]{16}$/);
		expect((await text(page, '.notice')).includes('已经导入过'), 'the same file is noticed');
		await looks(page, 'import-again');
		await page.goto(`${page.url()}/names`);
		expect(await page.locator('main select').count() === 0, 'every name was settled once');
		await page.goto(page.url().replace('/names', '/confirm'));
		await page.fill('#title', '方案甲');
		await page.fill('#outer', '2020-12-31');
		await next(page);
		await page.waitForSelector('.summary');
		expect(await page.locator('.summary a[href="#title"]').count() === 1, 'the name is taken');
		await page.context().close();
	});

	test('whole forms out and in', async () => {
		const page = await open(sizes[2]);
		const rounds = [];
		for (const title of ['上半年进展', '下半年进展']) {
			await page.goto(`${server.url}/forms`);
			await page.fill('#title', title);
			await next(page);
			await page.waitForURL(/forms\/\d+$/);
			rounds.push(page.url());
		}
		await page.goto(`${server.url}/forms`);
		await looks(page, 'forms');
		await next(page);
		await page.waitForSelector('.summary');
		expect((await text(page, '.summary')).includes('轮次已达上限'), 'a third round is refused with its rule');
		await page.goto(rounds[1]);
		await looks(page, 'round');
		const get = async where => (await page.request.get(where)).body();
		const forms = [...unzip(await get(`${rounds[1]}/all.zip`))];
		const old = [...unzip(await get(`${rounds[0]}/all.zip`))];
		const rows = bytes => Object.keys(column(bytes, 'A')).map(Number).filter(r => /^\d+-/.test(column(bytes, 'A')[r]));
		forms.sort((a, b) => rows(b[1]).length - rows(a[1]).length);
		const [a, b, c] = forms, ra = rows(a[1]);
		expect(ra.length >= 4, 'the first unit has tasks');
		const code = column(a[1], 'A');
		const csv = Object.entries(code).filter(([, v]) => /^\d+-/.test(v)).length &&
			'任务代码,序号,具体任务,完成时限,办理阶段,进展情况,完成情况\n' +
			rows(c[1]).slice(0, 1).map(r => `${column(c[1], 'A')[r]},,"${column(c[1], 'C')[r]}",,,表格另存的进展,推进中\n`).join('');
		const file = (name, buffer) => ({ name, mimeType: 'application/octet-stream', buffer });
		const returned = [
			file(a[0], fillIn(a[1], { [`F${ra[0]}`]: '第一项进展', [`F${ra[1]}`]: '第二项进展',
				[`G${ra[1]}`]: '差不多', [`A${ra[2]}`]: code[ra[0]], [`F${ra[2]}`]: '重复的行' }, [ra[3]])),
			file('坏.xlsx', a[1].subarray(0, 900)),
			file('旧.xlsx', old.find(f => f[0].startsWith(a[0].split('-')[0]))[1]),
			file(b[0], fillIn(b[1], { [`A${rows(b[1])[0]}`]: code[ra[0]], [`F${rows(b[1])[0]}`]: '别的单位' })),
			file('表.csv', Buffer.from(csv)),
			...forms.slice(3, 28).map(f => file(f[0], fillIn(f[1], { [`F${rows(f[1])[0]}`]: '按计划推进' }))),
		];
		await page.setInputFiles('#files', returned);
		const begin = Date.now();
		await next(page);
		await page.waitForURL(/forms\/in\//);
		const seconds = (Date.now() - begin) / 1000;
		expect(seconds < 20, `${returned.length} files took ${seconds} s`);
		const problems = await page.locator('main table').first().innerText();
		for (const word of ['旧表', '重复报送', '不是本单位的', '推进中”或者“已完成', '缺少该单位的第', '坏.xlsx'])
			expect(problems.includes(word), `not said: ${word}\n${problems}`);
		await looks(page, 'merge');
		const back = await page.locator('a[href*="/back/"]').first().getAttribute('href');
		const answer = await get(server.url + back);
		expect(Object.values(column(answer, 'K')).some(t => t.includes('已完成')), 'bad rows come back with what is wrong');

		const merge = page.url();
		seeds.push(rounds[1], merge, `${server.url}${back}`);
		const before = await page.locator('main ins').count();
		await page.locator('tr', { hasText: '推进中”或者“已完成' }).locator('a').click();
		await page.waitForURL(/row/);
		await looks(page, 'merge-row');
		await page.check('input[name=status][value=推进中]');
		await next(page);
		await page.waitForURL(merge);
		expect(await page.locator('main ins').count() === before + 1, 'the corrected row is taken');
		expect((await page.locator('main ins').allInnerTexts()).includes('第一项进展'), 'the new text is shown');
		await next(page);
		await page.waitForSelector('.panel');
		expect(await page.locator('main ins').count() === 0, 'all ticked rows are written');
		await page.goto(rounds[1]);
		expect((await text(page, 'main table')).includes('已报回'), 'the unit has returned its form');
		const again = unzip(await get(`${rounds[1]}/all.zip`)).get(a[0]);
		expect(column(again, 'F')[ra[0]] === '第一项进展', 'the last text is filled in next time');
		await page.context().close();
	});

	const main = page => page.textContent('main');
	const numberOf = async page => (await page.url()).match(/\d+$/)[0];
	// Opens the form of an act of this page's matter, fills it in, sends it.
	const act = async (page, title, fill = {}) => {
		await page.click(`main a:text-is("${title}")`);
		for (const [id, value] of Object.entries(fill))
			await page.fill(`#${id}`, value);
		await next(page);
	};
	const done = async (page, title) => {
		const panel = page.locator('.panel');
		expect(await panel.count() && (await panel.textContent()).includes(`已办理：${title}`),
			`${title}: ${(await page.innerText('main')).slice(0, 600)}`);
	};

	// The justice bureau's own task: it cannot verify itself.
	test('whole a task signed, reported, sent back, verified', async () => {
		const page = await as('sifa'), office = await as('zhengfuban');
		await page.goto(`${server.url}/ledger`);
		await page.click('.tabs a:has-text("安和县")');
		await page.click('tbody th a:has-text("清理没有法律依据的证明材料")');
		const task = page.url();
		await next(page);
		await done(page, '签收');
		await act(page, '报送进展', { report: '已清理证明事项二十项。' });
		await done(page, '报送进展');
		await act(page, '申请销号、报送', { report: '清理完成，目录已经公布。' });
		await done(page, '申请销号、报送');
		expect(await page.locator('main .button:text-is("审核销号")').count() === 0, 'who leads may not verify');
		await office.goto(`${server.url}/?show=verify`);
		await office.click('main table a >> nth=0');
		expect(office.url() === task, 'it waits for the government office');
		await office.click('main a:text-is("退回补充")');
		await office.fill('#back-reason', '请补充公布目录的文号。');
		await office.click('label:text-is("县司法局")');
		await next(office);
		await done(office, '退回补充');
		await page.goto(task);
		expect((await main(page)).includes('请补充公布目录的文号'), 'why it came back');
		await act(page, '申请销号、报送', { report: '目录以县政府公告第3号公布。' });
		await done(page, '申请销号、报送');
		await office.goto(task);
		await next(office);
		await done(office, '审核销号');
		expect((await main(office)).includes('已销号'), 'it is closed');
		await page.context().close();
		await office.context().close();
	});

	test('whole units sign, object, ask and are answered', async () => {
		const page = await as('danwei1');
		await page.goto(server.url);
		await page.click('main .button:has-text("全部任务")');
		await page.click('button[value=sign-all]');
		await page.waitForSelector('.panel');
		await page.click('tbody th a >> nth=0');
		await page.click('main a:text-is("请配合单位提供情况")');
		await page.selectOption('#asked', { label: server.accounts.sifa.unit });
		await page.fill('#question', '请提供本单位权责清单修订情况。');
		await next(page);
		await page.waitForURL(/\/m\/inquiry\/\d+/);
		const other = await as('danwei3');
		await other.goto(server.url);
		await other.click('main table a >> nth=0');
		await act(other, '不应由我单位牵头', { objection: '该项职责已经划转，应由县司法局牵头。' });
		await other.waitForSelector('.panel');
		await page.context().close();
		await other.context().close();
	});

	test('whole late tasks are reminded of', async () => {
		const page = await as('sifa');
		await page.goto(`${server.url}/board`);
		await page.$eval('[data-tick-all]', e => e.click());
		await page.click('.stay button');
		expect(await page.locator('textarea[readonly]').count() > 0, 'a text for each unit');
		seeds.push(page.url());
		await page.click('.buttons .button');
		await page.waitForURL(/board\/sent/);
		seeds.push(page.url());
		const letters = await page.$$eval('textarea[readonly]', l => l.map(e => e.value));
		expect(letters.every(t => t.includes('提醒〔2018〕')), `numbers: ${letters[0]}`);
		await page.goto(`${server.url}/board`);
		await page.click('main table a[href^="/m/reminder/"] >> nth=0');
		expect((await main(page)).includes('已提醒'), 'a reminder runs');
		expect(letters.includes((await page.inputValue('#document-0')).trim()) ||
			(await page.inputValue('#document-0')).includes('提醒〔2018〕'), 'and shows its letter');
		await page.goto(`${server.url}/new/hand-over/begin`);
		for (const [id, label] of [['unit', '县司法局'], ['giver', '演示甲'], ['receiver', '演示壬'], ['head', '演示癸']])
			await page.selectOption(`#${id}`, { label });
		await page.fill('#cause', '轮岗');
		await next(page);
		seeds.push(`${page.url().replace(/\?.*/, '')}/list`); // handed over is what reminds: its list is a page too
		await page.context().close();
	});

	const draft = `安和县2018年法治政府建设工作要点

一、规范行政执法
1．修订行政执法案卷评查标准。（县司法局牵头，县市场监管局配合，2018年9月底前完成）
2．清理涉企行政检查事项。（县市场监管局牵头，县司法局配合，2018年12月底前完成）
二、推进政务公开
3．公布本级权责清单。（县委编办牵头，县司法局配合，2018年10月底前完成）
`;
	const importDraft = async (page, name, words) => {
		await page.goto(`${server.url}/plan/import`);
		await page.setInputFiles('#file', { name, mimeType: 'text/plain', buffer: Buffer.from(words) });
		await next(page);
		await page.waitForURL(/import\/[0-9a-f]{16}$/);
	};
	let adoption; // number of the adoption drafted here
	test('whole a plan from its draft to its number', async () => {
		const page = await as('sifa'), unit = await as('danwei1');
		await importDraft(page, '要点.txt', draft);
		await page.goto(`${page.url()}/confirm`);
		await page.check('input[name=mode][value=draft]');
		await page.fill('#outer', '2018-12-31');
		await next(page);
		await page.waitForURL(/plan\/\d+$/);
		const plan = page.url();
		adoption = await numberOf(page);
		expect((await main(page)).includes('拟订'), 'a draft');
		await page.click('main a:text-is("征求意见")');
		await page.check(`main label:text-is("${server.accounts.danwei1.unit}")`);
		await next(page);
		await page.goto(plan);
		expect((await main(page)).includes('征求意见'), 'units are asked');
		await unit.goto(plan);
		await unit.click('main a:text-is("提出意见")');
		await unit.check('main input[value=change]');
		await next(unit);
		await unit.waitForSelector('.summary');
		expect((await text(unit, '#reason-error')).includes('应当写明理由'), 'refused beside its field');
		await unit.fill('#reason', '第三项建议由县司法局牵头。');
		await next(unit);
		await done(unit, '提出意见');
		// Presented on paper before every opinion was answered: registered as it happened, with its doubt.
		await page.goto(plan);
		expect(await page.locator('main a:text-is("提请审议")').count() === 0 &&
			(await main(page)).includes('尚未逐条写明'), 'not before the opinions are answered');
		await page.goto(`${server.url}/m/plan-adoption/${adoption}/do/present`);
		await page.check('input[name=registered]');
		await next(page);
		await page.goto(`${server.url}/m/plan-adoption/${adoption}`);
		expect((await text(page, '.notice')).includes('尚未逐条写明'), 'a doubt, not a refusal');
		await looks(page, 'doubt');
		await page.click('.notice a:text-is("处理疑点")');
		await looks(page, 'settle');
		await page.fill('#reason', '会前已经逐条沟通，意见采纳情况另附。');
		await next(page);
		await page.goto(`${server.url}/m/plan-adoption/${adoption}`);
		expect(await page.locator('.notice').count() === 0, 'the doubt is settled');
		await page.goto(`${server.url}/m/plan-adoption/${adoption}/do/adopt`);
		await next(page);
		await page.waitForSelector('.summary');
		expect((await text(page, '.summary')).includes('注明文号'), 'no number, not adopted');
		await page.fill('#meeting', '县政府第12次常务会议');
		await page.fill('#number', '安政发〔2018〕12号');
		await page.fill('#adopted-on', '2018-06-01');
		await next(page);
		await page.goto(plan);
		expect((await main(page)).includes('已印发'), `adopted: ${await main(page)}`);
		await page.goto(`${server.url}/ledger`);
		expect(await page.locator('.tabs a').count() >= 3, 'three plans side by side');
		await page.click('.tabs a:has-text("工作要点")');
		expect(await page.locator('tbody tr:not(.part)').count() === 3, 'its three tasks are issued');
		await page.context().close();
		await unit.context().close();
	});

	test('whole a correction keeps what stood there', async () => {
		const page = await as('sifa');
		await page.goto(`${server.url}/m/plan-adoption/${adoption}`);
		await page.click('main a:text-is("更正")');
		await looks(page, 'correct');
		await page.fill('#number', '安政发〔2018〕13号');
		await next(page);
		await page.waitForSelector('.summary');
		await page.fill('#reason', '文号登记错误。');
		await next(page);
		await page.waitForSelector('.panel');
		const words = await main(page);
		expect(words.includes('安政发〔2018〕13号') && words.includes('原为：安政发〔2018〕12号'), 'both values are seen');
		await page.context().close();
	});

	test('whole one row is corrected and the others stay', async () => {
		const page = await as('sifa');
		const form = `${server.url}/m/plan-adoption/${adoption}/do/correct`;
		const rows = 'main details >> nth=0';
		await page.goto(form);
		expect(await page.locator('fieldset.row').count() === 0, 'no form of all rows');
		const links = await page.locator(`${rows} >> li a`).allTextContents();
		expect(links.length === 4, `three tasks, and one more: ${links}`);
		await page.click(`${rows} >> summary`);
		await page.click(`${rows} >> li a >> nth=1`);
		expect(await page.locator('fieldset.row').count() === 1, 'this row alone');
		await looks(page, 'correct-row');
		const words = await page.inputValue('[name="tasks.1.text"]');
		await page.fill('[name="tasks.1.text"]', `${words}（更正）`);
		await next(page);
		await page.waitForSelector('.summary');
		expect(await page.inputValue('[name="tasks.1.text"]') === `${words}（更正）`, 'what was typed is kept');
		await page.fill('#reason', '文字有误。');
		await next(page);
		await page.waitForSelector('.panel');
		await page.goto(`${form}?row=tasks.1`);
		expect(await page.inputValue('[name="tasks.1.text"]') === `${words}（更正）`, 'the row is corrected');
		await page.goto(form);
		const after = await page.locator(`${rows} >> li a`).allTextContents();
		expect(after.length === 4 && after[0] === links[0] && after[2] === links[2], `the others stay: ${after}`);
		expect((await page.goto(`${form}?row=tasks.9`)).status() === 404, 'no such row');
		await page.goto(`${server.url}/m/plan-adoption/${adoption}/do/add-tasks`);
		expect(await page.locator('fieldset.row').count() === 1, 'one empty row');
		await page.fill('[name="added.0.text"]', '增补的任务');
		await page.click('text=再加一行');
		expect(await page.locator('fieldset.row').count() === 2 &&
			await page.inputValue('[name="added.0.text"]') === '增补的任务', 'one more, and nothing lost');
		await page.context().close();
	});

	test('whole personal values are sealed', async () => {
		const page = await as('sifa');
		await page.goto(`${server.url}/new/persons/put`);
		await page.fill('#name', '李封存');
		await page.fill('#phone', '0000-1234567');
		await next(page);
		await page.goto(`${server.url}/register/persons`);
		await page.click('main table a:has-text("李封存")');
		expect(!(await main(page)).includes('0000-1234567'), 'not by scrolling past');
		await page.click('main a[href*="/sealed/"] >> nth=0');
		await looks(page, 'sealed');
		seeds.push(page.url());
		await page.goto(`${server.url}/units`);
		await page.click('main table a:text-is("县司法局")');
		seeds.push(page.url());
		await page.context().close();
	});

	test('whole what is published, what is compiled', async () => {
		const page = await as('sifa'), anyone = await as(null);
		await page.goto(`${server.url}/publish`);
		await page.click('tbody a >> nth=0');
		await page.fill('#secrecy', '经保密审查，不含国家秘密和工作秘密，可以公开。');
		await page.click('main button');
		await page.waitForSelector('text=正在公示');
		await anyone.goto(`${server.url}/open`);
		await anyone.click('main li a');
		expect((await main(anyone)).includes('推进中'), 'anybody reads how it goes');
		await page.goto(`${server.url}/yearly`);
		await page.click('main a.button');
		await page.selectOption('#plan', { index: 1 });
		await page.selectOption('#office', { label: server.accounts.sifa.unit });
		await page.fill('#title', '法治政府建设2018年进展报告');
		await page.fill('#year', '2018');
		await page.check(`label:has-text("${server.accounts.danwei1.unit}") >> nth=0`);
		await page.fill('#collect-by', '2018-12-14');
		await next(page);
		await page.waitForSelector('.panel, .facts');
		await page.context().close();
		await anyone.context().close();
	});

	test('whole search', async () => {
		const lines = ['第一条', '第二条'].map((art, i) => JSON.stringify({ id: `a${i}`, title: '养蜂管理办法', date: '2015-03-01',
			path: '第一章 总则', art, text: `${i ? '蜂农' : '养蜂者'}应当依法办理登记，养蜂场所不得扰民。` }));
		writeFileSync(join(server.folder, 'articles.jsonl'), `${lines.join('\n')}\n`);
		execFileSync(env.binary, ['search', 'import', join(server.folder, 'articles.jsonl'),
			'--store', `sqlite:${server.folder}/zhunsheng.db`]);
		const page = await as(null);
		await page.goto(server.url);
		await page.fill('.find input', '养蜂管理辦法第二條');
		await page.press('.find input', 'Enter');
		await page.waitForURL(/\/search\?/);
		expect(await page.locator('.found li').count() === 1, 'one article is found');
		expect(await page.locator('.found mark').count() > 0, 'what was asked for is marked');
		await looks(page, 'search');
		await page.click('.found a');
		expect((await page.inputValue('textarea')).includes('蜂农应当依法办理登记'), 'its text may be copied');
		expect((await page.inputValue('textarea')).includes('（《养蜂管理办法》第一章 总则 第二条）'), 'with its source');
		seeds.push(page.url());
		await looks(page, 'search-one');
		// While it is typed the box suggests, without a mouse; an article that the library holds leads there.
		await page.goto(server.url);
		await page.locator('.find input').pressSequentially('养蜂');
		await page.waitForSelector('.suggest li:has-text("养蜂管理办法")');
		expect(await page.getAttribute('.find input', 'aria-expanded') === 'true', 'the list is said to be open');
		await looks(page, 'search-suggest');
		await page.press('.find input', 'Escape');
		expect(!await page.isVisible('.suggest ul'), 'Escape closes it');
		expect(await page.inputValue('.find input') === '养蜂', 'and leaves what was typed');
		await page.locator('.find input').pressSequentially('管');
		await page.waitForSelector('.suggest li');
		await page.press('.find input', 'ArrowDown');
		await page.press('.find input', 'Enter');
		await page.waitForURL(/\/search\?q=/);
		expect(await page.locator('.found li').count() === 2, 'both articles of the title');
		// A task is found by who may read it, and by nobody else before it is public.
		const inside = await open(sizes[0]);
		await inside.goto(`${server.url}/ledger`);
		const task = (await inside.textContent('main a[href^="/task/"]')).trim().slice(0, 8);
		const count = async p => {
			await p.goto(`${server.url}/search?q=${encodeURIComponent(task)}&kind=task`);
			return p.locator('.found li').count();
		};
		for (let tries = 0; await count(inside) === 0 && tries < 40; tries++)
			await inside.waitForTimeout(250);
		expect(await count(inside) > 0, `${task} is found inside`);
		await looks(inside, 'search-inside');
		expect(await count(page) === 0, `${task} is not found outside`);
		const suggested = async p => (await p.request.get(`${server.url}/search/suggest?q=${encodeURIComponent(task)}`)).text();
		expect((await suggested(inside)).includes(task), `${task} is suggested inside`);
		expect(!(await suggested(page)).includes(task), `${task} is not suggested outside`);
		await page.context().close();
		await inside.context().close();
	});

	test('whole the record is verified', async () => {
		const page = await as('sifa');
		await page.goto(`${server.url}/record/check`);
		await page.click('text=校验全部记录');
		await page.waitForSelector('text=校验通过');
		await page.context().close();
	});

	test('whole an import waits for its review', async () => {
		const page = await as('sifa');
		await importDraft(page, '要点二.txt', draft.replace('工作要点', '整改清单').replace('9月底', '9底'));
		seeds.push(page.url(), `${page.url()}/tasks`, `${page.url()}/names`, `${page.url()}/confirm`);
		await page.context().close();
	});

	sweep(env, { server, as, seeds: () => [...seeds, '/search?q=养蜂', '/clock/sheet?start=2026-09-21&term=20个工作日', '/search?q=，', '/statutes/行政处罚法/compare', '/search?q=任务&from=x', '/open/verify', '/open', '/law/procedure/penalty', `/m/plan-adoption/${adoption}`] });
}
