import { createStore } from '@/lib/store';

/** What the document's title leads with; empty for the title of the view alone. */
export const titleLead = createStore('');

export const withLead = (lead: string, title: string) => [lead, title].filter(Boolean).join(' · ');
