import { describe, expect, it } from 'vitest';
import { emptyDraft } from '../../../renderer/store/wizard-draft.ts';
import { createWizardStore } from '../../../renderer/store/wizard-store.ts';

function storage(kept?: string) {
  let value = kept ?? null;
  return { getItem: () => value, setItem: (_key: string, next: string) => void (value = next) };
}

describe('createWizardStore', () => {
  it('keeps the draft over a reload', () => {
    const tab = storage();
    createWizardStore(tab).setState({ step: 'network', imageId: 'deb', extraArguments: 'quiet' });
    expect(createWizardStore(tab).getState()).toEqual({
      ...emptyDraft,
      step: 'network',
      imageId: 'deb',
      extraArguments: 'quiet',
    });
  });

  it('writes no secret down', () => {
    const tab = storage();
    const store = createWizardStore(tab);
    store.setState({ answer: { answerId: 'a', variables: {} }, secrets: { root: 'Very-S3cret' } });
    expect(store.getState().secrets).toEqual({ root: 'Very-S3cret' });
    expect(tab.getItem()).not.toContain('S3cret');
    expect(createWizardStore(tab).getState().answer).toEqual({ answerId: 'a', variables: {} });
  });

  it.each([undefined, 'no json', 'null', '[]', '{"step":"nowhere"}'])('begins anew from %j', (kept) => {
    expect(createWizardStore(storage(kept)).getState()).toEqual(emptyDraft);
  });

  it('works where the browser keeps nothing', () => {
    const store = createWizardStore({
      getItem: () => {
        throw new Error('forbidden');
      },
      setItem: () => {
        throw new Error('forbidden');
      },
    });
    store.setState({ imageId: 'deb' });
    expect(store.getState().imageId).toBe('deb');
  });
});
