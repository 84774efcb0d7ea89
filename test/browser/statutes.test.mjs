// Statutes where people meet them: what was found leads to the edition of its day, an article that is
// cited is a link beside the field and in what a refusal says, and one that is gone is said to be gone.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runStart, pageOpen, pageFaults, login, sizes, test, check } from './lib.mjs';

const name = '养蜂登记办法';
const edition = (day, articles) => `# ${name}\n\n${day}某市人民政府令第1号公布\n\n<!-- INFO END -->\n\n${articles.map((text, i) =>
	`**第${'一二三'[i]}条** ${text}`).join('\n\n')}\n`;

export default async function (env) {
	const server = await runStart(env.binary, 'demo/plan.txt', '2026-03-02');
	env.atEnd.push(() => server.stop());
	const store = ['--store', `sqlite:${server.folder}/zhunsheng.db`];
	const bring = (...args) => execFileSync(env.binary, [...args, ...store], { encoding: 'utf8' });
	const looks = async (page, where) =>
		check(await pageFaults(page, env.pictures && { folder: env.pictures, name: `${where}-${page.size.name}` }), where);
	const expect = (is, what) => {
		if (!is)
			throw new Error(what);
	};
	const path = article => `/statutes/${encodeURIComponent(name)}/${article}`;
	const statute = (day, file, articles) => {
		writeFileSync(join(server.folder, file), edition(day, articles));
		bring('statute', 'import', join(server.folder, file), '--from', day.replace(/[年月]/g, '-').replace('日', ''));
	};
	const wait = async (page, address, found) => { // the index follows
		for (let tries = 0; tries < 40; tries++) {
			await page.goto(server.url + address);
			if (await page.locator(found).count())
				return;
			await page.waitForTimeout(250);
		}
		throw new Error(`${address} has no ${found}`);
	};

	test('statutes hits lead to the edition', async () => {
		const page = await pageOpen(env.browser, server.url, sizes[2]);
		statute('2010年03月01日', `${name}(2010-03-01).md`, ['养蜂应当登记。', '蜂箱应当编号。', '蜂农应当每年缴纳登记费。']);
		statute('2016年03月01日', `${name}(2016-03-01).md`, ['养蜂应当登记。', '蜂箱应当依法编号。']);
		writeFileSync(join(server.folder, 'bees.jsonl'), `${JSON.stringify({ id: 'b', title: name, date: '2012-03-01',
			path: '', art: '第二条', text: '蜂箱应当编号，采集所得。' })}\n`);
		bring('search', 'import', join(server.folder, 'bees.jsonl'));
		await wait(page, '/search?q=' + encodeURIComponent('蜂箱'), '.found li >> nth=2');
		const links = await page.locator('.found h2 a').evaluateAll(all => all.map(a => a.getAttribute('href')));
		expect(links.includes(path(2)), `the edition in force: ${links}`);
		expect(links.includes(`${path(2)}?day=2010-03-01`), `the edition that ended: ${links}`);
		expect(links.includes(`${path(2)}?day=2012-03-01`), `of a collection, the edition of its day: ${links}`);
		await page.goto(`${server.url}${path(2)}?day=2012-03-01`);
		expect((await page.textContent('main')).includes('蜂箱应当编号。'), 'that is the text of that day');
		// What was typed as a citation leads to the article at once.
		await page.goto(`${server.url}/search?q=${encodeURIComponent(`${name}第二条第一款`)}`);
		const direct = await page.locator('main .basis a').evaluateAll(all => all.map(a => a.getAttribute('href')));
		expect(direct.length === 1 && direct[0] === `${path(2)}#k1`, `straight to the article: ${direct}`);
		expect(await page.locator('.found li').count() === 3, 'a paragraph is found with its article');
		await looks(page, 'search-citation');
		await page.goto(`${server.url}/search?q=${encodeURIComponent('蜂'.repeat(3000))}`);
		expect((await page.textContent('main')).includes('只检索了前面的部分'), 'a long question that finds nothing says so');
		await page.context().close();
	});

	test('statutes cited in forms', async () => {
		const page = await pageOpen(env.browser, server.url, sizes[0]);
		await login(page, server.url, 'sifa', server.accounts.sifa.password);
		await page.goto(`${server.url}/new/norm/draft`);
		await page.fill('#title', '关于养蜂的通知');
		await page.fill('#text', `依据《${name}》第三条和《${name}》第九条，照《${name}》第二条办理。`);
		await page.click('main button.button:not(.second)');
		await page.waitForSelector('.cite-warn');
		const said = await page.textContent('main');
		expect(said.includes(`《${name}》第三条该条已废止`), 'the repealed article is said to be repealed');
		expect(said.includes(`《${name}》第九条查无此条`), 'the missing one to be missing');
		expect(!said.includes(`《${name}》第二条该条`) && !said.includes(`《${name}》第二条查`), 'nothing of the good one');
		await looks(page, 'cited-form');
		// Sent as it is the warning is no reason to refuse; what refuses says by which article, as a link.
		await page.fill('#need', '蜂场与邻里的纠纷增多。');
		for (const asked of ['sets-power', 'important', 'economic', 'trial'])
			await page.check(`input[name="${asked}"] >> nth=1`);
		await page.click('main button.button:not(.second)');
		await page.waitForSelector('.summary a[href^="/statutes/"]');
		const article = '/statutes/' + encodeURIComponent('规范性文件制定监督');
		for (const where of ['.summary', '.field .error'])
			expect(await page.locator(`${where} a[href^="${article}"]`).count() > 0, `${where} links the article`);
		await looks(page, 'refused-by-article');
		await page.context().close();
	});
}
