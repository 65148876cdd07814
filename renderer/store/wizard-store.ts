import { createStore } from 'zustand/vanilla';
import { type WizardDraft, emptyDraft, wizardSteps } from './wizard-draft.ts';

const key = 'fieldboot.wizard';

interface TabStorage {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
}

/** The wizard's draft, kept in this tab's storage so that a reload loses nothing but secrets. */
export function createWizardStore(storage: TabStorage) {
  const store = createStore<WizardDraft>(() => stored(storage) ?? emptyDraft);
  store.subscribe((draft) => {
    try {
      const { secrets: _secrets, ...kept } = draft;
      storage.setItem(key, JSON.stringify(kept));
    } catch {
      // A full or forbidden storage costs the draft at the next reload and nothing else.
    }
  });
  return store;
}

function stored(storage: TabStorage): WizardDraft | undefined {
  try {
    const value: unknown = JSON.parse(storage.getItem(key) ?? 'null');
    const looksRight =
      typeof value === 'object' && value !== null && 'step' in value && wizardSteps.includes(value.step as never);
    return looksRight ? { ...emptyDraft, ...(value as Partial<WizardDraft>) } : undefined;
  } catch {
    return undefined;
  }
}
