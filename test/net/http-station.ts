import { patternFile, tableRoute } from '../main/engine/http/served-pattern.ts';
import { startHttpServer } from '../../main/engine/http/server.ts';

/**
 * The HTTP room alone, as a process of its own that can be put into a namespace: `node http-station.ts INTERFACE ADDRESS
 * PREFIX SIZE…` serves files called by their sizes, says `port N`, and prints its events as lines of JSON.
 */
const [interfaceName = '', address = '', prefixLength = '', ...sizes] = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const server = await startHttpServer({
  interfaceName,
  address,
  prefixLength: Number(prefixLength),
  ports: [80, 8080],
  routes: [tableRoute(Object.fromEntries(sizes.map((size) => [size, () => patternFile(Number(size))])))],
  emit: (event) => event.type !== 'transfer.progress' && say(JSON.stringify(event)),
  now: () => performance.now(),
});
say(`port ${server.port}`);
process.once('SIGTERM', () => void server[Symbol.asyncDispose]());
