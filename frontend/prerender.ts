import { JSDOM } from 'jsdom';
import { createServer, type Plugin, type Rolldown } from 'vite';

/**
 * Put the shop as it looks before any data into the built page, so that something is there before the script is.
 * The browser draws over it with the same; nothing is hydrated, so nothing can mismatch. Until then it is inert: what
 * cannot answer yet takes no press and no key.
 */
export function prerender(): Plugin {
  return {
    name: 'prerender',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: async (html, { bundle, chunk }) =>
        html
          .replace('<script', `${preloads(bundle ?? {}, chunk)}$&`)
          // styles and fonts first: with them the page is there, and the script draws over it
          .replace('<script type="module"', '<script type="module" fetchpriority="low"')
          .replace('<div id="root">', `<div id="root"><div inert>${await markup()}</div>`),
    },
  };
}

/** Links to what the first script asks for in several steps, so that all of it is fetched side by side. */
function preloads(bundle: Rolldown.OutputBundle, first: Rolldown.OutputChunk | undefined): string {
  const parts = first?.dynamicImports ?? [];
  const shared = parts.flatMap((part) => {
    const output = bundle[part];
    return output?.type === 'chunk' ? output.imports : [];
  });
  return [...new Set([...shared, ...parts])]
    .filter((file) => file !== first?.fileName)
    .map((file) => `<link rel="modulepreload" fetchpriority="low" crossorigin href="/${file}">`)
    .join('');
}

/** No port, no watching: only the transformation of modules is wanted. */
const QUIETLY = { middlewareMode: true, hmr: false, ws: false, watch: null } as const;

async function markup(): Promise<string> {
  const { window } = new JSDOM('', { url: 'http://localhost/' });
  Object.assign(globalThis, { window, document: window.document, localStorage: window.localStorage });
  const server = await createServer({
    server: QUIETLY,
    appType: 'custom',
    logLevel: 'error',
  });
  try {
    const { shell } = (await server.ssrLoadModule('/src/shell.tsx')) as { shell: () => string };
    return shell();
  } finally {
    await server.close();
  }
}
