/** What set-up says. It goes to stderr: `npm start -- inspect … --json` keeps stdout for itself. */
export function say(text) {
  process.stderr.write(`setup: ${text}\n`);
}

/** Seconds since `startedAt` (of `Date.now()`), for a person. */
export const secondsSince = (startedAt) => `${((Date.now() - startedAt) / 1000).toFixed(1)} s`;
