import { threadCalls } from '../../native/thread-calls.ts';
import { openInbox } from '../../native/thread-inbox.ts';
import { datagramCalls } from './datagram-calls.ts';
import { ThreadLoop } from './thread-loop.ts';
import type { MessageFromThread, MessageToThread, ThreadStart } from './thread-messages.ts';

/** The thread that sends files by TFTP. */
const { start, tell, nextMessage } = openInbox<ThreadStart, MessageToThread, MessageFromThread>();
const now = (): number => performance.now() * start.clockRate;
new ThreadLoop({ ...start, calls: threadCalls(), datagrams: datagramCalls(), now, tell, nextMessage }).run();
