/** An answer, or its lack, that another try will not change. */
export class Hopeless extends Error {}

/** What is there already may be no beginning of this file: from nothing, another try may succeed. */
export class Stale extends Hopeless {}

/** An answer that says why there is no file. */
export class Refused extends Hopeless {
  readonly status: number;
  /** The hub's name for the reason (`X-Error-Code`), e.g. "GatedRepo"; null if it gives none. */
  readonly reason: string | null;

  constructor(status: number, reason: string | null) {
    super(`HTTP ${status}${reason === null ? '' : ` (${reason})`}`);
    this.status = status;
    this.reason = reason;
  }
}

/** The beginning of an answer that brings a file, or the rest of one. */
export interface Answer {
  /** Offset of its first byte in the file; 0 if the server sends the whole file whatever was asked. */
  readonly start: number;
  /** Size of the whole file; null if the server does not say. */
  readonly total: number | null;
  /** SHA-256 or git's id of the content, as the hub says it of its files; null if the server says none. */
  readonly told: string | null;
  readonly etag: string | null;
  readonly body: AsyncIterable<Uint8Array> | null;
}

interface FileRequest {
  readonly url: string;
  /** Sent to the host of `url`, never to one that it redirects to. */
  readonly headers: Readonly<Record<string, string>>;
  /** Bytes that are there already. */
  readonly have: number;
  /** Of the answer that they came from; null if not known. */
  readonly etag: string | null;
  readonly signal: AbortSignal;
}

const MOST_REDIRECTS = 5;

/**
 * Asks for a file, or for what is missing of it. Throws Hopeless, of which Stale and Refused say more, or another Error
 * where another try may do better.
 */
export async function requestFile(request: FileRequest): Promise<Answer> {
  let url = request.url;
  let first: Headers | null = null;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const isOwnHost = new URL(url).origin === new URL(request.url).origin;
    const response = await send(url, isOwnHost ? request.headers : {}, request);
    // A file's hash stands on the hub's own answer, not on that of the store it sends to.
    first ??= response.headers;
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null)
      return answerOf(response, request.have, first);
    await response.body?.cancel();
    url = new URL(location, url).href;
  }
  throw new Hopeless(`more than ${MOST_REDIRECTS} redirects`);
}

async function send(url: string, own: FileRequest['headers'], { have, etag, signal }: FileRequest): Promise<Response> {
  const range = have > 0 ? { range: `bytes=${have}-`, ...(etag === null ? {} : { 'if-range': etag }) } : {};
  try {
    return await fetch(url, {
      headers: { 'accept-encoding': 'identity', ...own, ...range },
      redirect: 'manual',
      signal,
    });
  } catch (cause) {
    // Refused, unknown or silent: the next source is the better try.
    throw new Hopeless(`no connection to ${new URL(url).host}`, { cause });
  }
}

function answerOf({ status, headers, body }: Response, have: number, first: Headers): Answer {
  if (status === 429 || status >= 500) throw new Error(`HTTP ${status}`);
  const range = /^bytes (\d+)-\d+\/(\d+|\*)$/.exec(headers.get('content-range') ?? '');
  if (status === 206 && Number(range?.[1]) !== have) throw new Stale('the server sent another range than asked');
  if (status === 416 && have > 0) throw new Stale(`the server has nothing after ${have} bytes`);
  if (status !== 200 && status !== 206) throw new Refused(status, first.get('x-error-code'));
  if (headers.get('content-type')?.startsWith('text/html') === true) {
    throw new Hopeless('an HTML page came instead of the file, such as a network’s log-in page');
  }
  const total = Number((status === 206 ? range?.[2] : headers.get('content-length')) ?? Number.NaN);
  return {
    start: status === 206 ? have : 0,
    total: Number.isNaN(total) ? null : total,
    told: toldHash(first),
    etag: headers.get('etag'),
    body: body as AsyncIterable<Uint8Array> | null,
  };
}

/** The hub's ETags are hashes: SHA-256 of a large file's content, git's id of a small one's. */
function toldHash(headers: Headers): string | null {
  const tag = headers.get('x-linked-etag') ?? headers.get('etag') ?? '';
  return /^(?:W\/)?"?([0-9a-f]{64}|[0-9a-f]{40})"?$/.exec(tag)?.[1] ?? null;
}
