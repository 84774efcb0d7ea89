// A store in which a good deal has happened.
import { runStart } from './lib.mjs';

let made;
export function life(env) {
	made ||= (async () => {
		const server = await runStart(env.binary, 'demo/plan.txt', '2026-12-15');
		env.atEnd.push(() => server.stop());
		return { server, seeds: [] };
	})();
	return made;
}
