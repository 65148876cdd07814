import { threadCalls } from '../../native/thread-calls.ts';
import { openInbox } from '../../native/thread-inbox.ts';
import { BodyLoop } from './body-loop.ts';
import type { BodyThreadStart, MessageFromBodyThread, MessageToBodyThread } from './body-messages.ts';
import { socketCalls } from './socket-calls.ts';

/** The thread that sends the bodies of answers. */
const { start, tell, nextMessage } = openInbox<BodyThreadStart, MessageToBodyThread, MessageFromBodyThread>();
const now = (): number => performance.now();
new BodyLoop({ ...start, calls: threadCalls(), sockets: socketCalls(), now, tell, nextMessage }).run();
