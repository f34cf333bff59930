import { vi } from 'vitest';

type Reply = { status?: number; body: unknown; headers?: Record<string, string> } | Error;

/** Replace the network: `answer` gives the reply to each path. Replies carry the browser's time as the server's. */
export function stubApi(answer: (method: string, path: string, headers: Headers) => Reply) {
  const calls: Request[] = [];
  const send = vi.fn((request: Request) => {
    calls.push(request.clone());
    const { pathname, search } = new URL(request.url);
    const reply = answer(request.method, pathname.replace('/api', '') + search, request.headers);
    if (reply instanceof Error) return Promise.reject(reply);
    const headers = { 'X-Server-Time': new Date().toISOString(), ...reply.headers };
    return Promise.resolve(Response.json(reply.body, { status: reply.status ?? 200, headers }));
  });
  vi.stubGlobal('fetch', send);
  return calls;
}

export const problem = (status: number, name: string, members: Record<string, unknown> = {}) => ({
  status,
  body: { type: `urn:flash-sale:problem:${name}`, title: name, status, detail: `${name}.`, ...members },
});
