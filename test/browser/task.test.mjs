// A task from its signing to its 销号, as four people at four screens do it; then the pages of units and people.
import { runStart, pageOpen, pageFaults, login, sizes, test, check } from './lib.mjs';

export default async function (env) {
	const server = await runStart(env.binary, 'demo/plan.txt', '2026-03-02');
	env.atEnd.push(() => server.stop());
	const picture = (name, size) => env.pictures && { folder: env.pictures, name: `${name}-${size.name}` };
	const cookies = {}; // of those who logged in once: passwords are dear to check
	const open = async (who, size = sizes[2]) => {
		const page = await pageOpen(env.browser, server.url, size);
		if (who && cookies[who]) {
			await page.context().addCookies(cookies[who]);
		} else if (who) {
			await login(page, server.url, who, server.accounts[who].password);
			cookies[who] = (await page.context().cookies()).filter(c => c.name === 'session');
		}
		return page;
	};
	const want = async (page, selector, text) => {
		const found = await page.textContent(selector);
		if (!found.includes(text))
			throw new Error(`${selector} of ${page.url()} lacks “${text}”: ${found.slice(0, 300)}`);
	};
	let held; // the address of its file
	let task; // the address of the market bureau's task

	test('task first page', async () => {
		const page = await open(null);
		await page.goto(`${server.url}/`);
		check(await pageFaults(page, picture('public', sizes[2])), 'public');
		await page.context().close();
		for (const size of sizes.slice(1, 3)) {
			const desk = await open('sifa', size);
			await desk.goto(`${server.url}/`);
			await want(desk, 'main', '今日待办');
			check(await pageFaults(desk, picture('desk', size)), 'desk');
			await desk.click('.figures a >> nth=0');
			check(await pageFaults(desk), 'one figure opened');
			await desk.context().close();
		}
	});
	test('task signed with one click', async () => {
		const page = await open('danwei3');
		await page.goto(`${server.url}/`);
		await want(page, 'main', '本单位待办');
		check(await pageFaults(page, picture('desk-unit', sizes[2])), 'desk of a unit');
		await page.click('main table a >> nth=0');
		task = page.url();
		check(await pageFaults(page, picture('task-issued', sizes[2])), 'issued');
		await page.click('main .button');
		await want(page, '.panel', '已办理：签收');
		await want(page, 'main', '已签收');
		await page.click('main a[href^="/law/procedure/task"]'); // by which rules it runs
		await want(page, 'h1', '任务');
		await page.context().close();
	});
	test('task refused beside its field', async () => {
		const page = await open('danwei3');
		await page.goto(task);
		await page.click('main a.button');
		for (const size of sizes.slice(1, 2)) {
			const other = await open('danwei3', size);
			await other.goto(page.url());
			check(await pageFaults(other, picture('form', size)), 'form');
			await other.context().close();
		}
		await page.fill('#done', '2026-02-30');
		await page.fill('#report', '适用说明已经印发');
		await page.click('main form .button:not(.second)');
		await want(page, '#done-error', '日期无效');
		if (await page.inputValue('#report') !== '适用说明已经印发')
			throw new Error('what was typed is lost');
		await page.fill('#done', '');
		await page.click('main form .button:not(.second)');
		await want(page, '#done-error', '请填写日期');
		check(await pageFaults(page, picture('form-refused', sizes[2])), 'refused');
		await page.context().close();
	});
	test('task reported with rows and a file', async () => {
		const page = await open('danwei3');
		await page.goto(`${task.replace('/task/', '/m/task/')}/do/apply`);
		await page.fill('#report', '适用说明已经印发');
		await page.click('text=再加三行');
		if (await page.locator('fieldset.row').count() !== 6 || await page.inputValue('#report') !== '适用说明已经印发')
			throw new Error('three more rows are not there, or the text is gone');
		await page.selectOption('[name="evidence.2.class"]', 'document');
		await page.selectOption('[name="evidence.2.form"]', 'upload');
		await page.fill('[name="evidence.2.value"]', '关于印发适用说明的通知');
		await page.setInputFiles('[name="evidence.2.files"]', [{ name: '机密.txt', mimeType: 'text/plain', buffer: Buffer.from('x') }]);
		await page.click('main form .button:not(.second)');
		await want(page, '.summary', '涉及国家秘密的文件不得在本系统存储');
		await page.setInputFiles('[name="evidence.2.files"]', [{ name: '通知.txt', mimeType: 'text/plain', buffer: Buffer.from('通知全文') }]);
		await page.click('main form .button:not(.second)');
		await want(page, '.panel', '已办理：申请销号');
		await want(page, 'main', '通知.txt');
		held = server.url + await page.getAttribute('main a:has-text("通知.txt") >> nth=0', 'href');
		const file = await page.request.get(held);
		if (await file.text() !== '通知全文' || !file.headers()['content-disposition'].includes(encodeURIComponent('通知.txt')))
			throw new Error('the file does not come back as it was sent');
		await page.context().close();
	});
	test('task masked from others', async () => {
		const page = await open('danwei2');
		await page.goto(task);
		const text = await page.textContent('main');
		if (text.includes('适用说明已经印发') || text.includes('通知.txt'))
			throw new Error('another unit reads what was reported');
		await want(page, 'main', '报送内容限任务涉及的单位');
		if ((await page.request.get(held)).status() !== 404)
			throw new Error('another unit reads the file');
		check(await pageFaults(page), 'masked');
		await page.context().close();
	});
	test('task sent back and reported again', async () => {
		const page = await open('sifa');
		await page.goto(task);
		await page.click('main a:text-is("退回补充")');
		await page.click('main form .button:not(.second)');
		await want(page, '#back-reason-error', '请填写');
		await page.fill('#back-reason', '请补充印发日期');
		await page.click('label:text-is("县市场监管局")');
		await page.click('main form .button:not(.second)');
		await want(page, '.panel', '退回补充');
		await page.context().close();
		const unit = await open('danwei3');
		await unit.goto(`${server.url}/`);
		await want(unit, 'main', '退回补充');
		await unit.goto(task);
		await want(unit, '.notice', '请补充印发日期');
		check(await pageFaults(unit, picture('task-returned', sizes[0])), 'returned');
		await unit.click('main a.button');
		if (await unit.inputValue('#report') !== '适用说明已经印发')
			throw new Error('the last text is not filled in');
		await unit.fill('#report', '适用说明已于3月1日印发');
		await unit.click('main form .button:not(.second)');
		await want(unit, '.panel', '申请销号');
		await unit.context().close();
	});
	test('task verified with one click', async () => {
		const page = await open('sifa');
		await page.goto(`${server.url}/?show=verify`);
		await page.click('main table a >> nth=0');
		if (page.url() !== task)
			throw new Error(`the list leads to ${page.url()}`);
		await page.click('main .button:text-is("审核销号")');
		await want(page, '.panel', '已办理：审核销号');
		check(await pageFaults(page, picture('task-done', sizes[2])), 'verified');
		await page.context().close();
	});
	test('task two people at once', async () => {
		const one = await open('sifa'), two = await open('sifa');
		const form = `${server.url}/m/units/${await unitNumber(one)}/do/put`;
		for (const page of [one, two])
			await page.goto(form);
		await one.fill('#short', '市监局');
		await two.fill('#aliases', '工商局');
		for (const page of [one, two]) // different fields: both stand
			await page.click('main form .button:not(.second)');
		await two.goto(form);
		if (await two.inputValue('#short') !== '市监局' || await two.inputValue('#aliases') !== '工商局')
			throw new Error('one of two changes of different fields is lost');
		await one.goto(form);
		await one.fill('#short', '县市监局');
		await one.click('main form .button:not(.second)');
		await two.fill('#short', '安和市监');
		await two.click('main form .button:not(.second)');
		await want(two, '#short-error', '县市监局');
		check(await pageFaults(two), 'changed meanwhile');
		await one.context().close();
		await two.context().close();
	});
	const unitNumber = async page => {
		await page.goto(`${server.url}/units`);
		return (await page.getAttribute('main table a:text-is("县市场监管局")', 'href')).match(/\d+/)[0];
	};
	test('task units and people', async () => {
		const page = await open('sifa');
		await page.goto(`${server.url}/units`);
		check(await pageFaults(page, picture('units', sizes[2])), 'units');
		await page.click('main table a:text-is("县市场监管局")');
		const people = page.url();
		check(await pageFaults(page, picture('people', sizes[2])), 'people');
		await page.click('text=核对无误');
		if (await page.locator('text=核对无误').count())
			throw new Error('the unit still waits to be confirmed');
		await page.click('text=登记人员');
		await page.fill('#name', '李新');
		await page.fill('#login', 'lixin');
		await page.click('main form .button:not(.second)');
		await page.click('text=登记岗位');
		await page.fill('#title', '法制科');
		await page.selectOption('#holder', { label: '李新' });
		await page.click('main form .button:not(.second)');
		await want(page, 'main table', '李新');
		await page.click('tr:has-text("法制科") >> text=岗位权限');
		await page.check('input[value=report-task]');
		check(await pageFaults(page), 'powers');
		await page.click('main form .button:not(.second)');
		await want(page, 'tr:has-text("法制科")', '报送进展');
		await page.click('tr:has-text("法制科") >> text=登录账号');
		await page.fill('#password', '一二三四五六七八');
		await page.fill('#again', '一二三四五六七');
		await page.click('main form .button:not(.second)');
		await want(page, '#again-error', '不一致');
		check(await pageFaults(page, null, ['lixin']), 'account');
		await page.fill('#password', '一二三四五六七八');
		await page.fill('#again', '一二三四五六七八');
		await page.click('main form .button:not(.second)');
		const other = await open(null);
		await login(other, server.url, 'lixin', '一二三四五六七八');
		await want(other, '.head', '李新');
		await page.goto(people);
		await page.click('tr:has-text("法制科") >> text=登录账号');
		await page.click('text=停用账号');
		await other.goto(`${server.url}/units`);
		if (!other.url().includes('/login'))
			throw new Error('a closed account still reads');
		await other.context().close();
		await page.goto(people);
		for (const name of ['groups', 'persons', 'names']) {
			await page.goto(`${server.url}/register/${name}`);
			check(await pageFaults(page), name);
		}
		await page.context().close();
	});
	test('task units without the power', async () => {
		const page = await open('danwei3');
		await page.goto(`${server.url}/units`);
		await page.click('main table a:text-is("县市场监管局")');
		if (await page.locator('text=登录账号').count() || await page.locator('text=登记人员').count())
			throw new Error('who may not keep units is offered to');
		await page.goto(`${page.url().replace('/unit/', '/person/').replace('/people', '')}/account`);
		await want(page, 'main', '没有找到');
		await page.context().close();
	});
}
