import { type Ports, reservePorts } from '../../infra/temporal/dev-server.js';

/** Ports that were free a moment ago, and that no home of another test wishes for. */
export async function freePorts(): Promise<Ports> {
  const { ports, release } = await reservePorts({ grpc: 0, ui: 0 });
  await release();
  return ports;
}
