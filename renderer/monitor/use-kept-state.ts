import { useState } from 'react';

/** State that a look at another screen or a reload does not lose. What was kept is used only where it is one of `allowed`. */
export function useKeptState<Value extends string>(
  key: string,
  allowed: readonly Value[],
  initial: Value,
): readonly [Value, (value: Value) => void] {
  const [value, setValue] = useState(() => {
    const kept = read(key);
    return allowed.find((one) => one === kept) ?? initial;
  });
  const keep = (next: Value): void => {
    setValue(next);
    try {
      window.sessionStorage.setItem(key, next);
    } catch {
      // Costs the choice at the next reload.
    }
  };
  return [value, keep];
}

function read(key: string): string | null {
  try {
    return window.sessionStorage.getItem(key);
  } catch {
    return null;
  }
}
