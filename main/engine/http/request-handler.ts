import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EmitEvent } from '../../contract/events.ts';
import { StationError, toStationError } from '../../contract/errors.ts';
import { claimFirst, type FileRequest, type Route, type ServedFile } from '../files/route.ts';
import type { MeteredTransfer, TransferMeter } from '../files/transfer-meter.ts';
import type { BufferPool } from './buffer-pool.ts';
import { contentTypeOf } from './content-type.ts';
import type { EventDamper } from './event-damper.ts';
import { interpretRequest } from './interpret-request.ts';
import type { RequestHead } from './request-head.ts';
import { ShortFileError } from './body-pieces.ts';
import { sendMessage, sendReply } from './responder.ts';
import { fileBytesOf, planFileResponse, planMessage } from './response-plan.ts';
import type { HttpCounters } from './statistics.ts';
import type { BodyThread } from './thread/body-thread.ts';
import { connectionForThread, sendByThread } from './thread/send-by-thread.ts';

export interface RequestHandlerOptions {
  readonly routes: readonly Route[];
  readonly meter: TransferMeter;
  readonly emit: EmitEvent;
  readonly now: () => number;
  readonly damper: EventDamper;
  readonly buffers: BufferPool;
  /** Sends large bodies that it can read by itself; undefined where there is none. */
  readonly thread: BodyThread | undefined;
  readonly counters: HttpCounters;
  /** Separates the parts of answers with several ranges; random, so that no file holds it. */
  readonly boundary: string;
}

/** Answers one request, whatever it is. Never rejects. */
export type RequestHandler = (request: IncomingMessage, response: ServerResponse, peerAddress: string) => Promise<void>;

export function createRequestHandler(options: RequestHandlerOptions): RequestHandler {
  const { routes, meter, emit, now, damper, buffers, counters, boundary, thread } = options;

  const refuse = (peerAddress: string, path: string, reason: string): void => {
    counters.badRequests += 1;
    if (!damper.allows(`refused ${peerAddress} ${reason}`, now())) return;
    emit({ type: 'file.refused', protocol: 'http', peerAddress, path, reason });
  };

  const tellTrouble = (error: StationError): void => {
    counters.failedAnswers += 1;
    const { code, title, advice } = error.toReport();
    if (damper.allows(`trouble ${code} ${title}`, now())) emit({ type: 'engine.trouble', code, title, advice });
  };

  const sendFile = async (
    request: IncomingMessage,
    response: ServerResponse,
    fileRequest: FileRequest,
    file: ServedFile,
  ): Promise<void> => {
    const { path, peerAddress } = fileRequest;
    const contentType = file.contentType ?? contentTypeOf(path);
    const plan = planFileResponse(headOf(request), { ...pick(file), contentType }, boundary);
    const withBody = request.method !== 'HEAD';
    let transfer: MeteredTransfer | undefined;
    if (withBody && (plan.status === 200 || plan.status === 206)) {
      const sizeBytes = fileBytesOf(plan);
      transfer = meter.start({ protocol: 'http', peerAddress, path, kind: file.kind, sizeBytes });
    }
    const onSent = (bytes: number): void => {
      counters.sentBytes += bytes;
      transfer?.addSent(bytes);
    };
    try {
      const { direct } = file;
      const connection = withBody ? connectionForThread(thread, plan, direct, response.socket) : undefined;
      const outcome =
        connection === undefined || direct?.kind !== 'descriptor'
          ? await sendReply(response, { plan, withBody, buffers, file, onSent })
          : await sendByThread(response, connection, { plan, bytes: direct, path, onSent });
      if (outcome === 'aborted') counters.abortedAnswers += 1;
      transfer?.end(outcome);
    } catch (thrown) {
      const error = explain(thrown, path);
      transfer?.end('failed', error.title);
      throw error;
    }
  };

  const answer = async (request: IncomingMessage, response: ServerResponse, peerAddress: string): Promise<void> => {
    const withBody = request.method !== 'HEAD';
    const asked = interpretRequest({
      method: request.method ?? '',
      target: request.url ?? '',
      httpVersion: request.httpVersion,
      hasBody: carriesBody(request),
    });
    if (asked.kind === 'refused') {
      refuse(peerAddress, asked.path, asked.reason);
      await sendMessage(response, asked.answer, withBody);
      return;
    }

    const { path, query } = asked;
    const fileRequest: FileRequest = { path, query, protocol: 'http', peerAddress };
    const file = await claimFirst(routes, fileRequest);
    if (file === undefined) {
      counters.missingFiles += 1;
      emit({ type: 'file.missing', protocol: 'http', peerAddress, path });
      await sendMessage(response, planMessage(404), withBody);
      return;
    }
    try {
      await sendFile(request, response, fileRequest, file);
    } finally {
      await file.close();
    }
  };

  return async (request, response, peerAddress) => {
    counters.requests += 1;
    try {
      await answer(request, response, peerAddress);
    } catch (thrown) {
      tellTrouble(toStationError(thrown));
      if (response.headersSent) response.destroy();
      else await sendMessage(response, planMessage(500), request.method !== 'HEAD');
    }
  };
}

const carriesBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) !== 0;

const headOf = (request: IncomingMessage): RequestHead => ({
  method: request.method ?? '',
  header: (name) => {
    const value = request.headers[name];
    return typeof value === 'object' ? value.join(', ') : value;
  },
});

const pick = ({ sizeBytes, entityTag, modifiedAtMs }: ServedFile) => ({ sizeBytes, entityTag, modifiedAtMs });

const explain = (thrown: unknown, path: string): StationError =>
  thrown instanceof ShortFileError
    ? new StationError('E_IMAGE_CHANGED', { path, detail: thrown.message }, { cause: thrown })
    : toStationError(thrown);
