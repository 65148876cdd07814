import { useToast } from './toast.tsx';

/** Copies a text and says so; where the browser does not let it (no secure context, no permission), says what to do. */
export function useCopy(words: { readonly copied: string; readonly notCopied: string }): (text: string) => void {
  const { say } = useToast();
  return (text) => {
    // The types promise a clipboard; a page that did not come over a secure line has none.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    const copied = clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
    copied.then(
      () => say(words.copied),
      () => say(words.notCopied),
    );
  };
}
