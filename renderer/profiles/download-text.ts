/** Hands a text to the person as a file of their computer. */
export function downloadText(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser has read it by then; a small text costs nothing until.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
