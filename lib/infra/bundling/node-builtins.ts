import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

const NAMESPACE = 'node-builtin';
const UNPREFIXED = new Set(builtinModules.filter((name) => !name.startsWith('node:')));

/**
 * The esbuild plugin that takes Node's built-in modules through `process.getBuiltinModule`.
 *
 * A static ESM import of `node:http` makes Node read every export of it, among them the lazy WebSocket, which loads
 * undici: 15 ms of each cold start. `getBuiltinModule` hands over the module without reading its exports.
 *
 * @see https://github.com/nodejs/node/issues/59686
 */
export function nodeBuiltins(): Plugin {
  return {
    name: NAMESPACE,
    setup(build) {
      build.onResolve({ filter: /^[a-z]/ }, ({ path }) => {
        const isBuiltin = path.startsWith('node:') || UNPREFIXED.has(path);
        return isBuiltin ? { path: `node:${path.replace(/^node:/, '')}`, namespace: NAMESPACE } : undefined;
      });
      build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
        contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
        loader: 'js',
      }));
    },
  };
}
