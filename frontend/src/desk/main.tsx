import '@/desk/desk.css';

import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

import { Desk } from '@/desk/Desk';
import { deskQueries } from '@/desk/queries';

const root = document.getElementById('root');
if (!root) throw new Error('The page has no element with the id "root".');

createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={deskQueries}>
      <Desk />
    </QueryClientProvider>
  </StrictMode>,
);
