/**
 * Gathers keys that changed and hands them on together, at most once in an interval: a bench of 200 machines must not make a
 * screen draw for every packet.
 */
export function createCoalescer(
  intervalMs: number,
  flush: (keys: ReadonlySet<string>) => void,
): Disposable & { add(key: string): void } {
  let keys = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const fire = (): void => {
    timer = undefined;
    const gathered = keys;
    keys = new Set();
    if (gathered.size > 0) flush(gathered);
  };
  return {
    add(key) {
      keys.add(key);
      timer ??= setTimeout(fire, intervalMs);
    },
    /** What was gathered last is still handed on. */
    [Symbol.dispose]() {
      clearTimeout(timer);
      fire();
    },
  };
}
