import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { UserError } from '../../../infra/errors.js';
import { deviceClass, probeGpus } from '../../../infra/gpu/probe.js';
import { FakeGpus } from '../../support/fake-gpus.js';

const folder = mkdtempSync(join(tmpdir(), 'aicodereval-probe-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const H100 = 'NVIDIA H100 80GB HBM3';
const gpus = new FakeGpus(folder, [H100]);
const { env } = gpus;

test.each([
  [H100, 'h100'],
  ['NVIDIA H100 PCIe', 'h100'],
  ['NVIDIA A100-SXM4-80GB', 'a100'],
  ['A100-PCIE-40GB', 'a100'],
  ['NVIDIA H200 NVL', 'h200'],
  ['Tesla V100-SXM2-16GB', 'v100'],
  ['Tesla T4', 't4'],
  ['NVIDIA L40S', 'l40s'],
  ['NVIDIA GH200 480GB', 'gh200'],
  ['NVIDIA GeForce RTX 4060 Ti', 'rtx-4060-ti'],
  ['NVIDIA RTX 6000 Ada Generation', 'rtx-6000-ada'],
  ['Quadro RTX 8000', 'rtx-8000'],
  ['NVIDIA', 'other'],
])('%s is of class %s', (name, expected) => expect(deviceClass(name)).toBe(expected));

describe('nvidia-smi', () => {
  test('lists devices', async () => {
    gpus.list([H100, 'Tesla T4']);
    expect(await probeGpus({ env })).toMatchObject([
      { index: 0, uuid: gpus.uuids[0], name: H100, memoryMib: 81_559, deviceClass: 'h100' },
      { index: 1, uuid: gpus.uuids[1], name: 'Tesla T4', deviceClass: 't4' },
    ]);
  });

  test('is asked in its own terms', async () => {
    gpus.answer('case "$*" in *--query-gpu=index,uuid,*--format=csv,noheader,nounits*) ;; *) exit 2 ;; esac');
    expect(await probeGpus({ env })).toEqual([]);
  });

  test('may have no device, or be absent', async () => {
    gpus.answer('echo No devices were found');
    expect(await probeGpus({ env })).toEqual([]);
    expect(await probeGpus({ env: { PATH: folder } })).toEqual([]);
  });

  test("a device that it cannot describe is left out; memory that is the host's is none of its own", async () => {
    gpus.answer(
      `echo "0, [Unknown Error], 00000000:01:00.0, 81559, ${H100}"; echo "1, ${gpus.uuids[1]}, 0009:01:00.0, [N/A], NVIDIA GB10"`,
    );
    expect(await probeGpus({ env })).toMatchObject([{ index: 1, memoryMib: null, deviceClass: 'gb10' }]);
  });

  test.each([
    ['fails', 'echo "driver/library version mismatch" >&2; exit 18', 'version mismatch'],
    ['is killed', 'kill -9 $$', 'nvidia-smi fails'],
    ['says something else', 'echo "Unable to determine the device handle for GPU0000:17:00.0"', 'Unable to determine'],
  ])('that %s is a fault of the surroundings, with a cure', async (_, script, words) => {
    gpus.answer(script);
    const error = await probeGpus({ env }).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ exitCode: 3, message: expect.stringContaining(words) });
    expect(error).toMatchObject({ hint: expect.stringContaining('driver') });
  });
});

test("the files of a device are those of the driver's own numbering", async () => {
  const record = join(folder, 'proc/driver/nvidia/gpus/0000:01:00.0');
  mkdirSync(record, { recursive: true });
  writeFileSync(join(record, 'information'), 'Model: \t\t H100\nGPU UUID: \t GPU-1\nDevice Minor: \t 5\n');
  gpus.list([H100, H100]);
  const [first, second] = await probeGpus({ env, root: folder });
  // The fake list numbers buses like devices: the second is on the bus that the record is of.
  expect(first?.nodes).toEqual([]);
  expect(second?.nodes).toEqual(['/dev/nvidia5', '/dev/nvidiactl', '/dev/nvidia-uvm']);
});
