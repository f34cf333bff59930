import { showToast } from '@/lib/toasts';

/** On pages without TLS, browsers can neither share nor copy. */
const browser = () => navigator as Partial<Navigator>;

/** Whether the browser can share an address or copy it. */
export const canShare = () => browser().share !== undefined || browser().clipboard !== undefined;

/** The query string of the shared page, and what to say after its address was copied. */
interface Shared {
  search: string;
  copied: string;
  hint: string;
}

/** Share the address of the shop with a text, by the system's dialog if there is one; otherwise copy the address. */
export async function shareAddress(text: string, { search, copied, hint }: Shared): Promise<void> {
  const url = window.location.origin + window.location.pathname + search;
  if (browser().share) {
    // rejected if the shopper closes the dialog
    await navigator.share({ title: document.title, text, url }).catch(() => undefined);
    return;
  }
  await navigator.clipboard.writeText(url);
  showToast(copied, hint);
}
