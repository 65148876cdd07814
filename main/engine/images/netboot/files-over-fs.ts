import type { ImageEntry, ImageFile, ImageFs } from '../../iso/image-fs.ts';

/**
 * A file system with one more folder: files that are not in the image but are served, named by recipes and written to boot trees as if
 * they were. The folder hides whatever the image has of the same name.
 */
export function withFolder(fs: ImageFs, folder: string, files: ReadonlyMap<string, ImageFile>): ImageFs {
  const isFolder = (path: string): boolean => path.toLowerCase() === folder.toLowerCase();
  const isParent = (path: string): boolean => path === '' || folder.toLowerCase().startsWith(`${path.toLowerCase()}/`);
  const own = (path: string): ImageFile | undefined =>
    path.toLowerCase().startsWith(`${folder.toLowerCase()}/`)
      ? files.get(path.slice(folder.length + 1).toLowerCase())
      : undefined;
  const hidden = (path: string): boolean => path.toLowerCase().startsWith(`${folder.toLowerCase()}/`);
  /** The next folder on the way from `path` to ours. */
  const childOf = (path: string): string => folder.slice(path === '' ? 0 : path.length + 1).replace(/\/.*$/, '');

  return {
    format: fs.format,
    volumeLabel: fs.volumeLabel,
    ...(fs.mounts === undefined ? {} : { mounts: fs.mounts }),
    async list(path) {
      if (isFolder(path)) return [...files].map(([name, file]) => entryOf(name, file));
      const listed = await fs.list(path);
      if (!isParent(path)) return listed;
      const child = childOf(path);
      const others = (listed ?? []).filter(({ name }) => name.toLowerCase() !== child.toLowerCase());
      return [...others, folderEntry(child)];
    },
    async stat(path) {
      const file = own(path);
      if (file !== undefined) return entryOf(nameOf(path), file);
      if (hidden(path)) return undefined;
      if (path !== '' && (isFolder(path) || isParent(path))) return folderEntry(nameOf(path));
      return await fs.stat(path);
    },
    async open(path) {
      return hidden(path) ? own(path) : await fs.open(path);
    },
  };
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

const folderEntry = (name: string): ImageEntry => ({ name, type: 'directory', sizeBytes: 0 });

const entryOf = (name: string, { sizeBytes, modifiedAtMs }: ImageFile): ImageEntry => ({
  name,
  type: 'file',
  sizeBytes,
  ...(modifiedAtMs === undefined ? {} : { modifiedAtMs }),
});
