/**
 * A path as boot configurations write it, as a path inside the image: `($root)/boot//vmlinuz`, `::linux`, `(cd0)/x`, `../x`. Relative
 * paths start at `folder`. It can never leave the image's root.
 */
export function imagePath(written: string, folder: string): string {
  const plain = written.replace(/^\([^)]*\)/, '').replace(/^::/, '');
  const isAbsolute = plain.startsWith('/') || plain !== written;
  const segments: string[] = isAbsolute ? [] : folder.split('/').filter((segment) => segment !== '');
  for (const segment of plain.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(segment);
  }
  return segments.join('/');
}

export function folderOf(path: string): string {
  const slash = path.lastIndexOf('/');
  return slash === -1 ? '' : path.slice(0, slash);
}
