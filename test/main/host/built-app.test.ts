import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeRehearsalImage } from '../../../main/engine/rehearsal/rehearsal-image.ts';
import { readAsar, readFuses, unfusedBinary } from './packed-app.ts';

/**
 * What `npm run build` makes, and what `npm run dist` packs: built once, in a folder of its own. Electron is not there: its stand-in runs
 * the bundles, and a stub of its distribution is packed. The packages themselves (deb, AppImage, nsis, dmg) need tools that are
 * fetched on the machine that makes a release, and are not made here.
 */

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');
const project = mkdtempSync(join(tmpdir(), 'fieldboot-build-'));
const out = join(project, 'out');
const script = (...parts: string[]): string => join(root, 'node_modules', ...parts);

beforeAll(async () => {
  await run(process.execPath, [script('electron-vite', 'bin', 'electron-vite.js'), 'build', '--outDir', out], {
    cwd: root,
  });
  addKoffi(project);
}, 120_000);

afterAll(() => rmSync(project, { recursive: true, force: true, maxRetries: 3 }));

/** The one package with native parts; everything else is in the bundles. */
function addKoffi(folder: string): void {
  for (const name of ['koffi', '@koromix']) {
    cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), { recursive: true });
  }
}

/** Runs a program in a folder, where it finds nothing of this checkout. */
const node = (folder: string, ...words: string[]) =>
  run(process.execPath, words, {
    cwd: folder,
    env: { PATH: process.env['PATH'], FIELDBOOT_DATA: join(folder, 'data') },
  });

describe('the bundles', () => {
  it('are the desktop app: it opens its page, talks to its station, outlives a crash of it, and ends', async () => {
    const runner = join(import.meta.dirname, 'electron-stand-in', 'run-built-app.ts');
    const data = join(project, 'data');
    const { stdout, stderr } = await run(process.execPath, [runner, join(out, 'main', 'index.js')], {
      env: { ...process.env, FIELDBOOT_DATA: data },
      timeout: 60_000,
    });
    const seen = JSON.parse(stdout) as {
      parts: [string, number, string][];
      first: { interfaces: number };
    } & Record<string, unknown>;

    expect(stderr).toBe('');
    expect(seen).toMatchObject({
      url: 'app://station/',
      policy: expect.stringContaining("default-src 'none'; script-src 'self';"),
      bridge: ['close', 'open', 'pathOfFile', 'send'],
      userData: join(data, 'desktop'),
      first: { hello: 1, station: { capabilities: { nativeDialogs: true }, readOnly: false } },
      second: { hello: 1, station: { capabilities: { nativeDialogs: true }, readOnly: false } },
      processes: 2,
      exitCode: 0,
    });
    expect(seen.first.interfaces).toBeGreaterThan(0);
    expect(seen.parts.map(([, status]) => status)).toEqual(seen.parts.map(() => 200));
    const kinds = seen.parts.map(([, , kind]) => kind);
    expect(kinds).toEqual(expect.arrayContaining(['text/javascript; charset=utf-8', 'text/css; charset=utf-8']));
  }, 90_000);

  it('are a preload of one file that requires nothing but electron', () => {
    expect(readdirSync(join(out, 'preload'))).toEqual(['index.cjs']);
    const text = readFileSync(join(out, 'preload', 'index.cjs'), 'utf8');
    expect([...text.matchAll(/require\(([^)]*)\)/g)].map(([, name]) => name)).toEqual(['"electron"']);
    expect(text.length).toBeLessThan(4_000);
  });

  it('are a command line that runs from a folder of its own', async () => {
    const folder = join(project, 'alone');
    cpSync(join(out, 'main'), join(folder, 'out', 'main'), { recursive: true });
    addKoffi(folder);
    const cli = join('out', 'main', 'cli.js');

    const { stdout } = await node(folder, cli, 'interfaces', '--json');
    expect((JSON.parse(stdout) as { interfaces: { name: string }[] }).interfaces.map(({ name }) => name)).toContain(
      'lo',
    );
    // By a recipe that lies beside the bundle.
    const image = join(folder, 'image.iso');
    await writeRehearsalImage(image, { kernelBytes: 4096, initrdBytes: 4096, systemBytes: 4096 });
    const { stdout: inspected } = await node(folder, cli, 'inspect', image, '--json');
    expect(JSON.parse(inspected)).toMatchObject({ recipe: 'rehearsal' });
  }, 60_000);
});

describe('the packed app', () => {
  const app = join(out, 'dist', 'linux-unpacked');
  const resources = join(app, 'resources');

  beforeAll(async () => {
    for (const name of ['package.json', 'electron-builder.yml', 'LICENSE'])
      cpSync(join(root, name), join(project, name));
    for (const name of ['icon.png', 'packaging']) {
      cpSync(join(root, 'assets', name), join(project, 'assets', name), { recursive: true });
    }
    // What must not be packed, whoever leaves it there.
    for (const file of ['main/cli.ts', 'test/a.test.ts', 'node_modules/zod/index.js', '.env', 'out/test-unit.json']) {
      mkdirSync(dirname(join(project, file)), { recursive: true });
      writeFileSync(join(project, file), '');
    }
    mkdirSync(join(project, '.loaders'));
    writeFileSync(join(project, '.loaders', 'ipxe.pxe'), 'a loader');

    const stub = join(project, 'electron');
    mkdirSync(join(stub, 'resources'), { recursive: true });
    writeFileSync(join(stub, 'electron'), unfusedBinary(), { mode: 0o755 });
    writeFileSync(join(stub, 'LICENSE'), 'of Electron');
    const { version } = JSON.parse(readFileSync(script('electron', 'package.json'), 'utf8')) as { version: string };
    const nowhere = 'http://127.0.0.1:9/';
    await run(
      process.execPath,
      [
        script('electron-builder', 'cli.js'),
        '--linux',
        'dir',
        '--x64',
        '--publish=never',
        `--projectDir=${project}`,
        `-c.electronDist=${stub}`,
        `-c.electronVersion=${version}`,
      ],
      {
        cwd: project,
        // Whatever it wanted to fetch, it would fail.
        env: { ...process.env, ELECTRON_MIRROR: nowhere, ELECTRON_BUILDER_BINARIES_MIRROR: nowhere },
      },
    );
  }, 120_000);

  it('holds the bundles and koffi, and nothing else', () => {
    const files = [...readAsar(join(resources, 'app.asar')).keys()];
    const parts = [
      /^out\/main\/chunks\/[\w.-]+-[\w-]{8}\.js$/,
      /^out\/renderer\/assets\/[\w.-]+-[\w-]{8}\.(js|css|woff2|svg)$/,
      /^node_modules\/koffi\/([\w/]+\.c?js|package\.json|LICENSE\.txt)$/,
      /^node_modules\/@koromix\/koffi-[\w-]+\/(index\.js|package\.json|\w+\/koffi\.node)$/,
    ];
    for (const part of parts) expect(files.filter((file) => part.test(file))).not.toEqual([]);
    const recipes = readdirSync(join(root, 'assets', 'recipes')).map((name) => `out/main/assets/recipes/${name}`);
    expect(files.filter((file) => !parts.some((part) => part.test(file))).sort()).toEqual(
      [
        ...recipes,
        'out/main/assets/loaders.json',
        'out/main/assets/oui-data.json',
        'out/main/cli.js',
        'out/main/http-thread.js',
        'out/main/index.js',
        'out/main/licenses.md',
        'out/main/licenses/ibm-plex-mono.txt',
        'out/main/licenses/ibm-plex-sans.txt',
        'out/main/package.json',
        'out/main/station-entry.js',
        'out/main/tftp-thread.js',
        'out/preload/index.cjs',
        'out/renderer/index.html',
        'out/renderer/licenses.md',
        'package.json',
      ].sort(),
    );
  });

  it('has loaders and licence as files of their own, and the program under its own name', () => {
    expect(readdirSync(resources).sort()).toEqual(['LICENSE', 'app.asar', 'app.asar.unpacked', 'loaders']);
    expect(readFileSync(join(resources, 'loaders', 'ipxe.pxe'), 'utf8')).toBe('a loader');
    expect(existsSync(join(app, 'fieldboot'))).toBe(true);
  });

  it('has its fuses set', () => {
    expect(readFuses(join(project, 'electron', 'electron'))).toMatchObject({
      runAsNode: true,
      onlyLoadAppFromAsar: false,
    });
    expect(readFuses(join(app, 'fieldboot'))).toEqual({
      runAsNode: false,
      cookieEncryption: true,
      nodeOptions: false,
      nodeCliInspect: false,
      asarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      browserProcessSnapshot: false,
      fileProtocolExtraPrivileges: false,
    });
  });

  it('carries the content security policy in its code', () => {
    const code = [...readAsar(join(resources, 'app.asar'))]
      .filter(([path]) => /^out\/main\/.*\.js$/.test(path))
      .map(([, bytes]) => bytes?.toString() ?? '')
      .join('\n');
    expect(code).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  it('runs from what was packed, native parts and all', async () => {
    const folder = join(project, 'resources');
    for (const [path, bytes] of readAsar(join(resources, 'app.asar'))) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      if (bytes !== undefined) writeFileSync(join(folder, path), bytes);
    }
    cpSync(join(resources, 'app.asar.unpacked'), folder, { recursive: true });
    const { stdout } = await node(folder, join('out', 'main', 'cli.js'), 'interfaces', '--json');
    expect(stdout).toContain('"lo"');
    const { stdout: pid } = await node(
      folder,
      '-p',
      "require('koffi').load(process.platform === 'linux' ? 'libc.so.6' : undefined).func('int getpid()')() === process.pid",
    );
    expect(pid.trim()).toBe('true');
  });
});
