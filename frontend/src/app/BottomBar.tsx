import { Navigation } from '@/app/Navigation';
import type { View } from '@/app/views';
import { HoldStrip } from '@/features/holds/HoldStrip';

/** On phones: the next hold to lapse and the navigation. Not sticky in low windows. */
export function BottomBar({ view }: { view: View }) {
  return (
    <div className="bottom-0 z-30 border-line bg-veil pb-[env(safe-area-inset-bottom)] backdrop-blur-xl max-sm:border-t tall:sticky lg:hidden">
      {view === 'shop' && <HoldStrip />}
      <div className="sm:hidden">
        <Navigation current={view} place="bottom" />
      </div>
    </div>
  );
}
