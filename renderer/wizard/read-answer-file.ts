const mostBytes = 1_000_000;

/** What a session takes as its answer file, or why this is none. */
export async function readAnswerFile(
  file: Pick<File, 'name' | 'size' | 'arrayBuffer'>,
): Promise<{ name: string; text: string } | 'tooLarge' | 'notText'> {
  if (file.size > mostBytes) return 'tooLarge';
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return text.includes('\0') ? 'notText' : { name: servedName(file.name), text };
  } catch {
    return 'notText';
  }
}

/** A name that fits in an address and on a kernel's command line. */
export function servedName(name: string): string {
  const safe = name.replaceAll(/[^\w.-]+/g, '-').slice(-64);
  return /^[.-]*$/.test(safe) ? 'answers' : safe;
}
