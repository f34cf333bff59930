import { QueryClientProvider } from '@tanstack/react-query';
import { startTransition, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { App } from '@/app/App';
import { queryClient } from '@/data/queryClient';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id "root".');

const page = createRoot(root);

// React renders a transition in slices, so the page reacts to input during the first render.
startTransition(() => {
  page.render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
});
