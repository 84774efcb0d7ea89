// A hand-over from its list to the last confirmation, a block of printed numbers from its giving to its closing, and what
// the rows of tables decided in a case, as the people of one office do them.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { runStart, pageOpen, pageFaults, layoutFaults, smallTargets, login, sizes, test, check } from './lib.mjs';
import { unzip } from './workbook.mjs';

export default async function (env) {
	const server = await runStart(env.binary, 'demo/plan.txt', '2026-06-01');
	env.atEnd.push(() => server.stop());
	const people = {}; // one page for each: passwords are dear to check
	const as = async who => {
		if (!people[who]) {
			people[who] = await pageOpen(env.browser, server.url, sizes[2]);
			await login(people[who], server.url, who, server.accounts[who].password);
		}
		return people[who];
	};
	const goto = (page, path) => page.goto(path.startsWith('/') ? server.url + path : path);
	const want = async (page, selector, text) => {
		const found = (await page.locator(selector).allInnerTexts()).join('\n');
		if (!found.includes(text))
			throw new Error(`${selector} of ${page.url()} lacks “${text}”: ${found.slice(0, 600)}`);
	};
	const lacks = async (page, text) => {
		if ((await page.innerText('main')).includes(text))
			throw new Error(`${page.url()} shows “${text}”`);
	};
	const equal = (is, wanted, what) => {
		if (is !== wanted)
			throw new Error(`${what}: ${is}, not ${wanted}`);
	};
	const next = async page => {
		const loaded = page.waitForEvent('load');
		await page.click('main button.button:not(.second)');
		await loaded;
	};
	const fill = async (page, values) => {
		for (const [id, value] of Object.entries(values))
			await page.fill(`[name="${id}"]`, value);
		await next(page);
	};
	const act = async (page, title, values = {}) => {
		await page.click(`main a:text-is("${title}")`);
		await fill(page, values);
	};
	const done = (page, title) => want(page, '.panel', `已办理：${title}`);
	const looks = async (page, name) => {
		await page.setViewportSize(sizes[0]);
		if (env.pictures)
			await page.screenshot({ path: `${env.pictures}/${name}-360.png`, fullPage: true });
		check([...await layoutFaults(page), ...await smallTargets(page)], `${name} on a phone`);
		await page.setViewportSize(sizes[2]);
		check(await pageFaults(page, env.pictures && { folder: env.pictures, name }), name);
	};
	const series = '安司登存〔2026〕';
	const give = async (page, first, last, holder) => {
		await goto(page, '/matters/number-block');
		await page.click('main a:text-is("发放号段")');
		await page.selectOption('#body', { label: '县司法局' });
		await page.click('label:has-text("先行登记保存证据通知书")');
		if (holder)
			await page.click(`label:text-is("${holder}")`);
		await fill(page, { series, first, last });
		return page.url().replace(/\?.*/, '');
	};

	test('manners a hand-over', async () => {
		const giver = await as('sifa'), receiver = await as('jingban'), head = await as('fuzeren');
		await goto(giver, '/matters/hand-over');
		await want(giver, 'main', '还没有办理过');
		await goto(giver, '/new/reminder/remind');
		await giver.selectOption('#unit', { label: '县市场监管局' });
		await giver.click('label:has-text("公布本县行政处罚裁量基准")');
		await fill(giver, { text: '请加快推进。' });
		await want(giver, 'main', '演示甲'); // who sends it handles it
		const reminder = giver.url();
		await give(giver, '101', '108', '演示甲');

		await goto(giver, '/matters/hand-over');
		await giver.click('main a:text-is("发起工作交接")');
		for (const [id, label] of [['giver', '演示甲'], ['receiver', '演示甲'], ['head', '演示癸']])
			await giver.selectOption(`#${id}`, { label });
		await fill(giver, { cause: '轮岗' });
		await want(giver, '#receiver-error', '应当是不同的人');
		await giver.selectOption('#receiver', { label: '演示壬' });
		await next(giver);
		await done(giver, '发起工作交接');
		const matter = giver.url().replace(/\?.*/, '');
		await want(giver, 'main', `号段领用：${series}101—108；提醒：县市场监管局`);

		// Of a block the head has no say: told by its name, and the giver is not led on.
		await next(giver);
		await want(giver, '.reasons', `“${series}101—108”：监交人没有“转交”的职权`);
		await looks(giver, 'hand-over-unfit');
		await act(giver, '退回修改清单', { reason: '号段另行转交' });
		await giver.click('main a:text-is("填写内容后办理")');
		await giver.click(`label:text-is("号段领用：${series}101—108")`);
		await fill(giver, { 'left-reason': '号段退回后重新发放', notes: '提醒函已送达，材料在第三柜。' });
		await done(giver, '编制清单');

		// The list for signing: for those between whom the work changes hands, as a page and as a file.
		await want(giver, 'main', '已办理：编制清单');
		await giver.click('main a:text-is("交接清单（可打印签字）")');
		for (const text of ['移交事项（1 件）', '提醒', '县市场监管局', '已提醒', '没有正在计算的期限'])
			await want(giver, 'main table >> nth=0', text);
		for (const text of ['另行交接的事项（1 件）', '号段领用', `${series}101—108`, '核销号段：2'])
			await want(giver, 'main table >> nth=1', text);
		await want(giver, 'main', '号段退回后重新发放');
		await looks(giver, 'hand-over-sheet');
		const paper = await giver.pdf({ preferCSSPageSize: true });
		if (env.pictures)
			writeFileSync(`${env.pictures}/hand-over-sheet.pdf`, paper);
		equal(paper.toString('latin1').match(/\/Type \/Page\b/g).length, 1, 'one sheet of A4');
		const sheet = giver.url(), file = `${sheet}.docx`, other = await as('danwei1');
		for (const page of [giver, receiver, head])
			equal((await page.request.get(sheet)).status(), 200, 'the list for those concerned');
		const said = unzip(await (await receiver.request.get(file)).body()).get('word/document.xml').toString();
		for (const text of ['交接清单', '县市场监管局', '移交人', '演示癸'])
			if (!said.includes(text))
				throw new Error(`the file lacks “${text}”`);
		for (const where of [sheet, file])
			equal((await other.request.get(where)).status(), 403, 'the list for another');
		await goto(other, matter);
		await lacks(other, '交接清单（可打印签字）');

		for (const page of [giver, receiver, head]) {
			await goto(page, '/');
			await want(page, '.notice', '演示甲向演示壬移交，现处于“待各方确认”。');
			await page.click('.notice a:text-is("打开")');
			await page.click('main .button:text-is("确认交接")');
			await page.click('label:text-is("确认")');
			await next(page);
			await done(page, '确认交接');
			await lacks(page, '不再有效的办理：确认交接');
		}
		await want(head, 'main', '已交接');
		await looks(head, 'hand-over-done');
		await goto(head, '/matters/hand-over');
		await want(head, 'main table', '演示壬');
		await looks(head, 'hand-over-list');
		await goto(receiver, reminder);
		await want(receiver, 'main', '由演示甲移交演示壬承办');
		await goto(receiver, matter);
	});

	test('manners persons of one name', async () => {
		const keeper = await as('xitong');
		const put = async (register, choices, values) => {
			await goto(keeper, `/new/${register}/put`);
			for (const [id, label] of Object.entries(choices))
				await keeper.selectOption(`#${id}`, label);
			await fill(keeper, values);
			return keeper.url().replace(/\?.*/, '').replace(`${server.url}/m/`, '');
		};
		const person = async (unit, title) => {
			const subject = await put('persons', {}, { name: '张伟' });
			await put('posts', { unit: { label: unit }, holder: { value: subject } }, { title });
			return subject;
		};
		const all = [await person('县司法局', '法治科科长'), await person('县司法局', '秘书科科员'), await person('县财政局', '局长')];
		await person('县财政局', '局长'); // and one of the same post
		await goto(keeper, '/new/stand-ins/put');
		const labels = await keeper.$$eval('#absent option', l => l.map(o => o.textContent).filter(t => t.includes('张伟')));
		equal(labels.filter(t => !t.includes('县财政局')).join(), '张伟（县司法局 法治科科长）,张伟（县司法局 秘书科科员）', 'told apart by post');
		equal(new Set(labels).size, 4, labels.join());
		await keeper.selectOption('#absent', { value: all[0] });
		await keeper.selectOption('#stand-in', { value: all[1] });
		await looks(keeper, 'one-name');
		await fill(keeper, { first: '2026-06-01', last: '2026-06-02', reason: '年休假' });
		await want(keeper, 'h1', '张伟代张伟');
		await lacks(keeper, '没有名称');
	});

	test('manners a block of numbers', async () => {
		const giver = await as('sifa'), keeper = await as('jingban'), head = await as('fuzeren');
		const hold = async number => {
			await goto(head, '/new/evidence-holding/approve');
			await head.selectOption('#body', { label: '县司法局' });
			await fill(head, { cause: '涉嫌无证从事法律服务' });
			await goto(keeper, `${head.url().replace(/\?.*/, '')}/do/hold-by-hand`);
			await keeper.click('label:text-is("是") >> nth=0');
			await fill(keeper, { 'items.0.what': '账册一本', 'items.0.place': '店内', 'paper-notice': series + number });
		};
		await give(giver, '8', '1');
		await want(giver, '#last-error', '止号应当不小于起号');
		await fill(giver, { first: '1', last: '8' });
		await done(giver, '发放号段');
		const block = giver.url().replace(/\?.*/, '');
		await give(giver, '8', '9');
		await want(giver, '#first-error', '其中有号码已在别的号段里发放');

		await hold('0009');
		await want(keeper, '#paper-notice-error', '该号码不在本单位领用的号段内');
		await fill(keeper, { 'paper-notice': `${series}0001` });
		await done(keeper, '当场手写通知书登记保存');
		await hold('0001');
		await want(keeper, '#paper-notice-error', '该号码已登记为“已用”，不能再次使用');

		await goto(keeper, block);
		await act(keeper, '登记作废', { number: '1', reason: '写错', kept: '票据柜' });
		await want(keeper, '#number-error', '该号码已有去向');
		await fill(keeper, { number: '2' });
		await done(keeper, '登记作废');
		await act(keeper, '登记遗失', { number: '3', report: '途中遗失，已登报' });
		await want(keeper, 'main', '3、遗失、2026年6月1日、演示壬、途中遗失，已登报');

		await goto(giver, block);
		await next(giver); // 清点 is what comes first
		await want(giver, 'main', '4、5、6、7、8');
		await want(giver, 'main', '未核销号码清单');
		await looks(giver, 'block-counted');
		await act(giver, '更正作废、遗失的登记', { number: '3', mistake: '已经找回' });
		await want(giver, 'main', '更正过的登记');
		await act(giver, '登记退回', { 'back-first': '2', 'back-last': '8' });
		await want(giver, '#back-first-error', '其中有号码已有去向');
		await fill(giver, { 'back-first': '3' });
		await done(giver, '登记退回');
		await giver.click('main .button:text-is("核销")');
		await done(giver, '核销');
		await lacks(giver, '没有去向的号码');
		await looks(giver, 'block-closed');
		await goto(giver, '/matters/number-block?stage=closed');
		await want(giver, 'main table', '已核销');
	});

	// The case comes in by the interface: its page is what is looked at.
	const api = async (who, method, path, body) => {
		api.tokens ||= {};
		api.tokens[who] ||= execFileSync(env.binary, ['token', 'add', who, '--scope', 'write', '--note', '试用',
			'--store', `sqlite:${server.folder}/zhunsheng.db`], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
		const answer = await fetch(`${server.url}/api/v1/${path}`, { method,
			headers: { authorization: `Bearer ${api.tokens[who]}`, 'content-type': 'application/json' },
			body: body && JSON.stringify(body) });
		const said = await answer.text();
		if (!answer.ok)
			throw new Error(`${path}: ${answer.status} ${said}`);
		return JSON.parse(said);
	};

	test('manners the rows that decided a case', async () => {
		const keeper = await as('anquan'), people = new Map();
		for (const who of ['jingban', 'fuzeren', 'xitong'])
			people.set(who, await api(who, 'GET', 'me'));
		const bureau = (await api('xitong', 'GET', 'registers/units/entries?limit=100')).entries
			.find(e => e.values.name === '县司法局').subject;
		await goto(keeper, `/unit/${bureau.split('/')[1]}/people`);
		await keeper.click('main tr:has-text("演示己") a:text-is("岗位权限")');
		await keeper.click('label:text-is("登记、修改裁量权基准")');
		await next(keeper);

		const put = async (register, values, from, subject) => (await api('xitong', subject ? 'PUT' : 'POST',
			`registers/${register}/entries${subject ? `/${subject.split('/')[1]}` : ''}`, { values, from })).subject;
		const officers = [];
		for (const [who, certificate] of [['jingban', '350211001'], ['fuzeren', '350211002']])
			officers.push(await put('officers', { certificate, person: people.get(who).person, unit: bureau,
				'valid-from': '2025-01-01', 'valid-to': '2029-12-31' }, '2026-01-01'));
		const benchmark = { name: '无证经营', grounds: ['行政处罚法/9'], maker: '县司法局', superior: false,
			paper: '安司规〔2025〕1号', published: '2025-12-01', bodies: [bureau], grades: [
				{ degree: 'light', when: '经营不满三个月', lowest: 100000, highest: 300000 },
				{ degree: 'normal', when: '经营满三个月不满一年', lowest: 300000, highest: 600000 }] };
		const entry = await put('benchmarks', benchmark, '2026-01-01');
		const { subject } = await api('jingban', 'POST', 'procedures/penalty/open/register-clue',
			{ form: { body: bureau, source: 'inspection', clue: '日常检查发现无证经营', cause: '涉嫌无证经营' } });
		const step = (who, action, form) => api(who, 'POST', `procedures/penalty/matters/${subject.split('/')[1]}/do/${action}`, { form });
		await step('fuzeren', 'file', { officers, cause: '无证经营', 'offence-end': '2026-05-10', serious: false,
			parties: [{ label: '当事人一', kind: 'unit', name: '某商行', number: '91350211M000100Y43', address: '某街一号' }] });
		const handler = await as('jingban');
		await goto(handler, `/m/${subject}`);
		await lacks(handler, '依据决策表和裁量基准得出'); // nothing has been decided yet
		await step('jingban', 'propose', { facts: '未取得许可从事经营', grounds: ['行政处罚法/9'], scale: 'normal',
			discretion: '适用一般情形', benchmark: entry, degree: 'normal', 'review-ground': 'public-interest', complex: false,
			proposals: [{ party: '当事人一', kind: 'fine', fine: 500000, content: '罚款五千元' }] });
		// What the table says from tomorrow on is not what decided.
		benchmark.grades[1].highest = 700000;
		await put('benchmarks', benchmark, '2026-06-01', entry);

		await goto(handler, `/m/${subject}`);
		const rows = handler.locator('h2:text-is("依据决策表和裁量基准得出") + dl');
		const told = async (title, wanted) => {
			const is = await rows.locator(`div:has(> dt:text-is("${title}")) dd`).innerText();
			if (!wanted.every(w => is.includes(w)))
				throw new Error(`${title}: ${is}`);
		};
		const grade = ['行政处罚裁量权基准“无证经营”第2行：“违法程度”为“一般”', '“最低罚款”为3000元，“最高罚款”为6000元'];
		await told('基准最低罚款', ['3000.00 元', ...grade]);
		await told('基准最高罚款', ['6000.00 元', ...grade]);
		await told('应当法制审核', ['是', '决策表“应当法制审核的行政处罚决定”第1行']);
		await looks(handler, 'deciding-rows');
		await rows.locator('div:has(> dt:text-is("应当法制审核")) a:text-is("查看整表")').click();
		await want(handler, 'main', '应当法制审核的行政处罚决定');
		equal(new URL(handler.url()).searchParams.has('edition'), true, 'the edition that decided');
		await goto(handler, `/m/${subject}`);
		await rows.locator('div:has(> dt:text-is("基准最高罚款")) a:text-is("查看整表")').click();
		await want(handler, 'h1', '无证经营');
	});
}
