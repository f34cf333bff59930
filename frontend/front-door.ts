import compression from 'compression';
import type { Connect, Plugin, ProxyOptions } from 'vite';

/** Forward `/api/…` to the base path of the API, as CloudFront does in production. */
export function apiProxy(apiUrl: string): Record<string, ProxyOptions> {
  const { origin, pathname } = new URL(apiUrl);
  const basePath = pathname.replace(/\/$/, '');
  const rewrite = (path: string) => path.replace(/^\/api(?=\/|$)/, basePath);
  return { '^/api(/|$)': { target: origin, changeOrigin: true, rewrite } };
}

type Headers = Record<string, string>;

/** The security headers, whose policy allows images of more origins, separated by commas: IMAGE_ORIGINS. */
export function withImageOrigins(headers: Headers, origins = ''): Headers {
  const allowed = origins
    .split(',')
    .map((origin) => origin.trim())
    .filter(Boolean);
  const name = 'Content-Security-Policy';
  return { ...headers, [name]: headers[name]?.replace(/img-src 'self'/, ['$&', ...allowed].join(' ')) ?? '' };
}

/** Compression and long cache times for assets, which CloudFront adds in production. */
export function likeCloudFront(): Plugin {
  return {
    name: 'like-cloudfront',
    configurePreviewServer(server) {
      // its types are for Express only
      server.middlewares.use(compression() as unknown as Connect.NextHandleFunction);
      server.middlewares.use('/assets/', (_request, reply, next) => {
        reply.setHeader('Cache-Control', 'public, max-age=31536000, immutable');
        next();
      });
    },
  };
}
