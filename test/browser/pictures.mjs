// node pictures.mjs BINARY FOLDER: the pictures of docs/img, taken on the fictional county after some
// of its tasks have been signed, reported and verified. What is seen is one window, not the whole page.
import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { browserOpen, runStart, pageOpen, login, sizes } from './lib.mjs';

const [binary, folder] = process.argv.slice(2);
if (!folder) {
	console.error('node pictures.mjs BINARY FOLDER');
	process.exit(2);
}
mkdirSync(folder, { recursive: true });
const browser = await browserOpen();
const server = await runStart(binary, 'demo/plan.txt', '2026-12-15');
const [phone, , desk] = sizes;
const cookies = {};

async function as(who, size) {
	const page = await pageOpen(browser, server.url, size);
	page.setDefaultTimeout(30000);
	if (cookies[who])
		await page.context().addCookies(cookies[who]);
	else if (who)
		await login(page, server.url, who, server.accounts[who].password);
	cookies[who] = (await page.context().cookies()).filter(c => c.name === 'session');
	return page;
}

async function shoot(page, name) {
	await page.evaluate(() => document.activeElement?.blur());
	await page.screenshot({ path: join(folder, `${name}.png`) });
}

const unit = await as('danwei1', desk);
await unit.goto(server.url);
await unit.click('main .button:has-text("全部任务")');
await unit.click('button[value=sign-all]');
await unit.fill('td textarea >> nth=0', '已经完成三十六个部门权责清单的修订，正在汇总。');
await unit.click('.stay .button');
await unit.check('input[name=t] >> nth=0');
await unit.fill('td textarea >> nth=0', '三十六个部门的权责清单修订完毕，已在县政府网站公布。');
await unit.click('button[value=apply]');
await unit.goto(unit.url());
await shoot(unit, 'unit');

const office = await as('sifa', desk);
await office.goto(`${server.url}/?show=verify`);
await office.goto(`${server.url}/ledger`);
const row = title => office.click(`tbody th a:has-text("${title}")`);
await row('清理没有法律依据');
await office.click('main .button:text-is("签收")');
await office.click('main a:text-is("申请销号、报送")');
await office.fill('#report', '清理证明事项四十二项，保留的目录已经公布。');
await office.click('main button.button:not(.second)');
const government = await as('zhengfuban', desk);
await government.goto(office.url());
await government.click('main .button:text-is("审核销号")');

const pages = [['desk', '/'], ['ledger', '/ledger'], ['board', '/board'], ['plans', '/plan'], ['forms', '/forms'],
	['units', '/units'], ['record', '/record'], ['publish', '/publish'], ['chart', '/ledger/chart']];
for (const [name, path] of pages) {
	await office.goto(server.url + path);
	await shoot(office, name);
}
await office.goto(`${server.url}/ledger`);
await row('清理没有法律依据');
await shoot(office, 'task');
await office.goto(`${server.url}/plan/import`);
await office.setInputFiles('#file', { name: '整改清单.txt', mimeType: 'text/plain', buffer: Buffer.from(
	`安和县法治政府建设整改清单

一、规范行政执法
1．修订行政执法案卷评查标准。（县司法局牵头，县市场监管局配合，2027年9月底前完成）
2．清理涉企行政检查事项。（县市场监管局牵头，县司法局配合，20276月底前完成）
`) });
await office.click('main button.button:not(.second)');
await office.waitForURL(/import\/[0-9a-f]{16}$/);
await shoot(office, 'import');

const small = await as('sifa', phone);
for (const [name, path] of [['desk', '/'], ['ledger', '/ledger'], ['board', '/board']]) {
	await small.goto(server.url + path);
	await shoot(small, `${name}-phone`);
}
await small.goto(`${server.url}/ledger`);
await small.click('tbody th a:has-text("清理没有法律依据")');
await shoot(small, 'task-phone');
const anyone = await as(null, phone);
await anyone.goto(`${server.url}/clock?start=2026-09-21&term=20个工作日`);
await shoot(anyone, 'clock-phone');
await office.goto(`${server.url}/publish`);
await office.click('tbody a >> nth=0');
await office.fill('#secrecy', '经保密审查，不含国家秘密和工作秘密，可以公开。');
await office.click('main button');
await office.waitForSelector('text=正在公示');
await anyone.goto(`${server.url}/open`);
await anyone.click('main li a');
await shoot(anyone, 'open-phone');
await browser.close();
await server.stop();
