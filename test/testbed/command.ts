import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

export interface CommandOptions {
  readonly timeoutMs?: number;
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly workingFolder?: string;
}

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  /** -1 where a signal ended it. */
  readonly code: number;
  readonly signal: NodeJS.Signals | null;
}

/** Runs a command to its end, whatever its exit code. Rejects where it cannot be started or takes too long. */
export async function runCommand(command: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const { timeoutMs = 30_000 } = options;
  const child = start(command, options);
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  // A command that does not read its input closes the pipe early, which is its right.
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(options.input ?? '');

  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    child.kill('SIGKILL');
  }, timeoutMs);
  try {
    const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
    const result = { stdout: stdout(), stderr: stderr(), code: code ?? -1, signal };
    if (timedOut) throw new Error(`"${command.join(' ')}" took over ${timeoutMs} ms\n${describeOutput(result)}`);
    return result;
  } finally {
    clearTimeout(timer);
  }
}

/** Like `runCommand`, and rejects with the command's output where its exit code is not 0. Resolves to its stdout. */
export async function runChecked(command: readonly string[], options: CommandOptions = {}): Promise<string> {
  const result = await runCommand(command, options);
  if (result.code !== 0) {
    throw new Error(
      `"${command.join(' ')}" ended with ${result.signal ?? `code ${result.code}`}\n${describeOutput(result)}`,
    );
  }
  return result.stdout;
}

export interface RunningCommandExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const GRACE_MS = 5_000;
const DRAIN_MS = 250;
const TAIL_LINES = 40;

/** A long-running command whose output is read line by line. Dispose ends it: SIGTERM, and SIGKILL after a grace. */
export class RunningCommand implements AsyncDisposable {
  /** Lines of stdout and stderr in the order they came. */
  readonly lines: string[] = [];
  readonly stdoutLines: string[] = [];
  readonly stderrLines: string[] = [];
  readonly exited: Promise<RunningCommandExit>;
  readonly #title: string;
  readonly #child: ChildProcess;
  readonly #listeners = new Set<() => void>();
  #exit: RunningCommandExit | undefined;

  constructor(command: readonly string[], options: Omit<CommandOptions, 'timeoutMs'> = {}) {
    this.#title = command.join(' ');
    this.#child = start(command, options);
    this.#child.stdin?.on('error', () => undefined);
    if (options.input !== undefined) this.#child.stdin?.write(options.input);
    this.#readLines(this.#child.stdout, this.stdoutLines);
    this.#readLines(this.#child.stderr, this.stderrLines);
    this.exited = new Promise((resolve) => {
      const end = (exit: RunningCommandExit): void => {
        if (this.#exit !== undefined) return;
        this.#exit = exit;
        resolve(exit);
        this.#notify();
      };
      this.#child.on('error', (error) => {
        this.lines.push(`could not be started: ${error.message}`);
        if (this.#child.pid === undefined) end({ code: null, signal: null });
      });
      this.#child.on('close', (code, signal) => end({ code, signal }));
      // A daemon it left behind may hold its output open for ever.
      this.#child.on('exit', (code, signal) => setTimeout(() => end({ code, signal }), DRAIN_MS).unref());
    });
  }

  get pid(): number {
    const { pid } = this.#child;
    if (pid === undefined) throw new Error(`"${this.#title}" is not running`);
    return pid;
  }

  get hasExited(): boolean {
    return this.#exit !== undefined;
  }

  /** The last lines of output, for messages of failed tests. */
  tail(count = TAIL_LINES): string {
    return this.lines.slice(-count).join('\n');
  }

  writeLine(line: string): void {
    this.#child.stdin?.write(`${line}\n`);
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Resolves once `ready` returns something, asked again at every line; rejects at the end of the command or time. */
  async waitFor<Value>(what: string, ready: () => Value | undefined, timeoutMs: number): Promise<Value> {
    const { promise, resolve, reject } = Promise.withResolvers<Value>();
    const fail = (reason: string): void =>
      reject(new Error(`"${this.#title}": no ${what}, ${reason}. Its last lines:\n${this.tail()}`));
    const check = (): void => {
      const value = ready();
      if (value !== undefined) resolve(value);
      else if (this.#exit !== undefined) fail(`it ended with ${this.#exit.signal ?? `code ${this.#exit.code}`}`);
    };
    const timer = setTimeout(() => fail(`waited ${timeoutMs} ms`), timeoutMs);
    this.#listeners.add(check);
    try {
      check();
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#listeners.delete(check);
    }
  }

  /** First line of output, past or to come, that matches. */
  async waitForLine(pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray> {
    let next = 0;
    return await this.waitFor(
      `line like ${pattern}`,
      () => {
        while (next < this.lines.length) {
          const match = pattern.exec(this.lines[next++] ?? '');
          if (match !== null) return match;
        }
        return undefined;
      },
      timeoutMs,
    );
  }

  /** Ends the command with `signal`, with SIGKILL where it does not end in time. */
  async stop(signal: NodeJS.Signals = 'SIGTERM', graceMs = GRACE_MS): Promise<RunningCommandExit> {
    if (this.#exit === undefined) this.#child.kill(signal);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), graceMs);
    try {
      return await this.exited;
    } finally {
      clearTimeout(timer);
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
  }

  #readLines(stream: NodeJS.ReadableStream | null, into: string[]): void {
    let rest = '';
    const push = (line: string): void => {
      into.push(line);
      this.lines.push(line);
    };
    stream?.setEncoding('utf8');
    stream?.on('data', (chunk: string) => {
      const parts = (rest + chunk).split('\n');
      rest = parts.pop() ?? '';
      for (const part of parts) push(part.replace(/\r$/, ''));
      this.#notify();
    });
    stream?.on('end', () => {
      if (rest !== '') push(rest);
      this.#notify();
    });
  }

  #notify(): void {
    for (const listener of this.#listeners) listener();
  }
}

function start(command: readonly string[], options: CommandOptions): ChildProcess {
  const [program, ...words] = command;
  if (program === undefined) throw new Error('No command given');
  return spawn(program, words, {
    cwd: options.workingFolder,
    env: { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

function collect(stream: NodeJS.ReadableStream | null): () => string {
  let text = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => (text += chunk));
  return () => text;
}

const describeOutput = ({ stdout, stderr }: CommandResult): string =>
  [stderr.trim(), stdout.trim()].filter((text) => text !== '').join('\n');
