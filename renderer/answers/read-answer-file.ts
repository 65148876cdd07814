const mostBytes = 1_000_000;

/** The text of a file of this computer, or why it is no answer file. */
export async function readAnswerFile(
  file: Pick<File, 'size' | 'arrayBuffer'>,
): Promise<{ text: string } | 'tooLarge' | 'notText'> {
  if (file.size > mostBytes) return 'tooLarge';
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer());
    return text.includes('\0') ? 'notText' : { text };
  } catch {
    return 'notText';
  }
}
