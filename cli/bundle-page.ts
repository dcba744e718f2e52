import { basename, dirname } from 'node:path';
import { promisify } from 'node:util';
import webpack, { type Configuration } from 'webpack';
import { packagePath } from '../infra/package-path.js';
import { PAGE_SCRIPT } from './page-script.js';

/** Makes one script, which imports nothing, of the compiled modules of `report/client`: a part of the build. */
async function build(): Promise<void> {
  const script = packagePath(PAGE_SCRIPT);
  const options: Configuration = {
    mode: 'production',
    // Else the comments on where a module came from would tell where the build was made.
    context: packagePath('.'),
    target: ['web', 'es2023'],
    entry: packagePath('dist/report/client/main.js'),
    output: { path: dirname(script), filename: basename(script) },
    // Left readable: a page can be looked into, and its size is that of its data.
    optimization: { minimize: false },
    devtool: false,
    performance: false,
  };
  const compiler = webpack(options);
  const stats = await promisify(compiler.run.bind(compiler))();
  await promisify(compiler.close.bind(compiler))();
  if (stats?.hasErrors() !== false) throw new Error(stats?.toString({ all: false, errors: true }));
}

await build();
