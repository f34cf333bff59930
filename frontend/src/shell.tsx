import { QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';

import { App } from '@/app/App';
import { queryClient } from '@/data/queryClient';

/** The shop before any data has come, for the built page. */
export function shell(): string {
  const markup = renderToStaticMarkup(
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>,
  );
  queryClient.clear(); // its timers would keep the build from ending
  return markup;
}
