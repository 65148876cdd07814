import { useEffect, useRef } from 'react';

interface StepKeys {
  readonly onEscape: (() => void) | undefined;
  /** Enter where no control has the focus; a control keeps its own meaning of it. */
  readonly onEnter: (() => void) | undefined;
}

const controls = 'a, button, input, textarea, select, summary, [role="dialog"], [role="menu"]';
const writesText = 'textarea, input:not([type="radio"]), [role="dialog"], [role="menu"]';

/** Keys that hold anywhere on the wizard, wherever a click left the focus. */
export function useStepKeys(keys: StepKeys): void {
  const latest = useRef(keys);
  useEffect(() => {
    latest.current = keys;
  });
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { target } = event;
      // A key that is held down must not run through the steps.
      if (event.defaultPrevented || event.repeat || !(target instanceof Element)) return;
      if (event.key === 'Escape' && target.closest(writesText) === null) latest.current.onEscape?.();
      if (event.key === 'Enter' && target.closest(controls) === null) latest.current.onEnter?.();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
