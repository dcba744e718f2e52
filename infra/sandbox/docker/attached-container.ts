import { PassThrough, type Duplex } from 'node:stream';
import type { Container, ContainerCreateOptions } from 'dockerode';
import type { Limits } from '../../../domain/test-report.js';
import type { RunnerProcess } from '../runner-process.js';
import { answer, answerUnlessGone, type Engine, wordsOf } from './engine.js';
import { EMPTY_ROOM, fits, larger, roomFor, roomLimits } from './room.js';

/** How long an engine may take to tell how a container ended, once it has removed it or is about to. */
const FAREWELL_MS = 10_000;

/** Starts a container with its streams attached. Throws `SandboxUnavailable`, and leaves no container. */
export async function startContainer(engine: Engine, settings: ContainerCreateOptions): Promise<RunnerProcess> {
  const container = await answer('create a container', engine.createContainer(settings));
  try {
    const streams = { stream: true, stdin: true, stdout: true, stderr: true };
    const stream = await answer('attach to a container', container.attach({ ...streams, hijack: true }));
    // A socket, of which dockerode's types say less.
    const attached = new AttachedContainer(container, stream as Duplex);
    await answer('start a container', container.start());
    return attached;
  } catch (error) {
    await container.remove({ force: true }).catch(() => undefined);
    throw error;
  }
}

/** A container whose streams are attached; it is removed when it ends or can no longer be talked to. */
class AttachedContainer implements RunnerProcess {
  readonly stdin: Duplex;
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly ended: Promise<string>;
  readonly #container: Container;
  #end: (how: string) => void = () => undefined;
  #room = EMPTY_ROOM;
  #isKilled = false;

  /** Of a container that is created and attached, but not started. */
  constructor(container: Container, stream: Duplex) {
    this.#container = container;
    this.stdin = stream;
    this.ended = new Promise((resolve) => (this.#end = resolve));
    container.modem.demuxStream(stream, this.stdout, this.stderr);
    container.wait({ condition: 'removed' }).then(
      ({ StatusCode: code }: { StatusCode: number }) => this.#end(`its container ended with exit code ${code}`),
      (error: unknown) => this.#end(`its container can't be watched: ${wordsOf(error)}`),
    );
    stream.once('close', () => this.kill());
  }

  async makeRoom(limits: Limits): Promise<void> {
    const wanted = roomFor(limits);
    if (fits(wanted, this.#room)) return;
    const room = larger(wanted, this.#room);
    await answer('widen the limits of a container', this.#container.update(roomLimits(room)));
    this.#room = room;
  }

  kill(): void {
    if (this.#isKilled) return;
    this.#isKilled = true;
    // An engine that is out of reach sees at least that its standard input has ended, and with it the fork server.
    this.stdin.destroy();
    void this.#remove();
  }

  async #remove(): Promise<void> {
    try {
      await answerUnlessGone('remove a container', this.#container.remove({ force: true }));
    } catch (error) {
      return this.#end(wordsOf(error));
    }
    // The connection that tells how it ended may have broken without a word.
    const timer = setTimeout(() => this.#end('its container is gone'), FAREWELL_MS);
    await this.ended;
    clearTimeout(timer);
  }
}
