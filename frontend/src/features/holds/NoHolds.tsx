import { Dial } from '@/components/Dial';
import { HOLDS } from '@/texts/holds';

export function NoHolds() {
  return (
    <div className="panel flex flex-col items-center gap-3 px-6 py-8 text-center">
      <Dial fraction={0} className="size-20" />
      <p className="font-semibold">{HOLDS.nothing.title}</p>
      <p className="text-sm text-muted">{HOLDS.nothing.text}</p>
    </div>
  );
}
