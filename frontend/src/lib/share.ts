import { showToast } from '@/lib/toasts';

/** On pages without TLS, browsers can neither share nor copy. */
const browser = () => navigator as Partial<Navigator>;

/** Whether the browser can share an address or copy it. */
export const canShare = () => browser().share !== undefined || browser().clipboard !== undefined;

/** Share the address of the shop with a text, by the system's dialog if there is one; otherwise copy the address. */
export async function shareAddress(text: string): Promise<void> {
  const url = window.location.origin + window.location.pathname;
  if (browser().share) {
    // rejected if the shopper closes the dialog
    await navigator.share({ title: document.title, text, url }).catch(() => undefined);
    return;
  }
  await navigator.clipboard.writeText(url);
  showToast('Link copied', 'Send it to whoever should be there when it opens.');
}
