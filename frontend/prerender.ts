import { JSDOM } from 'jsdom';
import { createServer, type Plugin, type Rolldown } from 'vite';

const SHOP = '/index.html';

/**
 * Render the shop without data into its built page, so that it is visible before the script has loaded. React then
 * replaces the markup instead of hydrating it. The markup is inert until then, because it cannot react to input.
 */
export function prerender(): Plugin {
  return {
    name: 'prerender',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: async (html, { path, bundle, chunk }) => {
        if (path !== SHOP) return html;
        return (
          html
            .replace('<script', `${preloads(bundle ?? {}, chunk)}$&`)
            // styles and fonts first: the page is complete with them
            .replace('<script type="module"', '<script type="module" fetchpriority="low"')
            .replace('<div id="root">', `<div id="root"><div inert>${await markup()}</div>`)
        );
      },
    },
  };
}

/** Preload links for the modules that the first script imports in several steps, so that all load in parallel. */
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

/** Without port and file watching: the server only transforms modules. */
const TRANSFORM_ONLY = { middlewareMode: true, hmr: false, ws: false, watch: null } as const;

async function markup(): Promise<string> {
  const { window } = new JSDOM('', { url: 'http://localhost/' });
  Object.assign(globalThis, { window, document: window.document, localStorage: window.localStorage });
  const server = await createServer({
    server: TRANSFORM_ONLY,
    appType: 'custom',
    logLevel: 'error',
  });
  try {
    const { renderForBuild } = (await server.ssrLoadModule('/src/renderForBuild.tsx')) as {
      renderForBuild: () => string;
    };
    return renderForBuild();
  } finally {
    await server.close();
  }
}
