import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { lacking, packageOfModule, packagesOfLock, parseRequirement } from '../../domain/requirements.js';

const STDLIB = new Set(['json', 'os', 'urllib']);

describe('parseRequirement', () => {
  test.each([
    ['torch', 'torch', null],
    ['PIL', 'pillow', null],
    ['Pillow', 'pillow', null],
    ['sklearn', 'scikit-learn', null],
    ['scikit_learn', 'scikit-learn', null],
    ['pytorch', 'torch', null],
    ['cv2', 'opencv-python', null],
    ['tensorflow>=7.0', 'tensorflow', '>=7.0'],
    ['openai<1', 'openai', '<1'],
    ['transformers[torch] >= 4.30, < 5 ; python_version > "3.8"', 'transformers', '>=4.30,<5'],
    ['torch (==2.1)', 'torch', '==2.1'],
    ['pyannote.audio', 'pyannote-audio', null],
    ['git+https://github.com/owner/Some_Name.git@v1.2', 'some-name', null],
    ['git+https://github.com/owner/repo#egg=other&subdirectory=x', 'other', null],
    ['https://host/wheels/pack_age-1.0-py3-none-any.whl', 'pack-age', null],
    ['https://github.com/owner/name/', 'name', null],
    ['name @ https://host/name.zip', 'name', null],
  ])('%s', (text, name, versions) => {
    expect(parseRequirement(text, STDLIB)).toEqual({ name, versions });
  });

  test.each(['json', 'urllib', 'os', '', '  ', '-r other.txt', '!pip', '# torch'])('"%s" is none', (text) => {
    expect(parseRequirement(text, STDLIB)).toBeNull();
  });

  test('whatever the text, a name is one that an index may hold', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const name = parseRequirement(text, STDLIB)?.name ?? 'none';
        expect(name).toMatch(/^[\p{L}\p{N}_%~!$&'()*+,;=:@^`{|}<>"[\]\\-]+$/u);
      }),
    );
  });
});

test('a module is published as a package', () => {
  const modules = {
    PIL: 'pillow',
    sklearn: 'scikit-learn',
    skimage: 'scikit-image',
    bs4: 'beautifulsoup4',
    yaml: 'pyyaml',
    dateutil: 'python-dateutil',
    docx: 'python-docx',
    Crypto: 'pycryptodome',
    sentence_transformers: 'sentence-transformers',
  };
  expect(Object.keys(modules).map(packageOfModule)).toEqual(Object.values(modules));
});

describe('lacking', () => {
  const packages = packagesOfLock(
    '# made\nPyYAML==6.0.2 \\\n    --hash=sha256:00\ntensorflow-cpu==2.20.0\ntorch==2.9.1+cpu ; python_version < "4"\n',
  );

  test('names and versions of a lock, and what they stand in for', () => {
    expect([...packages]).toEqual([
      ['pyyaml', '6.0.2'],
      ['tensorflow-cpu', '2.20.0'],
      ['tensorflow', '2.20.0'],
      ['torch', '2.9.1+cpu'],
    ]);
  });

  test.each([
    ['tensorflow', null, []],
    ['tensorflow', '>=2.1,<3', []],
    ['tensorflow', '>=7.0', ['tensorflow>=7.0 (there is 2.20.0)']],
    ['torch', '==2.9.*', []],
    ['torch', '==2.9.1', []],
    ['torch', '~=2.8', []],
    ['torch', '~=2.8.0', ['torch~=2.8.0 (there is 2.9.1+cpu)']],
    ['torch', '!=2.9.1', ['torch!=2.9.1 (there is 2.9.1+cpu)']],
    ['torch', '>2.9.1', ['torch>2.9.1 (there is 2.9.1+cpu)']],
    ['torch', '<=2.10', []],
    ['torch', '<2.9', ['torch<2.9 (there is 2.9.1+cpu)']],
    ['diffusers', '>=0.2', ['diffusers>=0.2']],
  ])('%s %s', (name, versions, expected) => {
    expect(lacking([{ name, versions }], packages)).toEqual(expected);
  });
});
