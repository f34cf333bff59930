/** The value of a `datetime-local` input for an instant: `2026-11-27T10:00:00` in the browser's time zone. */
export function toLocalInput(instant: string | null): string {
  if (instant === null) return '';
  const date = new Date(instant);
  const pad = (value: number, length = 2) => value.toString().padStart(length, '0');
  const day = `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
  return `${day}T${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}

/** The instant that a `datetime-local` input has, as the API takes it; null if it is empty. */
export const fromLocalInput = (text: string) => (text === '' ? null : new Date(text).toISOString());
