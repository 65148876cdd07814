import { loadKoffi } from '../../native/memory.ts';
import { threadCalls } from '../../native/thread-calls.ts';
import { openInbox } from '../../native/thread-inbox.ts';
import { BodyLoop } from './body-loop.ts';
import type { BodyThreadStart, MessageFromBodyThread, MessageToBodyThread } from './body-messages.ts';
import type { SendFile } from './body-sender.ts';

/** The thread that sends the bodies of answers. */
const { start, tell, nextMessage } = openInbox<BodyThreadStart, MessageToBodyThread, MessageFromBodyThread>();
const sendFile = loadKoffi()
  .load('libc.so.6')
  .func('int64_t sendfile64(int output, int input, void *offset, uint64_t count)') as SendFile;
const now = (): number => performance.now();
new BodyLoop({ ...start, calls: threadCalls(), sendFile, now, tell, nextMessage }).run();
