import { parseArgs } from 'node:util';
import { readReplayFile } from '../../infra/parse/replay-file.js';
import { inTurn, REPLIES, startFaultServer, type Received, type Reply, type ReplyName } from './fault-server.js';

/**
 * The fault server as a process of its own: prints its base address on the first line and runs until it is killed.
 * --port N, --delay MS, --log FILE, --replies ok,hang,... (in turn for each key), --answers FILE (lines of a replay
 * file, matched by the last message; then --replies is not used).
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    delay: { type: 'string', default: '0' },
    log: { type: 'string' },
    replies: { type: 'string', default: 'ok' },
    answers: { type: 'string' },
  },
});

const recordings = values.answers === undefined ? [] : await readReplayFile(values.answers);
const names = values.replies.split(',').filter((name): name is ReplyName => Object.hasOwn(REPLIES, name));

function recorded({ messages }: Received): Reply {
  const last = messages.at(-1)?.content ?? '';
  const found = recordings.find(({ match }) => match !== null && last.includes(match));
  if (found === undefined) return { kind: 'raw', status: 404, body: 'no recorded answer matches' };
  return { kind: 'answer', text: found.completion, finishReason: found.finishReason };
}

const server = await startFaultServer({
  reply: values.answers === undefined ? inTurn(...names) : recorded,
  port: Number(values.port),
  delayMs: Number(values.delay),
  ...(values.log === undefined ? {} : { logFile: values.log }),
});
process.stdout.write(`${server.baseUrl}\n`);
