// node run.mjs BINARY [--pictures FOLDER] [PREFIX]
// Each *.test.mjs of this folder is given { binary, browser, pictures } and declares its tests, whose
// names begin with the name of their file.
import { readdirSync } from 'node:fs';
import { browserOpen, rulesIdle, runAll } from './lib.mjs';

const args = process.argv.slice(2);
const at = args.indexOf('--pictures');
const pictures = at >= 0 ? args.splice(at, 2)[1] : null;
const [binary, only] = args;
if (!binary) {
	console.error('node run.mjs BINARY [--pictures FOLDER] [PREFIX]');
	process.exit(2);
}
const browser = await browserOpen();
const env = { binary, browser, pictures, atEnd: [] };
for (const file of readdirSync(import.meta.dirname).filter(f => f.endsWith('.test.mjs') &&
	(!only || f.startsWith(only.split(' ')[0]))).sort())
	await (await import(`./${file}`)).default(env);
let good = await runAll(only);
if (process.env.RULES) // to be looked at by a person: some need a script's absence, or a page that no test looks at
	console.log(`rules of the style sheets that no page looked at needs:\n    ${rulesIdle().join('\n    ')}`);
for (const end of env.atEnd)
	await end().catch(e => {
		good = false;
		console.log(`FAILED at the end: ${e.message}`);
	});
await browser.close();
process.exit(good ? 0 : 1);
