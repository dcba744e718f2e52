import { connect, embeddedServer } from '../../infra/temporal/connect.js';
import { readHostFile } from '../../workers/host.js';

/** A client of the server that runs for a home; close its connection in the end. */
export async function connectToHome(home: string): ReturnType<typeof connect> {
  const { grpc } = (await readHostFile(home)) ?? { grpc: 0 };
  return connect(embeddedServer(grpc));
}
