const BYTES = 16;

/** A key nobody else has. `crypto.randomUUID` would do, but browsers keep it from pages served without TLS. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
