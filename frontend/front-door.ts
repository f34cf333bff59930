import compression from 'compression';
import type { Connect, Plugin, ProxyOptions } from 'vite';

/** `/api/…` of the shop is the API's own base path, as CloudFront has it in production. */
export function apiProxy(apiUrl: string): Record<string, ProxyOptions> {
  const { origin, pathname } = new URL(apiUrl);
  const basePath = pathname.replace(/\/$/, '');
  const rewrite = (path: string) => path.replace(/^\/api(?=\/|$)/, basePath);
  return { '^/api(/|$)': { target: origin, changeOrigin: true, rewrite } };
}

/** What CloudFront adds in production and a plain preview server lacks: compression and long-lived assets. */
export function likeCloudFront(): Plugin {
  return {
    name: 'like-cloudfront',
    configurePreviewServer(server) {
      // typed for Express, made for any such chain
      server.middlewares.use(compression() as unknown as Connect.NextHandleFunction);
      server.middlewares.use('/assets/', (_request, reply, next) => {
        reply.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
        next();
      });
    },
  };
}
