import type { Limits } from '../../../domain/test-report.js';

/** What a container may use, all its processes together: a backstop behind the limits of each program. */
export interface Room {
  readonly memoryBytes: number;
  readonly processes: number;
}

/** The fork server with an environment's libraries, its supervisor, and what a program can take between two looks. */
export const EMPTY_ROOM: Room = { memoryBytes: 3 * 1024 ** 3, processes: 64 };

/** The room for a job: its candidate and its grader may each come up to the limits. */
export function roomFor({ memoryBytes, tmpBytes, processes }: Limits): Room {
  return {
    memoryBytes: EMPTY_ROOM.memoryBytes + 2 * memoryBytes + tmpBytes,
    processes: EMPTY_ROOM.processes + 2 * processes,
  };
}

export function fits(room: Room, into: Room): boolean {
  return room.memoryBytes <= into.memoryBytes && room.processes <= into.processes;
}

export function larger(one: Room, other: Room): Room {
  return {
    memoryBytes: Math.max(one.memoryBytes, other.memoryBytes),
    processes: Math.max(one.processes, other.processes),
  };
}

/** A room as the engine's limits; without swap. */
export function roomLimits({ memoryBytes, processes }: Room) {
  return { Memory: memoryBytes, MemorySwap: memoryBytes, PidsLimit: processes };
}
