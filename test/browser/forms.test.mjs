// A plan adopted in the browser, forms sent to its units, returned files merged: one damaged, one
// of another round, one of another unit, one with rows changed, missing and twice, one as CSV.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { runStart, pageOpen, pageFaults, login, sizes, test, check } from './lib.mjs';
import { unzip, fillIn, column } from './workbook.mjs';

const root = join(import.meta.dirname, '../..');
const real = join(root, '../shared/sources/003_0a28174be0e00f4e.txt');
const plan = existsSync(real) ? { file: real, tasks: '174', damage: '7' }
	: { file: join(root, 'test/golden/plans/table.txt'), tasks: null };

export default async function (env) {
	const server = await runStart(env.binary);
	env.atEnd.push(() => server.stop());
	const open = async size => {
		const page = await pageOpen(env.browser, server.url, size);
		page.setDefaultTimeout(30000);
		await login(page, server.url, 'sifa', server.accounts.sifa.password);
		return page;
	};
	const looks = async (page, where) =>
		check(await pageFaults(page, env.pictures && { folder: env.pictures, name: `${where}-${page.size.name}` }), where);
	const next = page => page.click('main button.button:not(.second)');
	const text = (page, where) => page.textContent(where);
	const expect = (is, what) => {
		if (!is)
			throw new Error(what);
	};

	test('import a plan', async () => {
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
		if (plan.tasks)
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
		await next(page);
		await page.waitForURL(/plan\/\d+$/);
		expect((await text(page, 'main')).includes('已印发'), 'the plan is adopted');
		await looks(page, 'plan');
		await page.context().close();
	});

	test('the same plan again', async () => {
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

	test('forms out and in', async () => {
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
}
