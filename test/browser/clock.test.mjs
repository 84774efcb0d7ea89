// The public calculator: asked as a citizen would, on a phone.
import { serverStart, pageOpen, pageFaults, sizes, test, check } from './lib.mjs';

export default async function (env) {
	const server = await serverStart(env.binary, ['--today', '2018-06-01']);
	env.atEnd.push(() => server.stop());

	for (const size of sizes.slice(0, 1))
		test(`clock ${size.name}`, async () => {
			const page = await pageOpen(env.browser, server.url, size);
			await page.goto(`${server.url}/clock`);
			if (await page.inputValue('#start') !== '2018-06-01')
				throw new Error('does not begin with the day of the demonstration');
			check(await pageFaults(page), 'asking');
			await page.fill('#start', '20260921');
			await page.fill('#term', '20个工作日');
			await page.click('form.search .button');
			const answer = await page.textContent('.answer');
			if (!answer.includes('2026年10月26日（星期一）'))
				throw new Error(`answer is ${answer}`);
			if (!(await page.textContent('.steps')).includes('国庆节'))
				throw new Error('the holiday is not explained');
			check(await pageFaults(page, env.pictures && { folder: env.pictures, name: `clock-${size.name}` }), 'answer');
			await page.fill('#start', '2026-02-30');
			await page.click('form.search .button');
			await page.waitForSelector('.summary');
			check(await pageFaults(page), 'refused');
			await page.context().close();
		});
}
