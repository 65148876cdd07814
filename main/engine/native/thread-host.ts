// Messages between threads, not between windows of a browser, which would have to say whom they may reach.
// oxlint-disable unicorn/require-post-message-target-origin
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { findUpward } from '../installed-files.ts';
import { type ThreadCalls, threadCalls } from './thread-calls.ts';

const EFD_CLOEXEC = 0o2000000;
const EFD_NONBLOCK = 0o4000;

/** What an eventfd is written: it adds it to its count. */
const one = Buffer.alloc(8);
one.writeBigUInt64LE(1n);

export interface ThreadProgram<FromThread> {
  /** Where its file is looked for: from the sources by the first name, in a bundle by the second. */
  readonly from: string;
  readonly fileNames: readonly [string, string];
  /** What it is started with, beside `wakeDescriptor`: an eventfd that is written to when there is a message. */
  readonly data: Readonly<Record<string, unknown>>;
  readonly onMessage: (message: FromThread) => void;
  /** It ended, asked or not: nothing more will come from it. Told once. */
  readonly onEnded: () => void;
}

/**
 * A thread that never returns to an event loop: it waits for descriptors by itself, so a message to it is followed by a word to its
 * eventfd. It says `{ type: 'ready' }` first, and ends when it is told `{ type: 'stop' }`.
 */
export class ThreadHost<ToThread> implements AsyncDisposable {
  readonly #calls: ThreadCalls;
  readonly #worker: Worker;
  readonly #wakeDescriptor: number;
  readonly #exited: Promise<void>;
  #isAlive = true;

  private constructor(calls: ThreadCalls, worker: Worker, wakeDescriptor: number, onEnded: () => void) {
    this.#calls = calls;
    this.#worker = worker;
    this.#wakeDescriptor = wakeDescriptor;
    const end = (): void => {
      if (this.#isAlive) onEnded();
      this.#isAlive = false;
    };
    worker.on('error', end);
    this.#exited = new Promise((resolve) => {
      worker.once('exit', () => {
        end();
        resolve();
      });
    });
  }

  /** Rejects where this system has no such calls, or the thread does not start. */
  static async start<ToThread, FromThread>(program: ThreadProgram<FromThread>): Promise<ThreadHost<ToThread>> {
    const calls = threadCalls();
    const file = findUpward(program.from, ...program.fileNames);
    if (file === undefined) throw new Error('the program of the thread is not there');
    const wakeDescriptor = calls.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (wakeDescriptor < 0) throw new Error(`eventfd: errno ${calls.errno()}`);
    try {
      const worker = new Worker(file, { workerData: { ...program.data, wakeDescriptor } });
      const host = new ThreadHost<ToThread>(calls, worker, wakeDescriptor, program.onEnded);
      await once(worker, 'message');
      worker.on('message', program.onMessage);
      return host;
    } catch (error) {
      calls.close(wakeDescriptor);
      throw error;
    }
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  tell(message: ToThread | { readonly type: 'stop' }): void {
    if (!this.#isAlive) return;
    this.#worker.postMessage(message);
    this.#calls.write(this.#wakeDescriptor, one, one.length);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.tell({ type: 'stop' });
    await this.#exited;
    this.#calls.close(this.#wakeDescriptor);
  }
}
