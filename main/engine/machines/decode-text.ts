/**
 * Text of a file that a spreadsheet wrote: UTF-8, UTF-16 ("Unicode text" of Excel, told by its byte order mark), or what is neither
 * and then is Windows-1252, the code page of western spreadsheets. Pure.
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
