import { calls } from '../contract/calls.ts';
import { StationError, toStationError } from '../contract/errors.ts';
import { type WireAnswer, type WireMessage, protocolVersion, requestSchema } from '../contract/wire.ts';
import type { Station } from '../station/station.ts';

/** What a transport must be able to do; Electron's MessagePort and a WebSocket are both a few lines of this. */
export interface MessagePipe {
  send(message: string): void;
  /** Bytes that wait to leave; 0 where the transport does not tell. */
  bufferedBytes(): number;
  close(): void;
}

export interface ServedConnection extends Disposable {
  /** To be called with every message that arrives. */
  receive(message: string): void;
}

// A screen that does not read (a sleeping phone) must not make the station keep its changes for ever.
const MOST_BUFFERED_BYTES = 8 * 1024 * 1024;
const LONGEST_REQUEST = 2 * 1024 * 1024;
const MOST_RUNNING_CALLS = 64;

/** The station's half of one connection: answers calls, tells changes. What arrives is validated here and nowhere else. */
export function serveConnection(station: Station, pipe: MessagePipe, access: { readOnly: boolean }): ServedConnection {
  let open = true;
  let runningCalls = 0;
  const send = (message: WireMessage): void => {
    if (!open) return;
    if (pipe.bufferedBytes() > MOST_BUFFERED_BYTES) {
      // It comes back and asks for a snapshot.
      open = false;
      pipe.close();
      return;
    }
    pipe.send(JSON.stringify(message));
  };
  send({ hello: protocolVersion });
  const unsubscribe = station.subscribe(send);

  const answer = async (message: string): Promise<WireAnswer | undefined> => {
    const request = parseRequest(message);
    if (request === undefined) return undefined;
    const { id, call, arg } = request;
    try {
      if (access.readOnly && !calls[call].readOnly) throw new StationError('E_READ_ONLY', { call });
      const parsed = calls[call].arg.safeParse(arg ?? {});
      if (!parsed.success) throw new StationError('E_USAGE', { problem: `${call}: ${firstIssue(parsed.error)}.` });
      return { id, ok: true, value: await station.call(call, parsed.data, access) };
    } catch (error) {
      return { id, ok: false, error: toStationError(error).toReport() };
    }
  };

  const run = async (message: string): Promise<void> => {
    runningCalls += 1;
    const reply = await answer(message);
    runningCalls -= 1;
    if (reply !== undefined) send(reply);
  };

  return {
    receive(message) {
      if (!open || message.length > LONGEST_REQUEST || runningCalls >= MOST_RUNNING_CALLS) return;
      void run(message);
    },
    [Symbol.dispose]() {
      open = false;
      unsubscribe();
    },
  };
}

/** Undefined for what is no request: it has no id that could be answered. */
function parseRequest(message: string): ReturnType<typeof requestSchema.parse> | undefined {
  try {
    return requestSchema.safeParse(JSON.parse(message)).data;
  } catch {
    return undefined;
  }
}

function firstIssue(error: { issues: readonly { path: readonly PropertyKey[]; message: string }[] }): string {
  const [issue] = error.issues;
  return issue === undefined ? 'not understood' : `${issue.path.map(String).join('.')}: ${issue.message}`;
}
