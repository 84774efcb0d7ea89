// Every component at every size, on the page that shows them all.
import { serverStart, pageOpen, pageFaults, login, sizes, test, check } from './lib.mjs';

export default async function (env) {
	const server = await serverStart(env.binary, ['--style', '--today', '2018-06-01', '--place', '示范县'],
		[['张三', '登录的密码 2018']]);
	env.atEnd.push(() => server.stop());
	const picture = (name, size) => env.pictures && { folder: env.pictures, name: `${name}-${size.name}` };

	for (const size of sizes) {
		const pages = [['style', '/style'], ['login', '/login'], ['missing', '/nowhere']];
		for (const [name, path] of size.type === 'large' ? pages.slice(0, 2) : pages)
			test(`components ${name} ${size.name}`, async () => {
				const page = await pageOpen(env.browser, server.url, size);
				await page.goto(server.url + path);
				check(await pageFaults(page, picture(name, size)), path);
				await page.context().close();
			});
		if (size.type === 'large' && size.width > 400)
			continue;
		test(`components refused ${size.name}`, async () => {
			const page = await pageOpen(env.browser, server.url, size);
			await page.goto(`${server.url}/style`);
			await page.fill('#text', '保留的文字');
			await page.click('main form button');
			if (await page.inputValue('#text') !== '保留的文字')
				throw new Error('what was typed is lost');
			check(await pageFaults(page, picture('refused', size)), 'refused');
			await page.click('.summary a');
			if (!(await page.url()).endsWith('#text'))
				throw new Error('the summary does not lead to the field');
			await page.context().close();
		});
	}
	// What the checks of every page are worth: each of these is put on a page that is in order.
	test('components faults are found', async () => {
		const page = await pageOpen(env.browser, server.url, sizes[0]);
		const faults = [
			['page is', '<p style="width:500px">示例</p>'],
			['wider than its box', '<div style="width:100px"><span style="display:block;width:90px;white-space:nowrap">很长的一行文字放不进这里</span></div>'],
			['higher than its box', '<p style="height:8px;overflow:hidden">示例文字</p>'],
			['scrolls without being focusable', '<div style="overflow:auto">示例</div>'],
			['crushed to', '<p style="width:30px">十二个字的文字放在一列里面了</p>'],
			['over one another', '<button>甲甲甲</button><button style="margin-left:-40px">乙乙乙</button>'],
			['stray word: task-7', '<p>task-7</p>'],
			['stray word: Save', '<button>Save</button>'],
			['stray word: units/3', '<p>见 units/3</p>'],
			['small target', '<button style="width:10px;height:10px;padding:0;min-width:0;min-height:0" aria-label="小"></button>'],
			['axe: color-contrast', '<p style="color:#bbb;background:#fff">看不清</p>'],
			['axe: label', '<input type="text">'],
			['axe: image-alt', '<img src="/static/zhunsheng.svg">'],
			['axe: list', '<ul><p>不是一项</p></ul>'],
			['axe: heading-order', '<h6>跳了几级</h6>'],
		];
		for (const [said, html] of faults) {
			await page.goto(`${server.url}/clock`);
			await page.evaluate(html => { // an attribute would be refused by the policy of the page
				const put = document.createElement('div');
				put.innerHTML = html.replaceAll('style=', 'data-style=');
				put.querySelectorAll('[data-style]').forEach(e => { e.style.cssText = e.dataset.style; });
				document.querySelector('main').append(put);
			}, html);
			const found = await pageFaults(page);
			if (!found.some(f => f.startsWith(said)))
				throw new Error(`${said} is not found in ${html}: ${found.join('; ') || 'nothing'}`);
		}
		await page.goto(`${server.url}/clock`);
		check(await pageFaults(page), 'in order again');
		await page.context().close();
	});
	test('components comforts', async () => {
		const page = await pageOpen(env.browser, server.url, sizes[2]);
		await page.goto(`${server.url}/style`);
		await page.setInputFiles('#file', [{ name: '甲.xlsx', mimeType: 'a/b', buffer: Buffer.from('x') },
			{ name: '乙.xlsx', mimeType: 'a/b', buffer: Buffer.from('y') }]);
		if (!(await page.textContent('.files')).includes('甲.xlsx、乙.xlsx'))
			throw new Error('the chosen files are not named');
		await page.check('[data-tick-all]');
		if (await page.locator('input[name=task]:checked').count() !== 6)
			throw new Error('one box does not tick them all');
		await page.context().close();
	});
	test('components login and logout', async () => {
		const page = await pageOpen(env.browser, server.url, sizes[0]);
		await page.goto(`${server.url}/clock?start=2026-09-21&term=3个月`);
		await login(page, server.url, '张三', '不对的密码');
		if (!(await page.textContent('.summary')).includes('登录名或者密码不正确'))
			throw new Error('a wrong password is not refused');
		await login(page, server.url, '张三', '登录的密码 2018');
		if (!(await page.textContent('.head')).includes('张三'))
			throw new Error('the head does not say who is logged in');
		await page.goto(`${server.url}/style`);
		check(await pageFaults(page, picture('logged-in', sizes[0])), 'logged in');
		await page.click('.head button');
		if ((await page.textContent('.head')).includes('张三'))
			throw new Error('logout does not end the session');
		await page.context().close();
	});
	test('components work without scripts', async () => {
		const context = await env.browser.newContext({ javaScriptEnabled: false, locale: 'zh-CN' });
		const page = await context.newPage();
		await page.goto(`${server.url}/style`);
		if (await page.isVisible('[data-copy]'))
			throw new Error('a button that cannot work is shown');
		await page.click('text=大字版');
		if (await page.getAttribute('html', 'class') !== 'large' || !page.url().endsWith('/style'))
			throw new Error('large type does not come back to the page');
		await context.close();
	});
}
