/** A name that is written from right to left, and ends with punctuation. */
export const HEBREW = 'אוזניות!';

/** The texts and labels of the page that have the name `HEBREW` in a sentence without isolating it. */
export function unisolated(): string[] {
  const labels = [...document.querySelectorAll('[aria-label], [alt], [title]')].flatMap((element) =>
    ['aria-label', 'alt', 'title'].map((name) => element.getAttribute(name) ?? ''),
  );
  return [...shownTexts(), ...labels.filter((label) => label !== HEBREW), document.title].filter(
    (text) => text.includes(HEBREW) && !text.includes(`\u2068${HEBREW}\u2069`),
  );
}

/** What is not in an element with a direction of its own. A name alone that is only heard needs none. */
function shownTexts(): string[] {
  const found: string[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const heard = node.parentElement?.closest('.sr-only') && node.textContent?.trim() === HEBREW;
    if (!heard && !node.parentElement?.closest('bdi, [dir=auto]')) found.push(node.textContent ?? '');
  }
  return found;
}
