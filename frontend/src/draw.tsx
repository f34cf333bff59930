import { QueryClientProvider } from '@tanstack/react-query';
import { startTransition, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from '@/app/App';
import { queryClient } from '@/data/queryClient';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id "root".');

const page = createRoot(root);

// as a transition the first drawing is done in slices, and a thumb that is quicker is not kept waiting
startTransition(() => {
  page.render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
});
