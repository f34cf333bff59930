const ADDRESS = '/sw.js';
/** The policy's name in `security-headers.json`: the page may turn no other string into the address of a script. */
const POLICY = 'service-worker';

interface TrustedTypes {
  createPolicy: (
    name: string,
    rules: { createScriptURL: () => string },
  ) => {
    createScriptURL: (text: string) => string;
  };
}

/**
 * Register the service worker, which lets the page open without a network (`worker/worker.ts`). Browsers have it on secure
 * pages only; `vite dev` has none.
 */
export async function registerServiceWorker(): Promise<void> {
  const workers = (navigator as Partial<Navigator>).serviceWorker;
  if (import.meta.env.PROD) await workers?.register(trusted());
}

function trusted(): string {
  const types = (window as { trustedTypes?: TrustedTypes }).trustedTypes;
  return types?.createPolicy(POLICY, { createScriptURL: () => ADDRESS }).createScriptURL('') ?? ADDRESS;
}
