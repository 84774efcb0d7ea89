// Every component at every size, on the page that shows them all.
import { serverStart, pageOpen, pageFaults, sizes, test, check } from './lib.mjs';

export default async function (env) {
	const server = await serverStart(env.binary, ['--style', '--today', '2018-06-01', '--place', '示范县']);
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
			await page.click('form .button');
			if (await page.inputValue('#text') !== '保留的文字')
				throw new Error('what was typed is lost');
			check(await pageFaults(page, picture('refused', size)), 'refused');
			await page.click('.summary a');
			if (!(await page.url()).endsWith('#text'))
				throw new Error('the summary does not lead to the field');
			await page.context().close();
		});
	}
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
