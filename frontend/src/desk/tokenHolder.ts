/** What a token says about its holder. */
export interface TokenHolder {
  name: string;
  /** When the token ends, in milliseconds of the server's clock. */
  expiresAt: number;
}

/** Read a token (JWT) to show it. Only the API verifies it. Null if it is not a token. */
export function tokenHolder(token: string): TokenHolder | null {
  try {
    const { sub, exp } = JSON.parse(decoded(token.split('.')[1] ?? '')) as Record<string, unknown>;
    return typeof sub === 'string' && typeof exp === 'number' ? { name: sub, expiresAt: 1000 * exp } : null;
  } catch {
    return null;
  }
}

function decoded(base64url: string): string {
  const binary = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'));
  return new TextDecoder().decode(Uint8Array.from(binary, (byte) => byte.charCodeAt(0)));
}
