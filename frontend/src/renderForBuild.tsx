import { QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';

import { App } from '@/app/App';
import { queryClient } from '@/data/queryClient';

/** Render the shop without data, for the built page. */
export function renderForBuild(): string {
  const markup = renderToStaticMarkup(
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>,
  );
  queryClient.clear(); // its timers would keep the build process running
  return markup;
}
