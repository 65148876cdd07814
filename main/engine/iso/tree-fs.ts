import { DirectoryCache } from './directory-cache.ts';
import { ExtentFile } from './extent-file.ts';
import { ImageDamage, withDamageNamed } from './image-damage.ts';
import type { ImageEntry, ImageFile, ImageFs } from './image-fs.ts';
import { isOverlongPath, pathSegments } from './image-path.ts';
import type { ImageTree, TreeNode } from './image-tree.ts';
import { limits } from './limits.ts';
import type { MetadataReader } from './metadata-reader.ts';
import { TreeDirectory } from './tree-directory.ts';

/** A step of a walk: the root, or something found below it. */
interface Place<Handle> {
  readonly name: string;
  readonly handle: Handle;
  readonly node: TreeNode;
}

/**
 * The file system over a format's tree. Directories are read when a path leads through them, never before. The root of
 * the image is the root of every path: an absolute link starts there and `..` ends there.
 */
export class TreeFs<Handle> implements ImageFs {
  readonly format: ImageFs['format'];
  readonly volumeLabel: string;
  readonly #reader: MetadataReader;
  readonly #tree: ImageTree<Handle>;
  readonly #directories = new DirectoryCache<Handle>();

  constructor(format: ImageFs['format'], volumeLabel: string, reader: MetadataReader, tree: ImageTree<Handle>) {
    this.format = format;
    this.volumeLabel = volumeLabel;
    this.#reader = reader;
    this.#tree = tree;
  }

  list(directoryPath: string): Promise<readonly ImageEntry[] | undefined> {
    return this.#guarded(async () => {
      const place = (await this.#walk(directoryPath))?.at(-1);
      if (place?.node.type !== 'directory') return undefined;
      const entries: ImageEntry[] = [];
      for (const { name, handle } of (await this.#directory(place.handle)).children) {
        entries.push(entryOf(name, await this.#tree.node(handle)));
      }
      return entries;
    });
  }

  stat(path: string): Promise<ImageEntry | undefined> {
    return this.#guarded(async () => {
      const place = (await this.#walk(path))?.at(-1);
      return place === undefined ? undefined : entryOf(place.name, place.node);
    });
  }

  open(path: string): Promise<ImageFile | undefined> {
    return this.#guarded(async () => {
      const places = await this.#walk(path);
      const node = places?.at(-1)?.node;
      if (places === undefined || node?.type !== 'file') return undefined;
      for (const { offsetBytes, lengthBytes } of node.extents) this.#reader.checkInside(offsetBytes, lengthBytes);
      const realPath = places.slice(1).map(({ name }) => name);
      return new ExtentFile(this.#reader.source, realPath.join('/'), node);
    });
  }

  #guarded<Value>(operation: () => Promise<Value>): Promise<Value> {
    return withDamageNamed(this.#reader.source.path, operation);
  }

  /** The places from the root to where the path leads, links followed; undefined where it leads nowhere. */
  async #walk(path: string): Promise<readonly Place<Handle>[] | undefined> {
    if (isOverlongPath(path)) return undefined;
    const root: Place<Handle> = { name: '', handle: this.#tree.root, node: await this.#tree.node(this.#tree.root) };
    let places = [root];
    const ahead = pathSegments(path).toReversed();
    let hops = 0;
    for (let segment = ahead.pop(); segment !== undefined; segment = ahead.pop()) {
      const here = places.at(-1) ?? root;
      if (here.node.type !== 'directory') return undefined;
      if (segment === '..') {
        if (places.length > 1) places.pop();
        continue;
      }
      const child = (await this.#directory(here.handle)).find(segment);
      if (child === undefined) return undefined;
      const node = await this.#tree.node(child.handle);
      if (node.linkTarget === undefined) {
        this.#checkDescent(places, child.handle, node);
        places.push({ ...child, node });
        continue;
      }
      hops += 1;
      if (hops > limits.linkHops) throw new ImageDamage(`its symbolic link ${child.name} leads in a circle`);
      if (node.linkTarget.startsWith('/')) places = [root];
      ahead.push(...pathSegments(node.linkTarget).toReversed());
    }
    return places;
  }

  #checkDescent(places: readonly Place<Handle>[], handle: Handle, node: TreeNode): void {
    if (places.length > limits.pathDepth) {
      throw new ImageDamage(`its directories are nested deeper than ${limits.pathDepth}`);
    }
    if (node.type !== 'directory') return;
    const identity = this.#tree.identity(handle);
    if (places.some((place) => this.#tree.identity(place.handle) === identity)) {
      throw new ImageDamage('one of its directories contains itself');
    }
  }

  #directory(handle: Handle): Promise<TreeDirectory<Handle>> {
    return this.#directories.get(
      this.#tree.identity(handle),
      async () => new TreeDirectory(await this.#tree.children(handle)),
    );
  }
}

function entryOf(name: string, node: TreeNode): ImageEntry {
  const { type, sizeBytes, modifiedAtMs, linkTarget } = node;
  return { name, type, sizeBytes: type === 'file' ? sizeBytes : 0, modifiedAtMs, linkTarget };
}
