// `npm run setup`: what a fresh clone needs to run; with `-- --for-tests`, also what its tests need; with `-- --netboot`, also Debian's
// netboot installers, by which its discs install over a network.
import { prepare } from './prepare.mjs';
import { say } from './report.mjs';

const startedAt = Date.now();
const { complete } = await prepare({
  forTests: process.argv.includes('--for-tests'),
  withNetboot: process.argv.includes('--netboot'),
});
say(complete ? `ready (${Date.now() - startedAt} ms)` : 'not everything is there: see above');
process.exitCode = complete ? 0 : 1;
