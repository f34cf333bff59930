import { JSDOM } from 'jsdom';
import { createServer, type Plugin } from 'vite';

/**
 * Put the shop as it looks before any data into the built page, so that something is there before the script is.
 * The browser draws over it with the same; nothing is hydrated, so nothing can mismatch.
 */
export function prerender(): Plugin {
  return {
    name: 'prerender',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: async (html) => html.replace('<div id="root">', `<div id="root">${await markup()}`),
    },
  };
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
