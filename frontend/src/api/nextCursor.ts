/** The cursor of the next page: the parameter of the target of a `Link: <…?after=…>; rel="next"` header. */
export function nextCursor(response: Response, parameter: 'after' | 'before'): string | undefined {
  const target = /<([^>]*)>\s*;\s*rel="?next"?/.exec(response.headers.get('Link') ?? '')?.[1];
  if (target === undefined) return undefined;
  return new URL(target, window.location.origin).searchParams.get(parameter) ?? undefined;
}
