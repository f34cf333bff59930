/** The blocks of the scripts that are written from right to left, and the marks that change the direction of a text. */
const RIGHT_TO_LEFT =
  /[\u0590-\u08ff\u200f\u202b\u202e\u2067\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/**
 * A text that people have written (a name, a description), for use inside a sentence. One with letters from right to left
 * is put between Unicode's isolates, so that the sentence keeps its order and its punctuation. Elements take `<bdi>`.
 */
export const isolated = (text: string) => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);

/** What follows the text of a button, for screen readers: what the button is about. */
export const forName = (name: string) => ` for ${isolated(name)}`;
export const ofName = (name: string) => ` of ${isolated(name)}`;
export const onName = (name: string) => ` on ${isolated(name)}`;
export const colonName = (name: string) => `: ${isolated(name)}`;
