import { afterEach, expect, it, vi } from 'vitest';

import { reject, session, signIn, signOut } from '@/desk/session';

const kept = () => sessionStorage.getItem('ember.desk.token');

afterEach(() => {
  signOut();
  vi.restoreAllMocks();
});

it('keeps the token in sessionStorage only, until the operator signs out', () => {
  signIn('token-1');
  expect(kept()).toBe('token-1');
  expect(JSON.stringify(localStorage)).not.toContain('token-1');
  signOut();
  expect(kept()).toBeNull();
  expect(session.get()).toEqual({ token: null, rejected: false });
});

it('ends when its token is rejected', () => {
  signIn('token-1');
  reject('token-1');
  expect(kept()).toBeNull();
  expect(session.get()).toEqual({ token: null, rejected: true });
});

it('goes on when an earlier token is rejected', () => {
  signIn('token-2');
  reject('token-1');
  expect(session.get()).toEqual({ token: 'token-2', rejected: false });
});

it('works without storage', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('forbidden', 'SecurityError');
  });
  signIn('token-1');
  expect(session.get().token).toBe('token-1');
});
