// `npm run setup`: what a fresh clone needs to run; with `-- --for-tests`, also what its tests need.
import { prepare } from './prepare.mjs';
import { say } from './report.mjs';

const startedAt = Date.now();
const { complete } = await prepare({ forTests: process.argv.includes('--for-tests') });
say(complete ? `ready (${Date.now() - startedAt} ms)` : 'not everything is there: see above');
process.exitCode = complete ? 0 : 1;
