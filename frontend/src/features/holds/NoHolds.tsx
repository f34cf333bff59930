import { Dial } from '@/components/Dial';

export function NoHolds() {
  return (
    <div className="panel flex flex-col items-center gap-3 px-6 py-8 text-center">
      <Dial fraction={0} className="size-20" />
      <p className="font-semibold">No holds</p>
      <p className="text-sm text-muted">Units that you reserve are shown here until you pay.</p>
    </div>
  );
}
