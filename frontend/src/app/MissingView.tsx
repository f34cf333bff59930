import { MISSING_PART } from '@/texts/banners';

/** In place of a view whose code could not be loaded. The banner above has the button. */
export function MissingView() {
  return (
    <div className="panel mt-8 px-6 py-12 text-center">
      <h1 className="text-title font-bold">{MISSING_PART.view}</h1>
      <p className="mt-3 text-muted">{MISSING_PART.text}</p>
    </div>
  );
}
