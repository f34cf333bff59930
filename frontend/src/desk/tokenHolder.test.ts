import { expect, it } from 'vitest';

import { tokenHolder } from '@/desk/tokenHolder';

const part = (claims: object) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(claims))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

it('reads the name and the end of a token, also beyond ASCII', () => {
  const token = `${part({ alg: 'HS256' })}.${part({ sub: 'Zoë ÿ?>', exp: 1_800_000_000 })}.signature`;
  expect(tokenHolder(token)).toEqual({ name: 'Zoë ÿ?>', expiresAt: 1_800_000_000_000 });
});

it.each(['', 'nonsense', 'a.b.c', `a.${part({ sub: 5 })}.c`, `a.${part({ sub: 'ada' })}.c`])(
  'reads nothing from %j',
  (text) => {
    expect(tokenHolder(text)).toBeNull();
  },
);
