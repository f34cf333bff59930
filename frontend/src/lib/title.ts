let ofView = '';
let lead = '';

function show(): void {
  document.title = [lead, ofView].filter(Boolean).join(' · ');
}

/** Set the title of the view. */
export function setTitle(title: string): void {
  ofView = title;
  show();
}

/** Let the document's title lead with a text, in every view; empty for the view's title alone. */
export function leadTitle(text: string): void {
  lead = text;
  show();
}
