import { HISTORY } from '@/texts/history';

export function HistorySkeleton() {
  return (
    <div role="status" aria-label={HISTORY.loading}>
      <div aria-hidden className="grid gap-3">
        {Array.from({ length: 4 }, (_, row) => (
          <div key={row} className="panel p-4">
            <div className="skeleton h-14" />
          </div>
        ))}
      </div>
    </div>
  );
}
