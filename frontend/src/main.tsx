import '@/styles/main.css';

// in two parts, of which each is a task of its own: a thumb that is quicker is not kept waiting for both
void import('react-dom/client').then(() => import('@/draw'));
