import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

/** Who may import whom: the table of ARCHITECTURE.md, kept by this test. */

const root = resolve(import.meta.dirname, '..');

interface Rule {
  readonly from: RegExp;
  /** What a file of this layer may import: paths relative to the root, or package names. */
  readonly allow: readonly RegExp[];
}

const pureFiles =
  /^main\/engine\/(dhcp\/(packet|options?|policy|message|reply|addressing|client-id|pool)[a-z-]*|tftp\/(packet|transfer|options|netascii)[a-z-]*|iso\/(byte-fields|directory-record|efi-partitions|el-torito|fat-(boot-sector|directory)|image-path|limits|looks-like|name-text|partition-table|recorded-time|rock-ridge|system-use|udf-(descriptor|directory|file-entry)|volume-descriptor)|formats\/(newc-archive|pe-[a-z-]+|squashfs-superblock|wim-(header|images))|answers\/(?!answer-store)[a-z-]+|boot\/[a-z-]+|capture\/[a-z-]+|clients\/[a-z-]+|machines\/(decode-text|delimited-text|find-machine|machine-(columns|fields|list))|rehearsal\/(bench|ipxe-interpreter|iso-[a-z]+|kernel-head|machine[a-z-]*|random|rehearsal-result|tftp-download))\.ts$/;

/** First match decides. */
const rules: readonly Rule[] = [
  { from: /^main\/contract\//, allow: [/^zod$/, /^main\/contract\//] },
  { from: /^main\/engine\/profiles\/profile-text\.ts$/, allow: [/^main\/(contract|engine\/answers)\//, /^yaml$/] },
  { from: /^main\/engine\/answers\/(xml|yaml)\.ts$/, allow: [/^main\/engine\/answers\//, /^(saxes|yaml)$/] },
  { from: /^main\/engine\/formats\/xml-elements\.ts$/, allow: [/^main\/engine\/iso\//, /^saxes$/] },
  { from: pureFiles, allow: [/^main\/contract\//, /^main\/engine\//] },
  {
    from: /^main\/engine\//,
    allow: [/^main\/contract\//, /^main\/engine\//, /^node:/, /^(zod|koffi|systeminformation)$/],
  },
  { from: /^main\/(station|transport|host|commands|index\.ts|cli\.ts)/, allow: [/^main\//, /^node:/, /^[a-z@]/] },
  { from: /^preload\//, allow: [/^electron$/, /^main\/contract\//] },
  { from: /^renderer\//, allow: [/^main\/contract\//, /^renderer\//, /^(?!node:|electron$)[a-z@]/] },
];

function sourceFiles(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const specifiers = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s(?:[^'";]*?\sfrom\s)?\s*'([^']+)'|import\('([^']+)'\)/g,
  );
  return [...specifiers].map((match) => {
    const specifier = match[1] ?? match[2] ?? '';
    return specifier.startsWith('.') ? relative(root, resolve(root, dirname(file), specifier)) : specifier;
  });
}

describe('layers', () => {
  const files = ['main', 'preload', 'renderer'].flatMap((folder) => {
    try {
      return sourceFiles(folder);
    } catch {
      return [];
    }
  });

  it('has files to check', () => {
    expect(files.length).toBeGreaterThan(5);
  });

  it.each(files)('%s imports only what its layer may', (file) => {
    const rule = rules.find(({ from }) => from.test(file));
    expect(rule, `${file} is in no layer of the house plan`).toBeDefined();
    const forbidden = importsOf(file).filter((target) => rule?.allow.some((allowed) => allowed.test(target)) !== true);
    expect(forbidden).toEqual([]);
  });

  it.each(files.filter((file) => pureFiles.test(file)))('%s asks neither clock nor chance', (file) => {
    const text = readFileSync(join(root, file), 'utf8');
    expect(text).not.toMatch(/\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\brandomUUID\b|\bperformance\.now\b/);
  });
});
